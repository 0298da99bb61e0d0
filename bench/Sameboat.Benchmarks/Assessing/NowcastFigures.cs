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
    private static readonly DateOnly Filled = new(2023, 6, 2);
    private static readonly DateOnly Middle = new(2023, 9, 16);
    private static readonly DateOnly End = new(2023, 12, 31);

    /// <param name="output">Takes the tables.</param>
    /// <param name="path">Vintages as <c>nowcast</c> takes them.</param>
    public static void Print(TextWriter output, string path)
    {
        var weeks = Weeks(VintageFileReader.Read(path).Value!);
        output.WriteLine("| snapshots | at least 20 deaths | weeks old | weeks | untouched | nowcast | 90 % holds |");
        output.WriteLine("|---|---|---:|---:|---:|---:|---:|");
        Table(output, "2023", "reported", weeks);
        var filled = weeks.Where(week => week.AsOf >= Filled && week.Came >= DeathsMin).ToList();
        Table(output, "June to December", "reported and in the end", filled);
        Table(output, "June to mid-September", "the same", [.. filled.Where(week => week.AsOf < Middle)]);
        Table(output, "mid-September to December", "the same", [.. filled.Where(week => week.AsOf >= Middle)]);
    }

    private static List<Completed> Weeks(VintageHistory history)
    {
        var last = history.Replay().KnownOn(history.LastAsOf)
            .Where(place => place.Of(Indicator.Deaths) is not null)
            .ToDictionary(place => place.Name, place => place.Of(Indicator.Deaths)!);
        return
        [
            .. history.Revisions.Select(revision => revision.AsOf).Distinct().Where(day => day <= End)
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
                + $" {untouched:F3} | {completed:F3} | {held:F3} |"));
        }
    }

    private sealed record Completed(DateOnly AsOf, WeekNowcast Nowcast, long Came)
    {
        public bool IsHeld => Nowcast.Low <= Came && Came <= Nowcast.High;

        public double Off(double value) => Math.Abs(Math.Log((value + 0.5) / (Came + 0.5)));
    }
}
