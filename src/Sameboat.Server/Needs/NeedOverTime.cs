using System.Globalization;

namespace Sameboat.Server.Needs;

/// <summary>
/// The need of the whole time that estimates cover. Each estimate looks some weeks ahead and is made anew before they
/// are over: one that was replaced after so many days counts for those days alone, the last one in full. Pure.
/// </summary>
internal static class NeedOverTime
{
    /// <summary>Days that an estimate looks ahead.</summary>
    internal const int DaysAhead = 28;

    private const string DayForm = "yyyy-MM-dd";

    /// <summary>Units of each place and item; each estimate's part is rounded down.</summary>
    /// <param name="lines">Of any estimates, in any order. An estimate is named by its day.</param>
    internal static Dictionary<(string Place, string Item), long> Of(IEnumerable<NeedLineRow> lines)
    {
        var need = new Dictionary<(string Place, string Item), long>();
        foreach (var estimates in lines.GroupBy(line => (line.Member, line.Place)))
        {
            var inOrder = estimates.GroupBy(line => line.Subject).OrderBy(one => one.Key, StringComparer.Ordinal)
                .ToList();
            for (var at = 0; at < inOrder.Count; at++)
            {
                var days = at + 1 < inOrder.Count ? DaysUntil(inOrder[at].Key, inOrder[at + 1].Key) : DaysAhead;
                foreach (var line in inOrder[at])
                {
                    var key = (line.Place, line.Item);
                    need[key] = need.GetValueOrDefault(key) + (long)((decimal)line.Quantity * days / DaysAhead);
                }
            }
        }

        return need;
    }

    // An estimate that is named otherwise than by a day counts until the next one and not at all beside it.
    private static int DaysUntil(string subject, string next) =>
        DayOf(subject) is { } from && DayOf(next) is { } to ? Math.Clamp(to - from, 0, DaysAhead) : 0;

    private static int? DayOf(string subject) => DateOnly.TryParseExact(
        subject[(subject.LastIndexOf('/') + 1)..], DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None,
        out var day) ? day.DayNumber : null;
}
