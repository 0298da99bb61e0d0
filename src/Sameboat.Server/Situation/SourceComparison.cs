using System.Collections.Immutable;

namespace Sameboat.Server.Situation;

/// <summary>A report whose cumulative count does not fit the new counts of its source.</summary>
/// <param name="Code">One of <see cref="SourceComparison.Codes"/>.</param>
/// <param name="Subject">The report.</param>
/// <param name="New">The sum of new counts of the source up to its last day.</param>
/// <param name="Cumulative">What it says there have been in all.</param>
internal readonly record struct CountFlag(string Code, string Subject, long New, long Cumulative);

/// <summary>What one source says of one place.</summary>
/// <param name="Member">Who published it.</param>
/// <param name="Source">Its name, or empty for the member's own.</param>
/// <param name="IsOfficial">True for the counts that the member answering for the place gives as official.</param>
/// <param name="First">Day number of the first day.</param>
/// <param name="Last">Of the last.</param>
/// <param name="Cases">New cases in all reports; a day in two reports counts once, by the later report.</param>
/// <param name="Deaths">New deaths in the same way.</param>
/// <param name="Reports">How many reports.</param>
/// <param name="Flags">Where its figures contradict each other.</param>
internal sealed record SourceCounts(
    string Member, string Source, bool IsOfficial, int First, int Last, long Cases, long Deaths, int Reports,
    ImmutableArray<CountFlag> Flags);

/// <summary>Sets the sources of one place side by side and checks new against cumulative counts. Pure.</summary>
internal static class SourceComparison
{
    /// <summary>More new cases are reported than there are said to have been in all.</summary>
    internal const string CasesAbove = "new-cases-above-cumulative";

    /// <summary>The same of deaths.</summary>
    internal const string DeathsAbove = "new-deaths-above-cumulative";

    /// <summary>A later report says fewer cases in all than an earlier one.</summary>
    internal const string CasesFall = "cumulative-cases-fall";

    /// <summary>The same of deaths.</summary>
    internal const string DeathsFall = "cumulative-deaths-fall";

    /// <summary>All codes.</summary>
    internal static readonly ImmutableArray<string> Codes = [CasesAbove, DeathsAbove, CasesFall, DeathsFall];

    /// <summary>The official source first, then by member and name.</summary>
    /// <param name="reports">All reports of one outbreak in one place.</param>
    /// <param name="answering">The members that answer for the place.</param>
    internal static ImmutableArray<SourceCounts> Of(
        IEnumerable<SituationRow> reports, IReadOnlyCollection<string> answering) =>
    [
        .. reports
            .GroupBy(report => (
                report.Member, report.Source, IsOfficial: report.Official && answering.Contains(report.Member)))
            .Select(source => Of(source.Key, [.. source.OrderBy(row => row.First)
                .ThenBy(row => row.Subject, StringComparer.Ordinal)]))
            .OrderByDescending(source => source.IsOfficial)
            .ThenBy(source => source.Member, StringComparer.Ordinal)
            .ThenBy(source => source.Source, StringComparer.Ordinal),
    ];

    private static SourceCounts Of((string Member, string Source, bool IsOfficial) key, List<SituationRow> reports)
    {
        var cases = new SortedDictionary<int, long>();
        var deaths = new SortedDictionary<int, long>();
        var flags = ImmutableArray.CreateBuilder<CountFlag>();
        (long Cases, long Deaths) before = (0, 0);
        foreach (var report in reports)
        {
            var last = Math.Max(Lay(cases, report.First, report.Cases), Lay(deaths, report.First, report.Deaths));
            before = (
                Check(flags, (CasesAbove, CasesFall), report, report.CumulativeCases, Sum(cases, last), before.Cases),
                Check(
                    flags, (DeathsAbove, DeathsFall), report, report.CumulativeDeaths, Sum(deaths, last),
                    before.Deaths));
        }

        return new SourceCounts(
            key.Member, key.Source, key.IsOfficial, reports[0].First,
            cases.Keys.Concat(deaths.Keys).DefaultIfEmpty(reports[0].First).Max(),
            cases.Values.Sum(), deaths.Values.Sum(), reports.Count, flags.ToImmutable());
    }

    private static int Lay(SortedDictionary<int, long> days, int first, string counts)
    {
        var read = DailyCounts.FromText(counts);
        for (var at = 0; at < read.Length; at++)
        {
            if (read[at] is { } count)
            {
                days[first + at] = count;
            }
        }

        return first + read.Length - 1;
    }

    private static long Sum(SortedDictionary<int, long> days, int last) =>
        days.Where(day => day.Key <= last).Sum(day => day.Value);

    private static long Check(
        ImmutableArray<CountFlag>.Builder flags, (string Above, string Fall) codes, SituationRow report,
        long? cumulative, long sum, long before)
    {
        if (cumulative is not { } all)
        {
            return before;
        }

        if (sum > all)
        {
            flags.Add(new CountFlag(codes.Above, report.Subject, sum, all));
        }

        if (all < before)
        {
            flags.Add(new CountFlag(codes.Fall, report.Subject, before, all));
        }

        return all;
    }
}
