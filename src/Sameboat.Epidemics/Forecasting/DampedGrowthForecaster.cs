using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>
/// Weekly totals ahead: the last weekly log growth carried on and damped, with quantiles from the forecaster's own
/// past errors on the same series.
/// </summary>
/// <remarks>
/// With x the log of the weekly total plus one, weeks ending on the as-of day, level ℓ and growth g follow each week
/// by e = x − (ℓ + φg), held within the largest surprise; ℓ ← ℓ + φg + αe; g ← φg + αβe. The median at horizon h is
/// exp(ℓ + g(φ + φ² + … + φ^h)) − 1: the damped trend (Gardner and McKenzie 1985, 10.1287/mnsc.31.10.1237) on the log
/// scale. Spread by horizon from re-forecasting at past weekly origins, each cleaned as it would have been then; see
/// docs/methods/damped-growth-forecast.md.
/// </remarks>
public static class DampedGrowthForecaster
{
    /// <summary>Most weeks ahead. Beyond four weeks the same recursion runs on, and says little.</summary>
    public const int WeeksMax = 12;

    /// <summary>Forecasts from what was known on a day.</summary>
    /// <param name="series">Cleaned counts. Where they run past the day, the reported counts are cut and cleaned anew,
    /// so that nothing later is used; where they end before it, the days between count as not reported.</param>
    /// <param name="asOf">Last day whose counts are used. Horizon 1 is the seven days that begin the day after.</param>
    /// <param name="weeks">Weeks ahead, 1 to <see cref="WeeksMax"/>.</param>
    /// <returns>Quantiles ascending, at least 0 and finite, also for series of zeros or without any day.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Weeks outside its range.</exception>
    public static QuantileForecast Forecast(CleanSeries series, DateOnly asOf, int weeks)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentOutOfRangeException.ThrowIfLessThan(weeks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weeks, WeeksMax);
        var known = series.Reported.Last == asOf ? series : Cleaning.Clean(series.Reported.EndingOn(asOf));
        var method = DampedGrowth.Of(series.Reported.Indicator);
        var totals = WeeklyTotals.EndingWith(known.Counts.AsSpan());
        var spread = PastErrors.SpreadByHorizon(known, totals, method, weeks);
        var path = method.LogPath(totals, weeks);
        var forecasts = ImmutableArray.CreateBuilder<WeekForecast>(weeks);
        for (var horizon = 1; horizon <= weeks; horizon++)
        {
            forecasts.Add(new WeekForecast(
                horizon,
                asOf.AddDays(Weeks.Days * horizon),
                DampedGrowth.Quantiles(path[horizon - 1], spread[horizon - 1])));
        }

        return new QuantileForecast(
            series.Reported.Place, series.Reported.Indicator, asOf, forecasts.MoveToImmutable());
    }
}
