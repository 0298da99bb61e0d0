using System.Collections.Immutable;
using Sameboat.Server.Record.Folding;

namespace Sameboat.Server.Workflow;

/// <summary>What a member is to an entity.</summary>
[Flags]
internal enum Side
{
    /// <summary>Nothing: not named in it.</summary>
    Stranger = 0,

    /// <summary>Its owner.</summary>
    Owner = 1,

    /// <summary>The one other member that it names: consignee, sender of a team, recipient.</summary>
    Counterpart = 2,

    /// <summary>Either of the two.</summary>
    Both = Owner | Counterpart,
}

/// <summary>One step that the law of an entity allows.</summary>
/// <param name="Verb">The part of the entry's kind after the dot.</param>
/// <param name="From">The states it may be taken in.</param>
/// <param name="To">The state it leads to; the content may choose another of <see cref="Or"/>.</param>
/// <param name="By">Who may take it.</param>
/// <param name="NeedsReason">True when a reason must be given.</param>
/// <param name="Opens">True when it may be the first.</param>
/// <param name="Or">Other states that it may lead to, by what it says.</param>
internal sealed record Edge<TState>(
    string Verb, ImmutableArray<TState> From, TState To, Side By, bool NeedsReason, bool Opens,
    ImmutableArray<TState> Or)
    where TState : struct, Enum;

/// <summary>The answer to a command before its content is looked at.</summary>
/// <param name="Effect">Applied for done; without effect for already done and for refused; waiting for too
/// early.</param>
/// <param name="Reason">A code of <see cref="FoldReasons"/>; empty when done.</param>
/// <param name="Edge">The step, when done.</param>
internal readonly record struct StepAnswer<TState>(Effect Effect, string Reason, Edge<TState>? Edge)
    where TState : struct, Enum;

/// <summary>
/// The law of one kind of entity: which step may be taken in which state, and by whom. Pure and total.
/// </summary>
internal sealed class Lifecycle<TState>
    where TState : struct, Enum
{
    private readonly List<Edge<TState>> _edges = [];

    /// <summary>All steps.</summary>
    internal IReadOnlyList<Edge<TState>> Edges => _edges;

    /// <summary>Adds the step that opens the entity; in the other states it is a correction.</summary>
    internal Lifecycle<TState> Opens(string verb, TState to, params TState[] corrects) =>
        Add(new Edge<TState>(verb, [.. corrects], to, Side.Owner, NeedsReason: false, Opens: true, Or: []));

    /// <summary>Adds a step that opens the entity and for which a reason must be given.</summary>
    internal Lifecycle<TState> OpensReasoned(string verb, TState to) =>
        Add(new Edge<TState>(verb, [], to, Side.Owner, NeedsReason: true, Opens: true, Or: []));

    /// <summary>Adds a step of the owner.</summary>
    internal Lifecycle<TState> Step(string verb, TState to, params TState[] from) =>
        Step(verb, Side.Owner, to, from);

    /// <summary>Adds a step.</summary>
    internal Lifecycle<TState> Step(string verb, Side by, TState to, params TState[] from) =>
        Add(new Edge<TState>(verb, [.. from], to, by, NeedsReason: false, Opens: false, Or: []));

    /// <summary>Adds a step for which a reason must be given.</summary>
    internal Lifecycle<TState> Reasoned(string verb, Side by, TState to, params TState[] from) =>
        Add(new Edge<TState>(verb, [.. from], to, by, NeedsReason: true, Opens: false, Or: []));

    /// <summary>Lets the last step added lead to other states too, by what its entry says.</summary>
    internal Lifecycle<TState> OrTo(params TState[] other)
    {
        _edges[^1] = _edges[^1] with { Or = [.. other] };
        return this;
    }

    /// <summary>The answer to a command.</summary>
    /// <param name="state">Null before the entity is opened.</param>
    /// <param name="verb">What is to be done.</param>
    /// <param name="side">What the actor is to the entity.</param>
    /// <param name="reason">Null or blank when none is given.</param>
    internal StepAnswer<TState> Decide(TState? state, string verb, Side side, string? reason)
    {
        if (_edges.Find(edge => edge.Verb == verb) is not { } edge)
        {
            return new StepAnswer<TState>(Effect.WithoutEffect, FoldReasons.UnknownKind, null);
        }

        if (state is null && !edge.Opens)
        {
            return new StepAnswer<TState>(Effect.Waiting, FoldReasons.EntityUnseen, null);
        }

        if ((edge.By & side) == Side.Stranger)
        {
            return Refuse(edge.By == Side.Owner ? FoldReasons.NotTheOwner : FoldReasons.NotAParty);
        }

        if (state is { } now && !edge.From.Contains(now))
        {
            return Equals(now, edge.To) || edge.Or.Contains(now) ? Refuse(FoldReasons.AlreadyDone)
                : edge.From.Any(from => Leads(now, from))
                    ? new StepAnswer<TState>(Effect.Waiting, FoldReasons.StepMissing, null)
                    : Refuse(FoldReasons.NotFromThisState);
        }

        return edge.NeedsReason && string.IsNullOrWhiteSpace(reason)
            ? Refuse(FoldReasons.ReasonMissing)
            : new StepAnswer<TState>(Effect.Applied, "", edge);
    }

    /// <summary>True when some steps lead from one state to another.</summary>
    internal bool Leads(TState from, TState to)
    {
        var seen = new HashSet<TState> { from };
        var open = new Queue<TState>([from]);
        while (open.TryDequeue(out var state))
        {
            foreach (var next in _edges
                .Where(edge => edge.From.Contains(state))
                .SelectMany(edge => edge.Or.Add(edge.To)))
            {
                if (Equals(next, to))
                {
                    return true;
                }

                if (seen.Add(next))
                {
                    open.Enqueue(next);
                }
            }
        }

        return false;
    }

    private static StepAnswer<TState> Refuse(string reason) => new(Effect.WithoutEffect, reason, null);

    private Lifecycle<TState> Add(Edge<TState> edge)
    {
        _edges.Add(edge);
        return this;
    }
}
