using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Workflow;

/// <summary>An entity as far as its steps have brought it.</summary>
internal sealed record Course<TState, TContent>(TState State, TContent Content, ImmutableArray<StepRow> Steps)
    where TState : struct, Enum
    where TContent : class;

/// <summary>What a step makes of the content, or why it makes nothing.</summary>
/// <param name="Content">Null when refused.</param>
/// <param name="To">The state, where the content chooses among those that the step may lead to.</param>
/// <param name="Reason">A code of <see cref="FoldReasons"/> when refused.</param>
internal readonly record struct Change<TState, TContent>(TContent? Content, TState? To, string Reason)
    where TState : struct, Enum
    where TContent : class;

/// <summary>Folds an entity by its <see cref="Lifecycle{TState}"/>; the content is left to the entity.</summary>
internal abstract class LifecycleFold<TState, TContent>(Lifecycle<TState> lifecycle)
    : StateMachineFold<Course<TState, TContent>>
    where TState : struct, Enum
    where TContent : class
{
    /// <summary>The member of a body that names in what capacity somebody acted.</summary>
    internal const string By = "by";

    /// <summary>The member of a body that says why.</summary>
    internal const string Why = "reason";

    protected sealed override StepOutcome<Course<TState, TContent>> Step(
        EntityName subject, Course<TState, TContent>? state, Entry entry)
    {
        var verb = entry.Kind[(entry.Kind.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var side = entry.Author == subject.Owner ? Side.Owner
            : state is not null && Counterpart(state.Content) == entry.Author.ToString() ? Side.Counterpart
            : Side.Stranger;
        var reason = entry.Body.Text(Why);
        var answer = lifecycle.Decide(state?.State, verb, side, reason);
        if (answer.Edge is not { } edge)
        {
            return new StepOutcome<Course<TState, TContent>>(answer.Effect, null, answer.Reason);
        }

        var change = edge.Opens
            ? Open(subject, state?.Content, entry)
            : Apply(state!, verb, entry.Body);
        if (change.Content is null)
        {
            return Without(change.Reason);
        }

        var to = change.To ?? edge.To;
        ImmutableArray<StepRow> steps = state?.Steps ?? [];
        return Applied(new Course<TState, TContent>(to, change.Content, steps.Add(new StepRow
        {
            Subject = subject.ToString(),
            Step = steps.Length,
            Verb = verb,
            State = to.ToString(),
            Member = entry.Author.ToString(),
            By = entry.Body.Text(By) ?? "",
            At = entry.At.UnixMicroseconds,
            Reason = reason ?? "",
        })));
    }

    protected sealed override IEnumerable<IProjectedRow> Rows(EntityName subject, Course<TState, TContent> state) =>
        state.Steps.Concat(ContentRows(subject, state));

    /// <summary>The content that the opening statement makes, or null when it cannot be read.</summary>
    protected abstract TContent? Read(EntityName subject, JsonObject body);

    /// <summary>As <see cref="Read"/>, for content that needs more than the body.</summary>
    /// <param name="subject">The entity.</param>
    /// <param name="before">What an earlier opening statement made, when this one corrects it.</param>
    /// <param name="entry">The opening statement.</param>
    protected virtual Change<TState, TContent> Open(EntityName subject, TContent? before, Entry entry) =>
        new(Read(subject, entry.Body), null, FoldReasons.Unreadable);

    /// <summary>What a step makes of the content; most change nothing of it.</summary>
    protected virtual Change<TState, TContent> Apply(
        Course<TState, TContent> course, string verb, JsonObject body) => new(course.Content, null, "");

    /// <summary>The one other member named, or empty.</summary>
    protected virtual string Counterpart(TContent content) => "";

    /// <summary>The rows beside the steps.</summary>
    protected abstract IEnumerable<IProjectedRow> ContentRows(EntityName subject, Course<TState, TContent> course);
}
