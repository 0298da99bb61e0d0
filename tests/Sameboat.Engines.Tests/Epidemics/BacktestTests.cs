using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Epidemics;

/// <summary>52 Mondays of the European hub replayed from what was known on each, beside baseline and
/// ensemble.</summary>
public sealed class BacktestTests
{
    private static readonly Lazy<ImmutableArray<ScoreSummary>> Scores = new(Replay);

    [Theory]
    [InlineData(Indicator.Cases, 1.03)]
    [InlineData(Indicator.Deaths, 1.03)]
    public void The_score_stays_beside_that_of_the_hubs_ensemble(Indicator indicator, double limit)
    {
        var ours = Of("ours", indicator, null);
        var ensemble = Of("forecasts_ensemble", indicator, null);
        ours.Targets.ShouldBe(indicator == Indicator.Cases ? 5_538 : 5_491);
        TestContext.Current.SendDiagnosticMessage($"{indicator}: {ours.Score.Total / ensemble.Score.Total:F3}");
        (ours.Score.Total / ensemble.Score.Total).ShouldBeLessThan(limit);
        ours.RelativeSkill!.Value.Ratio.ShouldBeLessThan(0.8);
    }

    [Theory]
    [InlineData(Indicator.Cases)]
    [InlineData(Indicator.Deaths)]
    public void Intervals_hold_as_often_as_they_say_at_every_horizon(Indicator indicator)
    {
        for (var horizon = 1; horizon <= 4; horizon++)
        {
            var ours = Of("ours", indicator, horizon);
            ours.Coverage50.ShouldBeInRange(0.47, 0.54);
            ours.Coverage95.ShouldBeInRange(0.92, 0.97);
        }
    }

    [Fact]
    public void Scores_of_the_hubs_own_forecasts_are_those_published()
    {
        var truth = TruthFileReader.Read(Repository.Reference("hub/truth_weekly.csv")).Value!;
        var baseline = ForecastFileReader.Read(Repository.Reference("hub/forecasts_baseline.csv")).Value!;
        var ensemble = ForecastFileReader.Read(Repository.Reference("hub/forecasts_ensemble.csv")).Value!;
        var compared = 0;
        foreach (var line in File.ReadLines(Repository.Reference("hub/scores_baseline_ensemble.csv")).Skip(1))
        {
            var fields = line.Split(',');
            var target = new ForecastTarget(Day(fields[4]), fields[1], TargetNames.Of(fields[0])!.Value,
                int.Parse(fields[3], CultureInfo.InvariantCulture), Day(fields[2]));
            var observed = truth.Weekly[(target.Place, target.Indicator, target.WeekEnd)];
            Score(baseline, target, observed).ShouldBe(Number(fields[5]), 5.001e-5);
            Score(ensemble, target, observed).ShouldBe(Number(fields[6]), 5.001e-5);
            compared++;
        }

        compared.ShouldBe(11_029);
    }

    [Fact]
    public void The_baseline_is_the_hubs_own()
    {
        var vintages = VintageFileReader.Read(Repository.Reference("hub/vintages_revisions.csv")).Value!;
        var hub = ForecastFileReader.Read(Repository.Reference("hub/forecasts_baseline.csv")).Value!;
        var monday = new DateOnly(2021, 3, 8);
        var germany = vintages.Replay().KnownOn(monday).Single(place => place.Name == "DE").Of(Indicator.Deaths)!;
        var known = germany.Until(monday.AddDays(-2));
        var totals = Enumerable.Range(0, known.Counts.Length / 7)
            .Select(week => known.Counts.AsSpan()[^((week + 1) * 7)..].ToArray().Take(7).Sum(count => count ?? 0.0))
            .Reverse().ToArray();
        var ours = HubBaseline.Forecast(totals, 1)[0];
        var theirs = hub.Quantiles[new ForecastTarget(monday, "DE", Indicator.Deaths, 1, monday.AddDays(5))];
        for (var level = 0; level < ours.Length; level++)
        {
            ours[level].ShouldBe(theirs[level], 0.02 * totals.Max());
        }
    }

    [Fact]
    public void Nothing_published_after_the_Monday_is_used()
    {
        var random = new SeededRandom(5);
        var revisions = Enumerable.Range(0, 200).Select(day => new Revision(
            new DateOnly(2021, 1, 1).AddDays(day + 1), "KEN", Indicator.Cases, new DateOnly(2021, 1, 1).AddDays(day),
            random.NextBelow(100))).ToList();
        var monday = new DateOnly(2021, 6, 7);
        var serialInterval = SerialInterval.ShiftedGamma(5.2, 2.8, 40);
        var whole = Backtest.Run(new VintageHistory(revisions, weekly: false), monday, monday, serialInterval);
        var cut = Backtest.Run(
            new VintageHistory(revisions.Where(one => one.AsOf <= monday), weekly: false),
            monday, monday, serialInterval);
        Flat(whole).ShouldBe(Flat(cut));

        static double[] Flat(IEnumerable<(DateOnly, PanelForecast Forecast)> run) =>
            [.. run.Single().Forecast.Places[0].Weeks.SelectMany(week => week.Quantiles)];
    }

