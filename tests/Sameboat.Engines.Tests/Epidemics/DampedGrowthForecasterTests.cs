using CsCheck;
using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class DampedGrowthForecasterTests
{
    [Fact]
    public void The_levels_are_those_of_the_hubs()
    {
        ForecastQuantiles.Levels.Length.ShouldBe(23);
        ForecastQuantiles.Levels[ForecastQuantiles.MedianIndex].ShouldBe(0.5);
        for (var level = 0; level < 23; level++)
        {
            (ForecastQuantiles.Levels[level] + ForecastQuantiles.Levels[22 - level]).ShouldBe(1, 1e-12);
        }
    }

    [Fact]
    public void Horizon_one_is_the_seven_days_after_the_as_of_day()
    {
        var series = Cleaning.Clean(SeriesOf.Cases(SeriesOf.Repeated(40, 60)));
        var asOf = series.Reported.Last;
        var forecast = DampedGrowthForecaster.Forecast(series, asOf, 4);
        forecast.AsOf.ShouldBe(asOf);
        forecast.Weeks.Select(week => week.Horizon).ShouldBe([1, 2, 3, 4]);
        forecast.Weeks.Select(week => week.WeekEnd.DayNumber - asOf.DayNumber).ShouldBe([7, 14, 21, 28]);
    }

    [Fact]
    public void A_steady_series_is_foreseen_steady()
    {
        var series = Cleaning.Clean(SeriesOf.Cases(SeriesOf.Repeated(40, 200)));
        var forecast = DampedGrowthForecaster.Forecast(series, series.Reported.Last, 4);
        forecast.Weeks.ShouldAllBe(week => Math.Abs(week.Median - 280) < 1e-6);
    }

    [Fact]
    public void Growth_is_carried_on_and_damped()
    {
        var counts = Enumerable.Range(0, 100).Select(day => (long?)(100 * Math.Exp(0.05 * day)));
        var series = Cleaning.Clean(SeriesOf.Cases([.. counts]));
        var forecast = DampedGrowthForecaster.Forecast(series, series.Reported.Last, 4);
        var last = series.Counts[^7..].Sum();
        var ratios = forecast.Weeks.Select(week => week.Median).Prepend(last).ToArray();
        for (var week = 1; week < ratios.Length; week++)
        {
            (ratios[week] / ratios[week - 1]).ShouldBeInRange(1.0, Math.Exp(0.05 * 7));
        }

        (ratios[1] / ratios[0]).ShouldBeGreaterThan(ratios[4] / ratios[3]);
    }

    [Fact]
    public void Uncertainty_grows_with_the_horizon()
    {
        var series = Cleaning.Clean(SeriesOf.Cases(SeriesOf.Repeated(40, 200)));
        var forecast = DampedGrowthForecaster.Forecast(series, series.Reported.Last, 12);
        var widths = forecast.Weeks.Select(week => week.Quantiles[^1] - week.Quantiles[0]).ToArray();
        widths.Zip(widths.Skip(1)).ShouldAllBe(pair => pair.First <= pair.Second);
    }

    [Fact]
    public void A_past_that_was_hard_to_foresee_gives_a_wider_forecast()
    {
        var steady = SeriesOf.Repeated(100, 140);
        var erratic = Enumerable.Range(0, 140).Select(day => (long?)((day / 7) % 2 == 0 ? 40 : 160)).ToArray();
        RelativeWidth(erratic).ShouldBeGreaterThan(1.5 * RelativeWidth(steady));

        static double RelativeWidth(long?[] counts)
        {
            var series = Cleaning.Clean(SeriesOf.Cases(counts));
            var week = DampedGrowthForecaster.Forecast(series, series.Reported.Last, 1).Weeks[0];
            return week.Quantiles[^1] / Math.Max(1, week.Quantiles[0]);
        }
    }

    [Fact]
    public void Nothing_after_the_as_of_day_is_used() =>
        Gen.Select(SeriesOf.Anything, Gen.Int[0, 140]).Sample((series, days) =>
        {
            var asOf = SeriesOf.First.AddDays(days);
            var whole = DampedGrowthForecaster.Forecast(Cleaning.Clean(series), asOf, 4);
            var cut = DampedGrowthForecaster.Forecast(Cleaning.Clean(series.Until(asOf)), asOf, 4);
            return whole.Weeks.Zip(cut.Weeks).All(pair => pair.First.Quantiles.SequenceEqual(pair.Second.Quantiles));
        });

    [Fact]
    public void Quantiles_ascend_from_zero_and_are_finite() =>
        Gen.Select(SeriesOf.Anything, Gen.Int[-5, 150], Gen.Int[1, DampedGrowthForecaster.WeeksMax]).Sample(
            (series, days, weeks) =>
            {
                var forecast = DampedGrowthForecaster.Forecast(
                    Cleaning.Clean(series), SeriesOf.First.AddDays(days), weeks);
                return forecast.Weeks.Length == weeks && forecast.Weeks.All(week =>
                    week.Quantiles.Length == 23
                    && week.Quantiles[0] >= 0
                    && week.Quantiles.All(double.IsFinite)
                    && week.Quantiles.Zip(week.Quantiles.Skip(1)).All(pair => pair.First <= pair.Second));
            });

    [Fact]
    public void Zeros_are_foreseen_as_next_to_none()
    {
        var series = Cleaning.Clean(SeriesOf.Deaths(SeriesOf.Repeated(0, 200)));
        var forecast = DampedGrowthForecaster.Forecast(series, series.Reported.Last, 4);
        forecast.Weeks.ShouldAllBe(week => week.Median == 0 && week.Quantiles.Last() < 5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(DampedGrowthForecaster.WeeksMax + 1)]
    public void Weeks_outside_the_limit_are_refused(int weeks)
    {
        var series = Cleaning.Clean(SeriesOf.Cases(1, 2, 3));
        Should.Throw<ArgumentOutOfRangeException>(
            () => DampedGrowthForecaster.Forecast(series, series.Reported.Last, weeks));
    }
}
