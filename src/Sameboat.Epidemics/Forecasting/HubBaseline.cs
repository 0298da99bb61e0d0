using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>The baseline of the forecast hubs: no change, with the spread of all past changes.</summary>
/// <remarks>
/// Differences d of the weekly totals, made symmetric as {d, −d}, are drawn at 100,000 equally spaced probabilities
/// (quantiles of type 7). One week ahead is the last total plus those draws; each further week adds them again in a new
/// random order, recentred so that the median stays the last total. Negative values become zero (Cramer et al. 2022,
/// 10.1073/pnas.2113561119, supplement).
/// </remarks>
public static class HubBaseline
{
    /// <summary>Draws of the hub's own code.</summary>
    public const int DrawsOfTheHub = 100_000;

    /// <summary>Forecasts one series of weekly totals.</summary>
    /// <param name="totals">Weekly totals, oldest first, at least two, none left out.</param>
    /// <param name="weeks">Weeks ahead, 1 to <see cref="DampedGrowthForecaster.WeeksMax"/>.</param>
    /// <param name="seed">Decides the order of the draws; at one week it plays no part.</param>
    /// <param name="draws">Draws for each week, at least 100.</param>
    /// <returns>Quantiles at <see cref="ForecastQuantiles.Levels"/>, by horizon.</returns>
    /// <exception cref="ArgumentException">Fewer than two totals, or a number outside its range.</exception>
    public static ImmutableArray<ImmutableArray<double>> Forecast(
        ReadOnlySpan<double> totals, int weeks, ulong seed = 1, int draws = DrawsOfTheHub)
    {
        const int DrawsMin = 100;
        ArgumentOutOfRangeException.ThrowIfLessThan(totals.Length, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(weeks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weeks, DampedGrowthForecaster.WeeksMax);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, DrawsMin);
        var changes = new double[2 * (totals.Length - 1)];
        for (var week = 1; week < totals.Length; week++)
        {
            changes[(2 * week) - 2] = totals[week] - totals[week - 1];
            changes[(2 * week) - 1] = totals[week - 1] - totals[week];
        }

        changes.AsSpan().Sort();
        var steps = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            steps[draw] = QuantileOf(changes, draw / (draws - 1.0));
        }

        return Walk(totals[^1], steps, weeks, new SeededRandom(seed));
    }

    private static ImmutableArray<ImmutableArray<double>> Walk(
        double last, double[] steps, int weeks, SeededRandom random)
    {
        var forecasts = ImmutableArray.CreateBuilder<ImmutableArray<double>>(weeks);
        var raw = Array.ConvertAll(steps, step => last + step);
        for (var week = 1; week <= weeks; week++)
        {
            if (week > 1)
            {
                random.Shuffle<double>(steps);
                for (var draw = 0; draw < raw.Length; draw++)
                {
                    raw[draw] += steps[draw];
                }
            }

            var sorted = (double[])raw.Clone();
            sorted.AsSpan().Sort();
            var shift = week > 1 ? last - QuantileOf(sorted, 0.5) : 0;
            forecasts.Add(
            [
                .. ForecastQuantiles.Levels.Select(level => Math.Max(0, QuantileOf(sorted, level) + shift)),
            ]);
        }

        return forecasts.MoveToImmutable();
    }

    /// <summary>The quantile of type 7: linear between order statistics at (n − 1)p.</summary>
    private static double QuantileOf(double[] sorted, double probability)
    {
        var at = (sorted.Length - 1) * probability;
        var below = (int)Math.Floor(at);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
