using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>
/// How the entries of one noun become the rows of an entity: pure, and total over anything a body may hold. Which kinds
/// there are, who may say them and what they wait for stands in <see cref="RecordKinds"/>.
/// </summary>
internal abstract class SubjectFold
{
    /// <summary>The rows of one entity, and what became of each of its entries.</summary>
    /// <param name="subject">The entity; its owner stands in the name.</param>
    /// <param name="history">
    /// Every entry of the noun's kinds about the subject, by any author who may say that kind, whose references are
    /// seen and whose body can be read here, in the order of (at, author, position). At least one.
    /// </param>
    /// <returns>Exactly one effect for each entry of the history, in any order.</returns>
    internal abstract FoldOutcome Fold(EntityName subject, IReadOnlyList<Entry> history);
}

/// <summary>
/// An entity whose latest readable statement by its owner is its whole state: a correction is a new statement.
/// </summary>
internal abstract class LatestStatementFold : SubjectFold
{
    internal sealed override FoldOutcome Fold(EntityName subject, IReadOnlyList<Entry> history)
    {
        IReadOnlyList<IProjectedRow> rows = [];
        var effects = ImmutableArray.CreateBuilder<EntryEffect>(history.Count);
        foreach (var entry in history)
        {
            var read = entry.Author == subject.Owner ? Read(subject, entry.Body) : null;
            rows = read ?? rows;
            effects.Add(
                read is not null ? EntryEffect.Applied(entry)
                : entry.Author == subject.Owner ? EntryEffect.Without(entry, FoldReasons.Unreadable)
                : EntryEffect.Without(entry, FoldReasons.NotTheOwner));
        }

        return new FoldOutcome([.. rows], effects.MoveToImmutable());
    }

    /// <summary>The rows that the owner's statement makes, or null when it cannot be read.</summary>
    protected abstract IReadOnlyList<IProjectedRow>? Read(EntityName subject, JsonObject body);
}
