using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Members;

/// <summary>Whether an endorsement stands.</summary>
internal enum EndorsementState
{
    /// <summary>It stands.</summary>
    Given,

    /// <summary>Its author took it back; what it led to before stays.</summary>
    Withdrawn,
}

/// <summary>The law of an endorsement; every step is the endorsing member's own, in its own log.</summary>
internal static class EndorsementLifecycle
{
    internal static readonly Lifecycle<EndorsementState> Law = new Lifecycle<EndorsementState>()
        .Opens("given", EndorsementState.Given)
        .Reasoned("withdrawn", Side.Owner, EndorsementState.Withdrawn, EndorsementState.Given);
}

/// <summary>One member's word for another.</summary>
internal sealed record EndorsementRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>Who gives it.</summary>
    public required string Member { get; init; }

    /// <summary>For whom.</summary>
    public required string For { get; init; }

    /// <summary>The territory that it shall answer for, ISO 3166-1 alpha-3; empty for its admission.</summary>
    public required string Territory { get; init; }

    /// <summary>True for a word against the member: that it be suspended.</summary>
    public bool Suspends { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public required long Given { get; init; }

    /// <summary>Microseconds since 1970; 0 while it stands.</summary>
    public required long Withdrawn { get; init; }

    /// <summary>A name of <see cref="EndorsementState"/>.</summary>
    public required string State { get; init; }
}

/// <summary><c>endorsement.given</c> and <c>endorsement.withdrawn</c>.</summary>
internal sealed class EndorsementFold()
    : LifecycleFold<EndorsementState, EndorsementRow>(EndorsementLifecycle.Law)
{
    protected override EndorsementRow? Read(EntityName subject, JsonObject body) =>
        MemberId.TryParse(body.Text("member"), out var member)
        && member != subject.Owner
        && (body["territory"] is null || body.Place("territory") is not null)
        && !(body.Flag("suspends") && body["territory"] is not null)
            ? new EndorsementRow
            {
                Subject = subject.ToString(),
                Member = subject.Owner.ToString(),
                For = member.ToString(),
                Territory = body.Place("territory")?.ToString() ?? "",
                Suspends = body.Flag("suspends"),
                Given = 0,
                Withdrawn = 0,
                State = "",
            }
            : null;

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<EndorsementState, EndorsementRow> course) =>
    [
        course.Content with
        {
            Given = course.Steps[0].At,
            Withdrawn = course.State == EndorsementState.Withdrawn ? course.Steps[^1].At : 0,
            State = course.State.ToString(),
        },
    ];
}
