using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>
/// A statement too long for one entry, said in parts: each names its number, from 1, and how many there are. Until the
/// last part is there the entity waits and has no rows; of two entries for one part the later counts, and a part of
/// another number of parts begins a new statement.
/// </summary>
internal abstract class PartedFold : SubjectFold
{
    /// <summary>The most parts a statement may have.</summary>
    internal const int PartsMax = 64;

    internal sealed override FoldOutcome Fold(EntityName subject, IReadOnlyList<Entry> history)
    {
        var statement = new SortedDictionary<long, Entry>();
        IReadOnlyList<IProjectedRow> rows = [];
        var effects = new Dictionary<Entry, EntryEffect>(history.Count, ReferenceEqualityComparer.Instance);
        long announced = 0;
        foreach (var entry in history)
        {
            effects[entry] = EntryEffect.Applied(entry);
            if (entry.Author != subject.Owner)
            {
                effects[entry] = EntryEffect.Without(entry, FoldReasons.NotTheOwner);
                continue;
            }

            if (entry.Body.Count("parts") is not (> 0 and <= PartsMax and var parts)
                || entry.Body.Count("part") is not { } part || part < 1 || part > parts)
            {
                effects[entry] = EntryEffect.Without(entry, FoldReasons.Unreadable);
                continue;
            }

            if (parts != announced)
            {
                Abandon(statement, announced, effects);
                announced = parts;
            }

            statement[part] = entry;
            if (statement.Count == parts)
            {
                var read = Read(subject, [.. statement.Values.Select(said => said.Body)]);
                rows = read ?? rows;
                effects[entry] = read is null
                    ? EntryEffect.Without(entry, FoldReasons.Unreadable)
                    : effects[entry];
            }
        }

        Abandon(statement, announced, effects);
        return new FoldOutcome([.. rows], [.. history.Select(entry => effects[entry])]);
    }

    // What never became whole waits for the rest.
    private static void Abandon(
        SortedDictionary<long, Entry> statement, long announced, Dictionary<Entry, EntryEffect> effects)
    {
        foreach (var part in statement.Count < announced ? statement.Values.ToArray() : [])
        {
            effects[part] = EntryEffect.Waits(part, FoldReasons.PartsMissing);
        }

        statement.Clear();
    }

    /// <summary>The rows of the whole statement, or null when a part cannot be read.</summary>
    protected abstract IReadOnlyList<IProjectedRow>? Read(EntityName subject, IReadOnlyList<JsonObject> parts);

    /// <summary>The body of one part, to which the caller adds what it says.</summary>
    protected static JsonObject Part(string round, ItemCode item, int part, int parts, bool exercise) => new()
    {
        ["exercise"] = exercise,
        ["item"] = item.ToString(),
        ["part"] = part,
        ["parts"] = parts,
        ["round"] = round,
    };
}
