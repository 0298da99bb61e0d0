using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Rounds;

/// <summary>
/// <c>round.opened</c>, <c>round.frozen</c>, <c>round.proposed</c> and the steps after them: an allocation round
/// belongs to its convener. A step counts only when every step before it is there.
/// </summary>
internal sealed class RoundFold() : LifecycleFold<RoundState, RoundContent>(RoundLifecycle.Law)
{
    internal const string Opened = "round.opened";

    internal const string Frozen = "round.frozen";

    internal const string Proposed = "round.proposed";

    internal const string Submitted = "round.submitted";

    internal const string Settled = "round.settled";

    internal const string Reallocated = "round.reallocated";

    internal static JsonObject OpenedStatement(
        string outbreak, DateOnly asOf, int weeks, ulong seed, bool exercise) => new()
    {
        ["as_of"] = asOf.Written(),
        ["exercise"] = exercise,
        ["outbreak"] = outbreak,
        ["seed"] = $"{seed}",
        ["weeks"] = weeks,
    };

    /// <summary>Names the logs, their sizes and roots that the plan may draw on.</summary>
    internal static JsonObject FrozenStatement(IEnumerable<Checkpoint> inputs, bool exercise) => new()
    {
        ["exercise"] = exercise,
        ["inputs"] = new JsonArray(
        [
            .. inputs.Select(input => new JsonObject
            {
                ["origin"] = input.Origin,
                ["root"] = input.Root.ToString(),
                ["size"] = input.Size,
            }),
        ]),
    };

    internal static JsonObject ProposedStatement(int items, int lines, bool exercise) => new()
    {
        ["exercise"] = exercise,
        ["items"] = items,
        ["lines"] = lines,
    };

    protected override RoundContent? Read(EntityName subject, JsonObject body) =>
        body.Text("outbreak") is { } outbreak
        && body.Day("as_of") is { } asOf
        && body.Count("weeks") is > 0 and <= int.MaxValue and var weeks
        && body.Text("seed") is { } seed
            ? new RoundContent(outbreak, asOf, (int)weeks, seed, Inputs: 0, AnswerBy: null)
            : null;

    protected override Change<RoundState, RoundContent> Apply(
        Course<RoundState, RoundContent> course, string verb, JsonObject body) => verb switch
    {
        "frozen" => body.Objects("inputs") is { } inputs
            ? new Change<RoundState, RoundContent>(course.Content with { Inputs = inputs.Count }, null, "")
            : Refused(FoldReasons.Unreadable),
        "submitted" => body["answer_by"] is null || body.Day("answer_by") is not null
            ? new Change<RoundState, RoundContent>(
                course.Content with { AnswerBy = body.Day("answer_by")?.DayNumber }, null, "")
            : Refused(FoldReasons.Unreadable),
        "decided" when course.Steps[^1].By == (body.Text(By) ?? "") => Refused(FoldReasons.FourEyes),
        "settled" => Settle(course.Content, body),
        _ => base.Apply(course, verb, body),
    };

    protected override IEnumerable<IProjectedRow> ContentRows(
        EntityName subject, Course<RoundState, RoundContent> course) =>
    [
        new RoundRow
        {
            Subject = subject.ToString(),
            Outbreak = course.Content.Outbreak,
            Member = subject.Owner.ToString(),
            State = course.State.ToString(),
            AsOf = course.Content.AsOf.DayNumber,
            Weeks = course.Content.Weeks,
            Seed = course.Content.Seed,
            Inputs = course.Content.Inputs,
            AnswerBy = course.Content.AnswerBy,
        },
    ];

    // A statement must hold by itself; whether its counts are those of the answers is for SettlementCheck and replays.
    private static Change<RoundState, RoundContent> Settle(RoundContent content, JsonObject body) =>
        !Enum.TryParse<RoundState>(body.Text("outcome"), out var outcome)
        || body.Count("accepted") is not { } accepted
        || body.Count("declined") is not { } declined
        || body.Count("unanswered") is not { } unanswered
        || body.Day("day") is null
        || RoundReplay.Inputs(body) is not { Count: > 0 }
            ? Refused(FoldReasons.Unreadable)
        : outcome != Settlement.OutcomeOf(accepted, declined > 0 || unanswered > 0)
            ? Refused(FoldReasons.DoesNotFollow)
            : new Change<RoundState, RoundContent>(content, outcome, "");

    private static Change<RoundState, RoundContent> Refused(string reason) => new(null, null, reason);
}

/// <summary>What a round is about.</summary>
internal sealed record RoundContent(
    string Outbreak, DateOnly AsOf, int Weeks, string Seed, int Inputs, int? AnswerBy);
