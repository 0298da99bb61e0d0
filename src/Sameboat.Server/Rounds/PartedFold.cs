using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>
/// A statement too long for one entry, said in parts: each names its number, from 1, and how many there are. Until the
/// last part is there the entity waits and has no rows; of two entries for one part the later counts.
/// </summary>
internal abstract class PartedFold(string kind) : SubjectFold
{
    /// <summary>The most parts a statement may have.</summary>
    internal const int PartsMax = 64;

    internal override IReadOnlyList<string> Kinds { get; } = [kind];

    internal override IEnumerable<IProjectedRow> Rows(string subject, IReadOnlyList<Entry> history)
    {
        var parts = new SortedDictionary<long, JsonObject>();
        long announced = 0;
        foreach (var entry in history)
        {
            if (entry.Body.Count("part") is { } part
                && entry.Body.Count("parts") is > 0 and <= PartsMax and var of
                && part >= 1 && part <= of)
            {
                announced = of;
                parts[part] = entry.Body;
            }
        }

        return parts.Count > 0 && parts.Count == announced
            ? Read(subject, [.. parts.Values]) ?? []
            : [];
    }

    /// <summary>The rows of the whole statement, or null when a part cannot be read.</summary>
    protected abstract IReadOnlyList<IProjectedRow>? Read(string subject, IReadOnlyList<JsonObject> parts);

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
