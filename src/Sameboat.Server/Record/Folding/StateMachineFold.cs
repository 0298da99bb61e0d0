using System.Collections.Immutable;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record.Folding;

/// <summary>What a step made of a state.</summary>
/// <param name="Effect">Whether the entry counted.</param>
/// <param name="State">The state after it; unchanged unless it was applied.</param>
/// <param name="Reason">A code of <see cref="FoldReasons"/>; empty when applied.</param>
internal readonly record struct StepOutcome<TState>(Effect Effect, TState? State, string Reason)
    where TState : class;

/// <summary>
/// An entity that several members move from state to state by pure steps. Entries are tried in their order; one that
/// has to wait is tried again after every step that counted, so that clocks which disagree do not lose it.
/// </summary>
/// <typeparam name="TState">An immutable state; null before the owner has opened the entity.</typeparam>
internal abstract class StateMachineFold<TState> : SubjectFold
    where TState : class
{
    /// <summary>The most waiting entries of one entity that are tried again; more wait until it is folded anew.
    /// </summary>
    internal const int WaitingMax = 256;

    internal sealed override FoldOutcome Fold(EntityName subject, IReadOnlyList<Entry> history)
    {
        TState? state = null;
        var effects = new Dictionary<Entry, EntryEffect>(history.Count, ReferenceEqualityComparer.Instance);
        var waiting = new List<Entry>();
        foreach (var entry in history)
        {
            if (Try(subject, entry, effects, ref state))
            {
                Retry(subject, waiting, effects, ref state);
            }
            else if (effects[entry].Effect == Effect.Waiting && waiting.Count < WaitingMax)
            {
                waiting.Add(entry);
            }
        }

        return new FoldOutcome(
            state is null ? [] : [.. Rows(subject, state)],
            [.. history.Select(entry => effects[entry])]);
    }

    /// <summary>
    /// The state after an entry. Before the entity is opened the state is null: an opening kind gives
    /// <see cref="Applied"/>, any other <see cref="Waits"/> with <see cref="FoldReasons.EntityUnseen"/>. A step of a
    /// kind whose right is <see cref="Right.Party"/> must look whether the author is named in the state.
    /// </summary>
    protected abstract StepOutcome<TState> Step(EntityName subject, TState? state, Entry entry);

    /// <summary>The rows of a state.</summary>
    protected abstract IEnumerable<IProjectedRow> Rows(EntityName subject, TState state);

    protected static StepOutcome<TState> Applied(TState state) => new(Effect.Applied, state, "");

    protected static StepOutcome<TState> Without(string reason) => new(Effect.WithoutEffect, null, reason);

    protected static StepOutcome<TState> Waits(string reason) => new(Effect.Waiting, null, reason);

    // True when the step counted.
    private bool Try(
        EntityName subject, Entry entry, Dictionary<Entry, EntryEffect> effects, ref TState? state)
    {
        var outcome = Step(subject, state, entry);
        effects[entry] = new EntryEffect(entry, outcome.Effect, outcome.Reason);
        state = outcome.Effect == Effect.Applied ? outcome.State : state;
        return outcome.Effect == Effect.Applied;
    }

    private void Retry(
        EntityName subject, List<Entry> waiting, Dictionary<Entry, EntryEffect> effects, ref TState? state)
    {
        for (var index = 0; index < waiting.Count;)
        {
            var counted = Try(subject, waiting[index], effects, ref state);
            if (counted || effects[waiting[index]].Effect != Effect.Waiting)
            {
                waiting.RemoveAt(index);

                // What stands before it may have waited for it.
                index = counted ? 0 : index;
            }
            else
            {
                index++;
            }
        }
    }
}
