using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Sameboat.Epidemics;

namespace Sameboat.Benchmarks.Assessing;

/// <summary>
/// The whole assessment of many places: the nowcast, then clean, R, joint forecast and alerts by one call that takes
/// its shares. Counts are simulated
/// waves with weekdays, over-dispersion, travel and late reports, so that any size can be made.
/// </summary>
internal static class AssessmentFigures
{
    private const int SnapshotWeeks = 30;
    private const int ForecastWeeks = 4;
    private static readonly DateOnly First = new(2020, 1, 6);
    private static readonly SerialInterval Interval = SerialInterval.ShiftedGamma(5.2, 2.8, 60);

    // Part of a week's count that is told after so many weeks.
    private static readonly double[] Told = [0.55, 0.85, 0.95, 0.99];

    /// <param name="output">Takes one row of a table: places, days, seconds, peak memory of this process.</param>
    /// <param name="places">Places simulated.</param>
    /// <param name="days">Days of each.</param>
    public static void Print(TextWriter output, int places, int days)
    {
        Run(Outbreaks(20, 400));
        var (nowcast, assess) = Run(Outbreaks(places, days));
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {places} | {days} | {nowcast:F2} | {assess:F2} | {nowcast + assess:F2} | {peak} |"));
    }

    private static ImmutableArray<SimulatedOutbreak> Outbreaks(int places, int days) => OutbreakSimulator.Simulate(
        [
            .. Enumerable.Range(0, places).Select(place => new SimulatedPlace(
                TerritoryCode.Parse($"{(char)('A' + (place / 26 % 26))}{(char)('A' + (place % 26))}X"),
                200_000 + (place * 400_000L), null, place % 5 == 0 ? 20 : 0)),
        ],
        OutbreakScenario.Exercise(First, days, Interval),
        seed: 11);

    private static (double Nowcast, double Assess) Run(ImmutableArray<SimulatedOutbreak> outbreaks)
    {
        var from = Stopwatch.GetTimestamp();
        var shares = Nowcast(outbreaks)
            .Where(week => week.Indicator == Indicator.Cases && week.WeeksOld == 0 && week.Median > 0)
            .ToDictionary(
                week => TerritoryCode.Parse(week.Place),
                week => Math.Clamp(week.Reported / week.Median, 0.01, 1));
        var nowcast = Stopwatch.GetElapsedTime(from).TotalSeconds;
        from = Stopwatch.GetTimestamp();
        PanelAssessor.Assess(
            [.. outbreaks.Select(one => one.Cases)],
            [.. outbreaks.Select(one => one.Deaths!)],
            shares,
            new AssessmentSettings(outbreaks[0].Cases.Last, ForecastWeeks, Interval));
        return (nowcast, Stopwatch.GetElapsedTime(from).TotalSeconds);
    }

    private static IReadOnlyList<WeekNowcast> Nowcast(ImmutableArray<SimulatedOutbreak> outbreaks)
    {
        var nowcaster = new Nowcaster();
        var totals = outbreaks.SelectMany(one => new[] { one.Cases, one.Deaths! })
            .ToDictionary(series => (series.Place.ToString(), series.Indicator), series => Weekly(
                [.. series.Counts.Select(count => (double)(count ?? 0))]));
        IReadOnlyList<WeekNowcast> nowcasts = [];
        for (var back = SnapshotWeeks - 1; back >= 0; back--)
        {
            nowcasts = nowcaster.Next(totals.ToDictionary(
                pair => pair.Key, pair => (IReadOnlyDictionary<DateOnly, long>)KnownWeeks(pair.Value, back)));
        }

        return nowcasts;
    }

    private static Dictionary<DateOnly, long> KnownWeeks(double[] weeks, int back)
    {
        var known = new Dictionary<DateOnly, long>();
        for (var week = 0; week < weeks.Length - back; week++)
        {
            var old = weeks.Length - back - 1 - week;
            var told = old < Told.Length ? Told[old] : 1;
            known[First.AddDays((Weeks.Days * (week + 1)) - 1)] = (long)(weeks[week] * told);
        }

        return known;
    }

    private static double[] Weekly(ImmutableArray<double> counts)
    {
        var weeks = new double[counts.Length / Weeks.Days];
        for (var day = 0; day < weeks.Length * Weeks.Days; day++)
        {
            weeks[day / Weeks.Days] += counts[day];
        }

        return weeks;
    }
}
