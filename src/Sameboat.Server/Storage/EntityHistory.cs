using Sameboat.Record;
using Sameboat.Server.Record.Folding;

namespace Sameboat.Server.Storage;

/// <summary>From stored entries to rows: groups by subject, orders, folds, and keeps what did not simply count.</summary>
internal static class EntityHistory
{
    /// <summary>The rows of all entities that these entries speak of; each entity's history must be whole.</summary>
    internal static IEnumerable<IProjectedRow> RowsOf(IEnumerable<EntryRow> entries, Func<string, bool> isSeen) =>
        entries.GroupBy(row => row.Subject, StringComparer.Ordinal)
            .SelectMany(entity => RowsOf(entity.Key, Ordered(entity), isSeen));

    /// <summary>The order in which entries are folded: (at, author, position).</summary>
    internal static IEnumerable<EntryRow> Ordered(IEnumerable<EntryRow> entries) => entries
        .OrderBy(row => row.At)
        .ThenBy(row => row.AtCounter)
        .ThenBy(row => row.Member, StringComparer.Ordinal)
        .ThenBy(row => row.Position);

    /// <summary>The entities that must be seen before these entries can all count.</summary>
    internal static IEnumerable<string> References(IEnumerable<EntryRow> entries) =>
        entries.GroupBy(row => row.Subject, StringComparer.Ordinal)
            .SelectMany(entity => EntityFolding.References(entity.Key, entity.Select(ToHistory)));

    private static IEnumerable<IProjectedRow> RowsOf(
        string subject, IEnumerable<EntryRow> ordered, Func<string, bool> isSeen)
    {
        var outcome = EntityFolding.Fold(subject, [.. ordered.Select(ToHistory)], isSeen);
        foreach (var row in outcome.Rows)
        {
            yield return row;
        }

        foreach (var effect in outcome.Effects)
        {
            if (effect.Effect != Effect.Applied)
            {
                yield return new EffectRow
                {
                    Subject = subject,
                    Entry = effect.Entry.Value,
                    Effect = effect.Effect,
                    Reason = effect.Reason,
                    Awaits = effect.Awaits,
                };
            }
        }
    }

    private static HistoryEntry ToHistory(EntryRow row) => new(row.ToEntry());
}
