using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
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
internal sealed class RoundFold : StateMachineFold<RoundSoFar>
{
    internal const string Opened = "round.opened";

    internal const string Frozen = "round.frozen";

    internal const string Proposed = "round.proposed";

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

    protected override StepOutcome<RoundSoFar> Step(EntityName subject, RoundSoFar? state, Entry entry) =>
        entry.Kind == Opened ? Open(state, entry)
        : state is null ? Waits(FoldReasons.EntityUnseen)
        : entry.Kind == Frozen ? Freeze(state, entry)
        : Propose(state);

    protected override IEnumerable<IProjectedRow> Rows(EntityName subject, RoundSoFar state) =>
    [
        new RoundRow
        {
            Subject = subject.ToString(),
            Outbreak = state.Outbreak,
            Member = subject.Owner.ToString(),
            State = state.State.ToString(),
            AsOf = state.AsOf.DayNumber,
            Weeks = state.Weeks,
            Seed = state.Seed,
            Inputs = state.Inputs,
        },
    ];

    // Until its inputs are frozen a round may be announced anew.
    private static StepOutcome<RoundSoFar> Open(RoundSoFar? state, Entry entry) =>
        state is { State: not RoundState.Open } ? Without(FoldReasons.NotFromThisState)
        : entry.Body.Text("outbreak") is { } outbreak
            && entry.Body.Day("as_of") is { } asOf
            && entry.Body.Count("weeks") is > 0 and <= int.MaxValue and var weeks
            && entry.Body.Text("seed") is { } seed
            ? Applied(new RoundSoFar(outbreak, asOf, (int)weeks, seed, RoundState.Open, Inputs: 0))
            : Without(FoldReasons.Unreadable);

    private static StepOutcome<RoundSoFar> Freeze(RoundSoFar state, Entry entry) =>
        state.State != RoundState.Open ? Without(FoldReasons.AlreadyDone)
        : entry.Body.Objects("inputs") is { } inputs
            ? Applied(state with { State = RoundState.InputsFrozen, Inputs = inputs.Count })
            : Without(FoldReasons.Unreadable);

    private static StepOutcome<RoundSoFar> Propose(RoundSoFar state) => state.State switch
    {
        RoundState.Open => Waits(FoldReasons.StepMissing),
        RoundState.InputsFrozen => Applied(state with { State = RoundState.Proposed }),
        _ => Without(FoldReasons.AlreadyDone),
    };
}

/// <summary>A round as far as its entries have brought it.</summary>
internal sealed record RoundSoFar(
    string Outbreak, DateOnly AsOf, int Weeks, string Seed, RoundState State, int Inputs);