    [Fact]
    public void Zeros_gaps_and_a_billion_give_finite_ascending_quantiles()
    {
        long?[][] kinds =
        [
            SeriesOf.Repeated(0, 200),
            SeriesOf.Repeated(null, 200),
            SeriesOf.Repeated(1_000_000_000, 200),
            [5],
            [.. Enumerable.Range(0, 200).Select(day => (long?)(day % 7 == 3 ? 70 : 0))],
        ];
        var places = kinds.Select((counts, index) => new PlaceCounts(
            $"place {index}", [SeriesOf.Cases(counts), SeriesOf.Deaths(counts)])).ToList();
        var forecast = PanelForecaster.Forecast(
            places, SeriesOf.First.AddDays(199), SerialInterval.ShiftedGamma(5.2, 2.8, 40));
        forecast.Places.Length.ShouldBe(2 * kinds.Length);
        foreach (var week in forecast.Places.SelectMany(place => place.Weeks))
        {
            week.Quantiles.ShouldAllBe(quantile => double.IsFinite(quantile) && quantile >= 0);
            week.Quantiles.Zip(week.Quantiles.Skip(1)).ShouldAllBe(pair => pair.First <= pair.Second);
        }
    }

    [Fact]
    public void Trajectories_have_the_quantiles_of_each_week()
    {
        var counts = Enumerable.Range(0, 300).Select(day => (long?)(100 + (day % 50))).ToArray();
        var places = Enumerable.Range(0, 20)
            .Select(index => new PlaceCounts($"place {index}", [SeriesOf.Cases(counts)])).ToList();
        var place = PanelForecaster.Forecast(
            places, SeriesOf.First.AddDays(299), SerialInterval.ShiftedGamma(5.2, 2.8, 40)).Places[0];
        var paths = place.Trajectories();
        paths.Length.ShouldBeGreaterThanOrEqualTo(JointPaths.CountMin);
        for (var week = 0; week < place.Weeks.Length; week++)
        {
            var below = paths.Count(path => path[week] <= place.Weeks[week].Median) / (double)paths.Length;
            below.ShouldBeInRange(0.45, 0.55);
        }
    }

    [Fact]
    public void The_parts_of_a_score_add_up_and_say_which_side_it_missed()
    {
        double[] quantiles = [.. ForecastQuantiles.Levels.Select(level => 100 * level)];
        var above = WeightedIntervalScore.Of(quantiles, 200);
        above.Underprediction.ShouldBeGreaterThan(0);
        above.Overprediction.ShouldBe(0);
        var pinball = ForecastQuantiles.Levels.Select((level, at) => 2 * level * (200 - quantiles[at])).Average();
        above.Total.ShouldBe(pinball, 1e-9);
    }

    private static ScoreSummary Of(string model, Indicator indicator, int? horizon) =>
        Scores.Value.Single(summary =>
            summary.Model == model && summary.Indicator == indicator && summary.Horizon == horizon);

    private static ImmutableArray<ScoreSummary> Replay()
    {
        var vintages = VintageFileReader.Read(Repository.Reference("hub/vintages_revisions.csv")).Value!;
        var truth = TruthFileReader.Read(Repository.Reference("hub/truth_weekly.csv")).Value!;
        Dictionary<ForecastTarget, ImmutableArray<double>> ours = [];
        foreach (var (monday, forecast) in Backtest.Run(vintages, new DateOnly(2021, 3, 8),
            new DateOnly(2022, 2, 28), SerialInterval.ShiftedGamma(5.2, 2.8, 60)))
        {
            foreach (var place in forecast.Places)
            {
                foreach (var week in place.Weeks)
                {
                    ours.Add(new ForecastTarget(monday, place.Name, place.Indicator, week.Horizon, week.WeekEnd),
                        week.Quantiles);
                }
            }
        }

        return ForecastScoring.Score(
            [
                new ModelForecasts("ours", ours),
                ForecastFileReader.Read(Repository.Reference("hub/forecasts_baseline.csv")).Value!,
                ForecastFileReader.Read(Repository.Reference("hub/forecasts_ensemble.csv")).Value!,
            ],
            truth.Weekly,
            truth.Flagged);
    }

    private static double Score(ModelForecasts model, ForecastTarget target, double observed) =>
        WeightedIntervalScore.Of(model.Quantiles[target].AsSpan(), observed).Total;

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
