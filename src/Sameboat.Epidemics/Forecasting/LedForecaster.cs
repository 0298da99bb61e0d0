using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>
/// Weekly deaths or admissions ahead for one place alone, led by its own cases: the mean on the log scale of the damped
/// growth and of the lagged regression fitted to this place, with a spread from its own past errors.
/// </summary>
/// <remarks>
/// docs/methods/forecast-combination.md. Past origins are cut from the series as cleaned today.
/// </remarks>
internal static class LedForecaster
{
    private const double MemoryWeeks = 104;

    public static QuantileForecast Forecast(CleanSeries led, CleanSeries cases, DateOnly asOf, int weeks)
    {
        var indicator = led.Reported.Indicator;
        var panel = WeeklyPanel.OfOnePlace(led.Reported.Place.ToString(), asOf, cases, led);
        var paths = new double[]?[] { Path(panel, indicator, weeks) };
        var totals = panel.Of(0, indicator)!.Totals;
        var noWidths = new double[ForecastQuantiles.MedianIndex];
        var spreads = PastSpreads(panel, indicator, weeks, totals, paths);
        var forecasts = ImmutableArray.CreateBuilder<WeekForecast>(weeks);
        for (var week = 0; week < weeks; week++)
        {
            forecasts.Add(new WeekForecast(
                week + 1,
                asOf.AddDays(Weeks.Days * (week + 1)),
                ErrorScale.Quantiles(paths[0]![week], spreads[week], noWidths)));
        }

        return new QuantileForecast(led.Reported.Place, indicator, asOf, forecasts.MoveToImmutable());
    }

    private static double[] PastSpreads(
        WeeklyPanel panel, Indicator indicator, int weeks, double[] totals, double[]?[] paths)
    {
        var spreads = Enumerable.Range(1, weeks).Select(horizon => new PooledSpread(1, horizon)).ToArray();
        for (var back = 1; back < PooledSpread.OriginsMax + weeks && back < panel.Weeks; back++)
        {
            var past = Path(panel.Back(back), indicator, Math.Min(back, weeks));
            for (var horizon = 1; horizon <= past.Length; horizon++)
            {
                if (back - horizon < PooledSpread.OriginsMax)
                {
                    spreads[horizon - 1].Add(0, totals[panel.Weeks - 1 - back + horizon], past[horizon - 1]);
                }
            }
        }

        return [.. spreads.Select(spread => spread.Of(paths)[0])];
    }

    private static double[] Path(WeeklyPanel panel, Indicator indicator, int weeks)
    {
        var damped = DampedGrowth.Of(indicator).LogPath(panel.Of(0, indicator)!.Totals, weeks);
        var regressed = new LaggedRegressionMember(MemoryWeeks).LogPaths(panel, indicator, weeks)[0]!;
        return [.. damped.Zip(regressed, (a, b) => (a + b) / 2)];
    }
}
