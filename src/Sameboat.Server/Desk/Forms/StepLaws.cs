using System.Collections.Frozen;
using System.Collections.Immutable;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Offers;
using Sameboat.Server.Refusals;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Desk.Forms;

/// <summary>One step that a law allows, the states by their names.</summary>
/// <param name="Verb">The part of the kind after the dot.</param>
/// <param name="From">The states it may be taken in.</param>
/// <param name="By">Who may take it.</param>
/// <param name="NeedsReason">True when a reason must be given.</param>
/// <param name="Opens">True when it may be the first.</param>
internal sealed record LawStep(
    string Verb, ImmutableArray<string> From, Side By, bool NeedsReason, bool Opens);

/// <summary>The laws of all entities that have pages at the desk, in one form.</summary>
internal static class StepLaws
{
    /// <summary>The state of what has no law: a statement that its owner may say anew at any time.</summary>
    internal const string Stated = "";

    private static readonly FrozenDictionary<string, ImmutableArray<LawStep>> ByNoun =
        new Dictionary<string, ImmutableArray<LawStep>>
        {
            ["acceptance"] = Of(AcceptanceLifecycle.Law),
            ["consignment"] = Of(ConsignmentLifecycle.Law),
            ["contribution"] = Of(ContributionLifecycle.Law),
            ["deployment"] = Of(DeploymentLifecycle.Law),
            ["offer"] = Of(OfferLifecycle.Law),
            ["outbreak"] = [new LawStep("declared", [Stated], Side.Owner, false, true)],
            ["refusal"] = Of(RefusalLifecycle.Law),
            ["request"] = Of(RequestLifecycle.Law),
            ["round"] = Of(RoundLifecycle.Law),
            ["situation"] = [new LawStep("published", [Stated], Side.Owner, false, true)],
        }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The steps of a noun; none where the desk does not know it.</summary>
    internal static ImmutableArray<LawStep> Of(string noun) => ByNoun.GetValueOrDefault(noun, []);

    private static ImmutableArray<LawStep> Of<TState>(Lifecycle<TState> law)
        where TState : struct, Enum =>
    [
        .. law.Edges.Select(edge => new LawStep(
            edge.Verb, [.. edge.From.Select(state => $"{state}")], edge.By, edge.NeedsReason, edge.Opens)),
    ];
}
