using System.Collections.Frozen;
using System.Collections.Immutable;
using Sameboat.Record;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Exercise;
using Sameboat.Server.Members;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Refusals;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Record;

/// <summary>The one table of what may be said: kind, fold, right, sealing, and what the entry waits for.</summary>
internal static class RecordKinds
{
    private static readonly MemberFold Members = new();
    private static readonly OutbreakFold Outbreaks = new();
    private static readonly SituationFold Situations = new();
    private static readonly AssessmentFold Assessments = new();
    private static readonly NeedFold Needs = new();
    private static readonly OfferFold Offers = new();
    private static readonly RoundFold Rounds = new();
    private static readonly PlanFold Plans = new();
    private static readonly CertificateFold Certificates = new();
    private static readonly ErasureFold Erasures = new();
    private static readonly ExerciseFold Exercises = new();
    private static readonly KeyFold Keys = new();

    /// <summary>Every kind that has an effect.</summary>
    internal static readonly ImmutableArray<EntryKind> All =
    [
        new(MemberFold.Kind, Members, Right.Owner, Sealing.Never, []),
        new(MemberFold.Left, Members, Right.Owner, Sealing.Never, []) { NeedsReason = true },
        .. Of("endorsement", EndorsementLifecycle.Law, new EndorsementFold(), Sealing.Never, []),
        new(OutbreakFold.Kind, Outbreaks, Right.Owner, Sealing.Never, []),
        new(SituationFold.Kind, Situations, Right.Owner, Sealing.Allowed, []),
        new(AssessmentFold.Kind, Assessments, Right.Owner, Sealing.Allowed, []),
        new(NeedFold.Kind, Needs, Right.Owner, Sealing.Allowed, []),
        .. Of("offer", OfferLifecycle.Law, Offers, Sealing.Allowed, []),
        .. Of("round", RoundLifecycle.Law, Rounds, Sealing.Never, [To("outbreak")]),
        .. Of("request", RequestLifecycle.Law, new RequestFold(), Sealing.Allowed, [To("outbreak")]),
        .. Of("refusal", RefusalLifecycle.Law, new RefusalFold(), Sealing.Never, []),
        .. Of("acceptance", AcceptanceLifecycle.Law, new AcceptanceFold(), Sealing.Never, [To("plan")],
            AcceptanceStanding.Judge),
        .. Of("consignment", ConsignmentLifecycle.Law, new ConsignmentFold(), Sealing.Allowed, [To("outbreak")]),
        .. Of("deployment", DeploymentLifecycle.Law, new DeploymentFold(), Sealing.Allowed, [To("outbreak")]),
        .. Of("contribution", ContributionLifecycle.Law, new ContributionFold(), Sealing.Allowed, [To("outbreak")]),
        new(PlanFold.Kind, Plans, Right.Owner, Sealing.Never, [ToOwn("round")]),
        new(CertificateFold.Kind, Certificates, Right.Owner, Sealing.Never, [ToOwn("round")]),
        new(ExerciseCourse.Played, Exercises, Right.Owner, Sealing.Never, []),
        new(ExerciseCourse.Injected, Exercises, Right.Owner, Sealing.Never, []),
        new(ErasureFold.Kind, Erasures, Right.Owner, Sealing.Never, []),
        new(KeyHandover.Kind, Keys, Right.Owner, Sealing.Never, []),
        new(KeyHolding.Kind, Keys, Right.Owner, Sealing.Never, []),
    ];

    private static readonly FrozenDictionary<string, EntryKind> ByName =
        All.ToFrozenDictionary(kind => kind.Name, StringComparer.Ordinal);

    private static readonly FrozenSet<string> Looked =
        All.Where(kind => kind.Standing is not null)
            .SelectMany(kind => kind.References)
            .Select(reference => reference.Noun)
            .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether entries about other entities are judged by what this one says.</summary>
    internal static bool IsLookedInto(string subject) =>
        EntityName.TryParse(subject, out var name) && Looked.Contains(name.Noun!);

    /// <summary>The kind of that name, or null.</summary>
    internal static EntryKind? Find(string name) => ByName.GetValueOrDefault(name);

    // What the entity refers to stands in the statement that opens it.
    private static IEnumerable<EntryKind> Of<TState>(
        string noun, Lifecycle<TState> law, SubjectFold fold, Sealing sealing,
        ImmutableArray<EntryReference> references, StandingRule? standing = null)
        where TState : struct, Enum =>
        law.Edges.Select(edge => new EntryKind(
            $"{noun}.{edge.Verb}", fold, edge.By == Side.Owner ? Right.Owner : Right.Party, sealing,
            edge.Opens ? references : [], edge.Opens ? standing : null) { NeedsReason = edge.NeedsReason });

    private static EntryReference To(string noun) => new(noun, noun, SameOwner: false);

    private static EntryReference ToOwn(string noun) => new(noun, noun, SameOwner: true);
}
