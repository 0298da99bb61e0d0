using System.Globalization;
using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

/// <summary>The table of docs/methods/outbreak-simulation.md: what intervals cover where the truth is known.</summary>
public sealed class SimulatedCoverageTests
{
    private const int Places = 24;
    private const int Days = 392;
    private const int ForecastWeeks = 4;
    private const int OriginsScored = 16;
    private const int DaysNearStep = 10;
    private const double StepMin = 0.1;

    [Fact]
    public void Forecasts_of_linked_places_cover_about_what_they_claim()
    {
        var world = LinkedPlaces.Simulate(Places, Days);
        var coverage = Coverage(
            [.. world.Select(one => new PlaceCounts(one.Place.ToString(), [one.Cases, one.Deaths!]))]);
        foreach (var indicator in new[] { Indicator.Cases, Indicator.Deaths })
        {
            ShouldBeSensible(coverage, indicator);
        }
    }

    [Fact]
    public void Admissions_a_delayed_part_of_cases_are_covered_about_as_claimed()
    {
        var world = LinkedPlaces.Simulate(Places, Days, scenario => scenario with
        {
            FatalShare = 0.05,
            DeathDelay = SerialInterval.ShiftedGamma(8, 4, 40),
        });
        var coverage = Coverage([.. world.Select(one => new PlaceCounts(
            one.Place.ToString(), [one.Cases, one.Deaths! with { Indicator = Indicator.HospitalAdmissions }]))]);
        ShouldBeSensible(coverage, Indicator.HospitalAdmissions);
    }

    [Fact]
    public void The_renewal_estimator_covers_the_true_reproduction_number_of_linked_places()
    {
        var all = new List<(bool In95, bool In50)>();
        var away = new List<(bool In95, bool In50)>();
        foreach (var one in LinkedPlaces.Simulate(Places, 200))
        {
            var readings = RenewalEstimator.Estimate(
                Cleaning.Clean(one.Cases).Counts.AsSpan(), [], LinkedPlaces.Interval, RenewalSettings.Usual);
            foreach (var estimate in readings.Select(reading => reading.Estimate)
                .Where(estimate => one.Cases.Counts[estimate.WindowEnd - 1] >= 10))
            {
                var day = estimate.WindowEnd - 1;
                var truth = one.Reproduction[day];
                var read = (
                    truth >= estimate.Quantile025 && truth <= estimate.Quantile975,
                    truth >= estimate.Quantile25 && truth <= estimate.Quantile75);
                all.Add(read);
                if (!IsNearStep(one, day))
                {
                    away.Add(read);
                }
            }
        }

        ShouldCover(all, "all days", 0.75);
        ShouldCover(away, "days away from a step", 0.85);
    }

    private static bool IsNearStep(SimulatedOutbreak one, int day)
    {
        for (var near = Math.Max(1, day - DaysNearStep); near <= Math.Min(day + DaysNearStep, Last(one)); near++)
        {
            if (Math.Abs(Math.Log(one.Reproduction[near] / one.Reproduction[near - 1])) > StepMin)
            {
                return true;
            }
        }

        return false;
    }

    private static int Last(SimulatedOutbreak one) => one.Reproduction.Length - 1;

    private static void ShouldCover(List<(bool In95, bool In50)> days, string which, double least95)
    {
        var in95 = days.Average(day => day.In95 ? 1.0 : 0);
        var in50 = days.Average(day => day.In50 ? 1.0 : 0);
        var told = string.Create(
            CultureInfo.InvariantCulture, $"R, {which}: 95 % {in95:F3}, 50 % {in50:F3} of {days.Count}");
        TestContext.Current.SendDiagnosticMessage(told);
        in95.ShouldBeInRange(least95, 0.99, told);
        in50.ShouldBeInRange(0.38, 0.65, told);
    }

    private static void ShouldBeSensible(
        Dictionary<(Indicator Indicator, int Horizon), (int In95, int In50, int All)> coverage, Indicator indicator)
    {
        for (var horizon = 1; horizon <= ForecastWeeks; horizon++)
        {
            var (in95, in50, all) = coverage[(indicator, horizon)];
            var told = string.Create(CultureInfo.InvariantCulture,
                $"{indicator} {horizon}: 95 % {(double)in95 / all:F3}, 50 % {(double)in50 / all:F3} of {all}");
            TestContext.Current.SendDiagnosticMessage(told);
            ((double)in95 / all).ShouldBeInRange(0.85, 0.995, told);
            ((double)in50 / all).ShouldBeInRange(0.35, 0.70, told);
        }
    }

    private static Dictionary<(Indicator Indicator, int Horizon), (int In95, int In50, int All)> Coverage(
        IReadOnlyList<PlaceCounts> places)
    {
        var forecaster = new PanelForecaster(LinkedPlaces.Interval, ForecastWeeks);
        var last = places[0].Series[0].Last;
        Dictionary<(Indicator, int), (int In95, int In50, int All)> coverage = [];
        for (var back = PanelForecaster.WarmUpWeeks + OriginsScored + ForecastWeeks; back >= ForecastWeeks; back--)
        {
            var forecast = forecaster.Next(places, last.AddDays(-7 * back));
            if (back >= OriginsScored + ForecastWeeks)
            {
                continue;
            }

            foreach (var (place, week) in forecast.Places.SelectMany(one => one.Weeks.Select(week => (one, week))))
            {
                var truth = TotalOf(places.Single(one => one.Name == place.Name).Of(place.Indicator)!, week.WeekEnd);
                var key = (place.Indicator, week.Horizon);
                var (in95, in50, all) = coverage.GetValueOrDefault(key);
                coverage[key] = (
                    in95 + (IsWithin(week, 0.025, 0.975, truth) ? 1 : 0),
                    in50 + (IsWithin(week, 0.25, 0.75, truth) ? 1 : 0),
                    all + 1);
            }
        }

        return coverage;
    }

    private static double TotalOf(CountSeries series, DateOnly weekEnd)
    {
        var end = weekEnd.DayNumber - series.First.DayNumber + 1;
        return series.Counts[(end - 7)..end].Sum(count => (double)count!);
    }

    private static bool IsWithin(WeekForecast week, double low, double high, double truth) =>
        truth >= week.Quantiles[ForecastQuantiles.Levels.IndexOf(low)]
        && truth <= week.Quantiles[ForecastQuantiles.Levels.IndexOf(high)];
}
