using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>How far a round has come, in this order and never back.</summary>
internal enum RoundState
{
    /// <summary>Announced.</summary>
    Open,

    /// <summary>The checkpoint of every log that counts is named, so that anyone can replay the round.</summary>
    InputsFrozen,

    /// <summary>A plan is on the table. It binds nobody until the parties to each line accept it.</summary>
    Proposed,
}

/// <summary>
/// <c>round.opened</c>, <c>round.frozen</c>, <c>round.proposed</c>: an allocation round belongs to its convener. A step
/// counts only when every step before it is there.
/// </summary>
internal sealed class RoundFold : SubjectFold
{
    internal const string Opened = "round.opened";

    internal const string Frozen = "round.frozen";

    internal const string Proposed = "round.proposed";

    internal override IReadOnlyList<string> Kinds { get; } = [Opened, Frozen, Proposed];

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

    internal override IEnumerable<IProjectedRow> Rows(string subject, IReadOnlyList<Entry> history)
    {
        var opened = history.LastOrDefault(entry => entry.Kind == Opened);
        if (opened is null
            || opened.Body.Text("outbreak") is not { } outbreak
            || opened.Body.Day("as_of") is not { } asOf
            || opened.Body.Count("weeks") is not (> 0 and <= int.MaxValue and var weeks)
            || opened.Body.Text("seed") is not { } seed)
        {
            return [];
        }

        var inputs = history.LastOrDefault(entry => entry.Kind == Frozen)?.Body.Objects("inputs");
        var proposed = history.Any(entry => entry.Kind == Proposed);
        var state = inputs is null ? RoundState.Open : proposed ? RoundState.Proposed : RoundState.InputsFrozen;
        return
        [
            new RoundRow
            {
                Subject = subject,
                Outbreak = outbreak,
                Member = opened.Author.ToString(),
                State = state.ToString(),
                AsOf = asOf.DayNumber,
                Weeks = (int)weeks,
                Seed = seed,
                Inputs = inputs?.Count ?? 0,
            },
        ];
    }
}
