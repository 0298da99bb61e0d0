using System.Globalization;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;

namespace Sameboat.Benchmarks.Assessing;

/// <summary>
/// How near the nowcast of deaths comes to what weeks became, beside the untouched counts: the tables of
/// docs/methods/nowcast.md, each snapshot from what it knew.
/// </summary>
internal static class NowcastFigures
{
    private const int DeathsMin = 20;
    private const int AgesShown = 3;

    // Whose weeks of spring and summer 2023 were lowered to about half in autumn.
    private const string Halved = "IT";
    private static readonly DateOnly Filled = new(2023, 6, 2);
    private static readonly DateOnly Middle = new(2023, 9, 16);
    private static readonly DateOnly End = new(2023, 12, 31);

    /// <param name="output">Takes the tables.</param>
    /// <param name="path">Vintages as <c>nowcast</c> takes them.</param>
    public static void Print(TextWriter output, string path)
    {
        var weeks = Weeks(VintageFileReader.Read(path).Value!);
        output.WriteLine("| snapshots | at least 20 deaths | weeks old | weeks | untouched | nowcast | 90 % holds "
            + "| growth of each place known |");
        output.WriteLine("|---|---|---:|---:|---:|---:|---:|---:|");
        Table(output, "2023", "reported", [.. weeks.Where(week => week.AsOf <= End)]);
        var inTheEnd = weeks.Where(week => week.AsOf >= Filled && week.Came >= DeathsMin).ToList();
        var filled = inTheEnd.Where(week => week.AsOf <= End).ToList();
        Table(output, "June to December", "reported and in the end", filled);
        Table(output, "June to mid-September", "the same", [.. filled.Where(week => week.AsOf < Middle)]);
        Table(output, "mid-September to December", "the same", [.. filled.Where(week => week.AsOf >= Middle)]);
        Table(output, "June to December", "the same, without Italy",
            [.. filled.Where(week => week.Nowcast.Place != Halved)]);
        Table(output, "2024", "reported and in the end", [.. inTheEnd.Where(week => week.AsOf > End)]);
    }

    private static List<Completed> Weeks(VintageHistory history)
    {
        var last = history.Replay().KnownOn(history.LastAsOf)
            .Where(place => place.Of(Indicator.Deaths) is not null)
            .ToDictionary(place => place.Name, place => place.Of(Indicator.Deaths)!);
        return
        [
            .. history.Revisions.Select(revision => revision.AsOf).Distinct()
                .SelectMany(day => VintageNowcast.On(history, day).Select(week => (day, week)))
                .Where(one => one.week.Indicator == Indicator.Deaths && one.week.WeeksOld < AgesShown
                    && one.week.Reported >= DeathsMin)
                .Select(one => new Completed(one.day, one.week, OnDay(last[one.week.Place], one.week.WeekEnd))),
        ];
    }

    private static long OnDay(CountSeries series, DateOnly day) =>
        series.Counts[day.DayNumber - series.First.DayNumber] ?? 0;

    private static void Table(TextWriter output, string snapshots, string selection, List<Completed> weeks)
    {
        for (var age = 0; age < AgesShown; age++)
        {
            var shown = weeks.Where(week => week.Nowcast.WeeksOld == age).ToList();
            var untouched = shown.Average(week => week.Off(week.Nowcast.Reported));
            var completed = shown.Average(week => week.Off(week.Nowcast.Median));
            var held = shown.Average(week => week.IsHeld ? 1.0 : 0);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {snapshots} | {selection} | {age} | {shown.Count} |"
                + $" {untouched:F3} | {completed:F3} | {held:F3} | {Known(shown):F3} |"));
        }
    }

    /// <summary>The error that would be left if the median growth of each place, and no more, were known beforehand.
    /// </summary>
    private static double Known(List<Completed> weeks) => weeks.GroupBy(week => week.Nowcast.Place)
        .SelectMany(place =>
        {
            var growths = place.Select(week => week.Growth).Order().ToList();
            var median = 0.5 * (growths[(growths.Count - 1) / 2] + growths[growths.Count / 2]);
            return growths.Select(growth => Math.Abs(growth - median));
        })
        .Average();

    private sealed record Completed(DateOnly AsOf, WeekNowcast Nowcast, long Came)
    {
        public bool IsHeld => Nowcast.Low <= Came && Came <= Nowcast.High;

        public double Growth => Math.Log((Came + 0.5) / (Nowcast.Reported + 0.5));

        public double Off(double value) => Math.Abs(Math.Log((value + 0.5) / (Came + 0.5)));
    }
}
