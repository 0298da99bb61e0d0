using System.Collections.Immutable;
using Sameboat.Server.Accounts;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Work;

/// <summary>Something that members work on, as it stands.</summary>
/// <param name="State">The name of its state.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Counterpart">The one other member that it names, or empty.</param>
/// <param name="Content">What its page shows.</param>
internal sealed record WorkEntity(string State, string Owner, string Counterpart, object Content);

/// <summary>A step that the law admits.</summary>
internal readonly record struct WorkStep(string Verb, bool NeedsReason);

/// <summary>One kind of thing that members work on by forms.</summary>
/// <param name="Noun">Of its subjects.</param>
/// <param name="Plural">In the address.</param>
/// <param name="Roles">Any of which suffices.</param>
/// <param name="Steps">What the law admits in a state from a side.</param>
/// <param name="ReadAsync">Reads one by its subject; null where there is none.</param>
/// <param name="Fields">What a step says.</param>
internal sealed record WorkKind(
    string Noun, string Plural, Roles Roles,
    Func<string, Side, IEnumerable<WorkStep>> Steps,
    Func<NodeContext, string, CancellationToken, Task<WorkEntity?>> ReadAsync,
    Func<WorkEntity, WorkStep, Words, ImmutableArray<WorkGroup>> Fields)
{
    /// <summary>The verb by which a new one is begun on a page; empty where none is.</summary>
    internal string Opens { get; init; } = "";

    /// <summary>What the statement that begins one says.</summary>
    internal Func<NodeContext, Words, CancellationToken, Task<ImmutableArray<WorkGroup>>>? OpeningAsync { get; init; }

    /// <summary>The steps of a law.</summary>
    internal static Func<string, Side, IEnumerable<WorkStep>> Of<TState>(Lifecycle<TState> law)
        where TState : struct, Enum => (state, side) =>
        law.Edges
            .Where(edge => !edge.Opens && edge.From.Contains(Enum.Parse<TState>(state)) && (edge.By & side) != 0)
            .OrderBy(edge => edge.NeedsReason)
            .Select(edge => new WorkStep(edge.Verb, edge.NeedsReason));
}
