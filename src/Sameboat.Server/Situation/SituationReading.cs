using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Epidemics;
using Sameboat.Server.Members;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Situation;

/// <summary>The counts of one place as its reports state them.</summary>
internal sealed record PlaceCounts(CountSeries Cases, CountSeries Deaths);

/// <summary>Puts the reports of places together into series of days.</summary>
internal static class SituationReading
{
    /// <summary>
    /// One pair of series a place, in the order of the code, from the reports of the member that answers for it. A day
    /// that no report covers is a gap.
    /// </summary>
    /// <param name="db">Where to read.</param>
    /// <param name="outbreak">Which outbreak.</param>
    /// <param name="place">One place alone, or null for all.</param>
    /// <param name="cancellation">Ends the reading.</param>
    internal static async Task<ImmutableArray<PlaceCounts>> CountsAsync(
        NodeContext db, string outbreak, string? place, CancellationToken cancellation)
    {
        var reports = await db.Situations.AsNoTracking()
            .Where(report => report.Outbreak == outbreak && report.Official
                && (place == null || report.Place == place))
            .Join(db.Members,
                report => new { report.Member, report.Place },
                member => new { member.Member, Place = member.Territory },
                (report, _) => report)
            .Select(report => new { report.Place, report.First, report.Subject, report.Cases, report.Deaths })
            .ToListAsync(cancellation);
        return
        [
            .. reports
                .OrderBy(report => report.Place, StringComparer.Ordinal)
                .ThenBy(report => report.First)
                .ThenBy(report => report.Subject, StringComparer.Ordinal)
                .GroupBy(report => report.Place, StringComparer.Ordinal)
                .Select(place => Join(
                    place.Key, [.. place.Select(report => (report.First, report.Cases, report.Deaths))])),
        ];
    }

    /// <summary>As the other, of rows that are at hand and in any order.</summary>
    internal static ImmutableArray<PlaceCounts> Counts(
        IEnumerable<SituationRow> situations, IEnumerable<MemberRow> members, string outbreak)
    {
        var answers = members.Select(member => (member.Member, member.Territory)).ToHashSet();
        return
        [
            .. situations
                .Where(report => report.Outbreak == outbreak && report.Official
                    && answers.Contains((report.Member, report.Place)))
                .OrderBy(report => report.Place, StringComparer.Ordinal)
                .ThenBy(report => report.First)
                .ThenBy(report => report.Subject, StringComparer.Ordinal)
                .GroupBy(report => report.Place, StringComparer.Ordinal)
                .Select(place => Join(
                    place.Key, [.. place.Select(report => (report.First, report.Cases, report.Deaths))])),
        ];
    }

    private static PlaceCounts Join(string code, IReadOnlyList<(int First, string Cases, string Deaths)> reports)
    {
        var first = reports.Min(report => report.First);
        var read = reports
            .Select(report => (
                At: report.First - first,
                Cases: DailyCounts.FromText(report.Cases),
                Deaths: DailyCounts.FromText(report.Deaths)))
            .ToList();
        var days = read.Max(report => report.At + Math.Max(report.Cases.Length, report.Deaths.Length));
        var cases = new long?[days];
        var deaths = new long?[days];
        foreach (var report in read)
        {
            report.Cases.CopyTo(cases, report.At);
            report.Deaths.CopyTo(deaths, report.At);
        }

        var place = TerritoryCode.Parse(code);
        var start = DateOnly.FromDayNumber(first);
        return new PlaceCounts(
            new CountSeries(place, Indicator.Cases, start, [.. cases]),
            new CountSeries(place, Indicator.Deaths, start, [.. deaths]));
    }
}
