using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Server.Conservation;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Situation;

/// <summary>One place at a glance.</summary>
/// <param name="Place">ISO 3166-1 alpha-3.</param>
/// <param name="LastDay">The last day that was reported.</param>
/// <param name="LastWeek">Cases of the seven days that end on it.</param>
/// <param name="WeekBefore">Cases of the seven days before.</param>
/// <param name="Assessment">What the engine says, or null where nothing was assessed.</param>
/// <param name="Met">The middle share of its needs that the plan meets, 0 to 1; null without needs.</param>
/// <param name="Lacking">The items it is shortest of, the shortest first, with the share met.</param>
internal sealed record PlaceSummary(
    string Place,
    DateOnly LastDay,
    long LastWeek,
    long WeekBefore,
    AssessmentRow? Assessment,
    double? Met,
    ImmutableArray<(string Item, double Met)> Lacking)
{
    /// <summary>(last week - week before) / week before; null where there was none before.</summary>
    internal double? Change => WeekBefore > 0 ? ((double)LastWeek / WeekBefore) - 1 : null;

    /// <summary>How surely cases grow.</summary>
    internal Trend Trend =>
        Assessment is { } found && Enum.TryParse<Trend>(found.Trend, out var trend) ? trend : Trend.TooFew;
}

/// <summary>Reads all places of an outbreak at a glance.</summary>
internal static class PlaceSummaries
{
    private const int LackingMax = 3;

    /// <summary>One summary a place, in the order of the code.</summary>
    internal static async Task<ImmutableArray<PlaceSummary>> ReadAsync(
        NodeContext db, OutbreakRow outbreak, string? round, CancellationToken cancellation)
    {
        var counts = (await db.NowAsync(outbreak.Subject, cancellation)).Counts;
        var assessments = (await db.Assessments.AsNoTracking()
            .Where(row => row.Outbreak == outbreak.Subject
                && !db.Assessments.Any(later => later.Outbreak == row.Outbreak && later.Place == row.Place
                    && later.AsOf > row.AsOf))
            .ToListAsync(cancellation))
            .GroupBy(row => row.Place)
            .ToDictionary(place => place.Key, place => place.MaxBy(row => row.AsOf)!);
        var coverage = (await db.CoverageAsync(round, cancellation))
            .Where(row => row.Need > 0)
            .ToLookup(row => row.Place, row => (row.Item, Met: Math.Min(1, (double)row.Allocated / row.Need)));
        return
        [
            .. counts.Select(place =>
            {
                var code = place.Cases.Place.ToString();
                var items = coverage[code].OrderBy(item => item.Met).ToList();
                return new PlaceSummary(
                    code,
                    place.Cases.Last,
                    WeekOf(place.Cases, 0),
                    WeekOf(place.Cases, 1),
                    assessments.GetValueOrDefault(code),
                    items.Count == 0 ? null : items[items.Count / 2].Met,
                    [.. items.Take(LackingMax)]);
            }),
        ];
    }

    /// <summary>Cases of seven days, so many weeks before the last.</summary>
    internal static long WeekOf(CountSeries series, int weeksBefore)
    {
        var end = Math.Max(0, series.Counts.Length - (weeksBefore * Weeks.Days));
        return series.Counts[Math.Max(0, end - Weeks.Days)..end].Sum(count => count ?? 0);
    }
}
