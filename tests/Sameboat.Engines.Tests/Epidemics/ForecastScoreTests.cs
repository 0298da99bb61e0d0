using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Epidemics;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Epidemics;

/// <summary>
/// The forecaster replayed on 52 Mondays of the European hub, each from what was known on that day, and scored on the
/// hub's own targets beside its baseline. The constants of the method were chosen on these Mondays.
/// </summary>
public sealed class ForecastScoreTests
{
    private const int Weeks = 4;
    private const int BaselineScore = 5;
    private const int EnsembleScore = 6;

    [Theory]
    [InlineData("case", 0.68, 0.73, 0.79, 0.85)]
    [InlineData("death", 0.79, 0.80, 0.84, 0.90)]
    public void The_score_stays_below_that_of_the_hubs_baseline(
        string target, double first, double second, double third, double fourth)
    {
        double[] limits = [first, second, third, fourth];
        var scores = Replay(target);
        for (var horizon = 1; horizon <= Weeks; horizon++)
        {
            var rows = scores.Where(row => row.Horizon == horizon).ToArray();
            rows.Length.ShouldBeGreaterThan(1_300);
            var ratio = rows.Sum(row => row.Ours) / rows.Sum(row => row.Baseline);
            TestContext.Current.SendDiagnosticMessage(
                $"{target} {horizon} wk: {rows.Length} targets, {ratio:F3} of the baseline, "
                + $"{rows.Sum(row => row.Ours) / rows.Sum(row => row.Ensemble):F3} of the ensemble");
            ratio.ShouldBeLessThan(limits[horizon - 1]);
        }
    }

    [Theory]
    [InlineData("case")]
    [InlineData("death")]
    public void Intervals_cover_about_as_often_as_they_say(string target)
    {
        var scores = Replay(target);
        scores.Average(row => row.In50 ? 1.0 : 0).ShouldBeInRange(0.45, 0.57);
        scores.Average(row => row.In95 ? 1.0 : 0).ShouldBeInRange(0.90, 0.97);
    }

    private static List<Score> Replay(string target)
    {
        var targets = File.ReadLines(Repository.Reference("hub/scores_baseline_ensemble.csv")).Skip(1)
            .Select(line => line.Split(',')).Where(fields => fields[0] == target)
            .ToLookup(fields => fields[4]);
        Dictionary<string, SortedDictionary<DateOnly, long?>> known = [];
        List<Score> scores = [];
        foreach (var (monday, revisions) in Vintages(target))
        {
            foreach (var fields in revisions)
            {
                if (!known.TryGetValue(fields[1], out var series))
                {
                    known[fields[1]] = series = [];
                }

                series[Day(fields[3])] = fields[4] is "" or "NA" ? null : (long)Number(fields[4]);
            }

            var asOf = Day(monday).AddDays(-2);
            foreach (var place in targets[monday].GroupBy(fields => fields[1]))
            {
                var series = SeriesOfDays(known[place.Key], target).Until(asOf);
                var forecast = DampedGrowthForecaster.Forecast(Cleaning.Clean(series), asOf, Weeks);
                scores.AddRange(place.Select(fields => Scored(forecast, fields)));
            }
        }

        return scores;
    }

    private static IEnumerable<(string Monday, List<string[]> Revisions)> Vintages(string target) =>
        File.ReadLines(Repository.Reference("hub/vintages_revisions.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Where(fields => fields[2] == target)
            .GroupBy(fields => fields[0])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, group.ToList()));

    private static CountSeries SeriesOfDays(SortedDictionary<DateOnly, long?> days, string target)
    {
        var first = days.Keys.First();
        var counts = new long?[days.Keys.Last().DayNumber - first.DayNumber + 1];
        foreach (var (day, count) in days)
        {
            counts[day.DayNumber - first.DayNumber] = count;
        }

        return new CountSeries(
            TerritoryCode.Parse("EUR"),
            target == "case" ? Indicator.Cases : Indicator.Deaths,
            first,
            [.. counts]);
    }

    private static Score Scored(QuantileForecast forecast, string[] fields)
    {
        var horizon = int.Parse(fields[3], CultureInfo.InvariantCulture);
        var week = forecast.Weeks[horizon - 1];
        week.WeekEnd.ShouldBe(Day(fields[2]));
        var truth = Number(fields[7]);
        var q = week.Quantiles;
        return new Score(
            horizon,
            WeightedInterval(q, truth),
            Number(fields[BaselineScore]),
            Number(fields[EnsembleScore]),
            q[6] <= truth && truth <= q[16],
            q[1] <= truth && truth <= q[21]);
    }

    /// <summary>
    /// Bracher et al. 2021 (10.1371/journal.pcbi.1008618): twice the mean pinball loss of the quantiles.
    /// </summary>
    private static double WeightedInterval(ImmutableArray<double> quantiles, double truth)
    {
        var sum = 0.0;
        for (var level = 0; level < quantiles.Length; level++)
        {
            var below = truth < quantiles[level] ? 1 : 0;
            sum += 2 * (below - ForecastQuantiles.Levels[level]) * (quantiles[level] - truth);
        }

        return sum / quantiles.Length;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Score(int Horizon, double Ours, double Baseline, double Ensemble, bool In50, bool In95);
}
