using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Sameboat.Epidemics;

namespace Sameboat.Benchmarks.Assessing;

/// <summary>
/// The whole assessment of many places, part by part: clean, nowcast, renewal R, joint forecast, alerts. Counts are
/// simulated waves with weekdays, over-dispersion, travel and late reports, so that any size can be made.
/// </summary>
internal static class AssessmentFigures
{
    private const int SnapshotWeeks = 30;
    private const int ForecastWeeks = 4;
    private static readonly DateOnly First = new(2020, 1, 6);
    private static readonly SerialInterval Interval = SerialInterval.ShiftedGamma(5.2, 2.8, 60);

    // Part of a week's count that is told after so many weeks.
    private static readonly double[] Told = [0.55, 0.85, 0.95, 0.99];

    /// <param name="output">Takes the tables.</param>
    public static void Print(TextWriter output)
    {
        Run(Outbreaks(20, 400));
        output.WriteLine("## Full assessment, 2 cores: seconds by part\n");
        output.WriteLine(
            "| places | days | clean | nowcast | renewal R | forecast | alerts | all, s | peak MiB so far |");
        output.WriteLine("|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var (places, days) in new[] { (50, 1000), (100, 1000), (200, 250), (200, 500), (200, 1000) })
        {
            var outbreaks = Outbreaks(places, days);
            var parts = Run(outbreaks);
            var peak = Process.GetCurrentProcess().PeakWorkingSet64 >> 20;
            var cells = string.Join(" | ", parts.Append(parts.Sum())
                .Select(part => part.ToString("F2", CultureInfo.InvariantCulture)));
            output.WriteLine($"| {places} | {days} | {cells} | {peak} |");
        }
    }

    private static ImmutableArray<SimulatedOutbreak> Outbreaks(int places, int days) => OutbreakSimulator.Simulate(
        [
            .. Enumerable.Range(0, places).Select(place => new SimulatedPlace(
                TerritoryCode.Parse($"{(char)('A' + (place / 26 % 26))}{(char)('A' + (place % 26))}X"),
                200_000 + (place * 400_000L), null, place % 5 == 0 ? 20 : 0)),
        ],
        OutbreakScenario.Exercise(First, days, Interval),
        seed: 11);

    private static double[] Run(ImmutableArray<SimulatedOutbreak> outbreaks)
    {
        var lastDay = outbreaks[0].Cases.Last;
        var clean = new CleanSeries[outbreaks.Length];
        var seconds = new List<double>();
        Time(seconds, () => Parallel.For(
            0, clean.Length, place => clean[place] = Cleaning.Clean(outbreaks[place].Cases)));
        IReadOnlyList<WeekNowcast> nowcasts = [];
        Time(seconds, () => nowcasts = Nowcast(outbreaks));
        var share = nowcasts.Where(week => week.WeeksOld == 0 && week.Median > 0)
            .ToDictionary(
                week => (week.Place, week.Indicator),
                week => Math.Clamp(week.Reported / week.Median, 0.01, 1));
        Time(seconds, () => Parallel.For(0, clean.Length, place =>
        {
            var told = share.GetValueOrDefault((outbreaks[place].Place.ToString(), Indicator.Cases), 1);
            RenewalEstimator.Estimate(clean[place].Counts.AsSpan(), [], Interval, RenewalSettings.Usual with
            {
                ReportedShares = [.. Enumerable.Repeat(told, Weeks.Days)],
            });
        }));
        Time(seconds, () => PanelForecaster.Forecast(
            [.. outbreaks.Select(one => new PlaceCounts(one.Place.ToString(), [one.Cases, one.Deaths!]))],
            lastDay, Interval, ForecastWeeks));
        Time(seconds, () => Parallel.For(0, clean.Length, place =>
        {
            GrowthDetector.Read(outbreaks[place].Cases, Interval);
            var weeks = Weekly(clean[place].Counts);
            FarringtonDetector.Read(weeks, FarringtonSettings.Usual with { Years = 2 });
            EarsDetector.Read(weeks, EarsMethod.C2);
        }));
        return [.. seconds];
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

    private static void Time(List<double> seconds, Action work)
    {
        var from = Stopwatch.GetTimestamp();
        work();
        seconds.Add(Stopwatch.GetElapsedTime(from).TotalSeconds);
    }
}
