using System.Globalization;
using System.Text.Json.Nodes;
using Sameboat.Server.Record;

namespace Sameboat.Server.Situation;

/// <summary>Counts by day with gaps, in their three forms: in memory, in an entry, in a column.</summary>
internal static class DailyCounts
{
    internal static JsonArray ToJson(ReadOnlySpan<long?> counts)
    {
        var array = new JsonArray();
        foreach (var count in counts)
        {
            array.Add(count is { } reported ? JsonValue.Create(reported) : null);
        }

        return array;
    }

    /// <summary>Null when the node is not an array of whole numbers and nulls, or is longer than the limit.</summary>
    internal static long?[]? FromJson(JsonNode? node, int daysMax)
    {
        if (node is not JsonArray array || array.Count > daysMax)
        {
            return null;
        }

        var counts = new long?[array.Count];
        for (var day = 0; day < counts.Length; day++)
        {
            counts[day] = EntryBody.Whole(array[day]);
            if (counts[day] is null && array[day] is not null)
            {
                return null;
            }
        }

        return counts;
    }

    internal static string ToText(ReadOnlySpan<long?> counts)
    {
        var fields = new string[counts.Length];
        for (var day = 0; day < counts.Length; day++)
        {
            fields[day] = counts[day]?.ToString(CultureInfo.InvariantCulture) ?? "";
        }

        return string.Join(',', fields);
    }

    internal static long?[] FromText(string text) =>
        text.Length == 0
            ? []
            : [.. text.Split(',').Select(field => field.Length == 0
                ? (long?)null
                : long.Parse(field, CultureInfo.InvariantCulture))];
}
