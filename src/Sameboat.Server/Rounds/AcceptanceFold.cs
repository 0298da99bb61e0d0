using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Rounds;

/// <summary>What a party says to one line of a plan; it says it once.</summary>
internal enum AcceptanceState
{
    /// <summary>It binds itself.</summary>
    Given,

    /// <summary>It does not.</summary>
    Declined,
}

/// <summary>The law of an acceptance; it is the accepting party's own.</summary>
internal static class AcceptanceLifecycle
{
    internal static readonly Lifecycle<AcceptanceState> Law = new Lifecycle<AcceptanceState>()
        .Opens("given", AcceptanceState.Given)
        .OpensReasoned("declined", AcceptanceState.Declined);
}

/// <summary>The answer of one party to one line of a plan.</summary>
internal sealed class AcceptanceRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>The party.</summary>
    public required string Member { get; init; }

    public required string Plan { get; init; }

    /// <summary>The line of the plan.</summary>
    public required int Line { get; init; }

    /// <summary>A name of <see cref="AcceptanceState"/>.</summary>
    public required string State { get; init; }
}

/// <summary>
/// <c>acceptance.given</c> and <c>acceptance.declined</c>. Whether its author is a party to the line stands in
/// <see cref="AcceptanceStanding"/>.
/// </summary>
internal sealed class AcceptanceFold() : LifecycleFold<AcceptanceState, AcceptanceRow>(AcceptanceLifecycle.Law)
{
    protected override AcceptanceRow? Read(EntityName subject, JsonObject body) =>
        body.Text("plan") is { } plan && body.Count("line") is <= int.MaxValue and var line
            ? new AcceptanceRow
            {
                Subject = subject.ToString(),
                Member = subject.Owner.ToString(),
                Plan = plan,
                Line = (int)line,
                State = "",
            }
            : null;

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<AcceptanceState, AcceptanceRow> course) =>
    [
        new AcceptanceRow
        {
            Subject = course.Content.Subject,
            Member = course.Content.Member,
            Plan = course.Content.Plan,
            Line = course.Content.Line,
            State = course.State.ToString(),
        },
    ];
}
