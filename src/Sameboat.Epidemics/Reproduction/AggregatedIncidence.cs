using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>Counts summed over several days each, made daily so that R can be estimated from them.</summary>
/// <remarks>
/// Expectation and maximisation in turn, Nash, Bhatt, Cori and Nouvellet 2023 (10.1371/journal.pcbi.1011439): start
/// from an even spread; take R of each period but the first as Cori's posterior mean; turn R into a daily growth r
/// by R = r / Σ w(k) (e^(−r(k−½)) − e^(−r(k+½))) (Wallinga and Lipsitch 2007, 10.1098/rspb.2006.3754); spread each
/// period as e^(rd), d = 1 …, keeping its total. r is looked for on a grid, as published. The first period stays even:
/// nothing before it tells its growth.
/// </remarks>
public static class AggregatedIncidence
{
    /// <summary>Rounds of the iteration.</summary>
    public const int Rounds = 10;

    /// <summary>Most days in a period.</summary>
    public const int PeriodDaysMax = 31;

    private const double GrowthStep = 0.001;
    private const int GrowthSteps = 1000;

    /// <summary>
    /// Tail of the serial interval that has no say in the growth: at fast decline e^(−rk) would blow up what is
    /// nearly impossible.
    /// </summary>
    private const double TailLeftOut = 1e-6;

    /// <summary>Daily counts whose sums are the totals given.</summary>
    /// <param name="totals">New cases in each period, all local, at least 0 and finite.</param>
    /// <param name="periodDays">Days in a period, 2 to <see cref="PeriodDaysMax"/>; 7 = weeks.</param>
    /// <param name="serialInterval">Of the disease.</param>
    /// <param name="settings">The prior; its window has no say.</param>
    /// <exception cref="ArgumentException">A count, a setting or the number of days outside its range.</exception>
    public static ImmutableArray<double> Daily(
        ReadOnlySpan<double> totals, int periodDays, SerialInterval serialInterval, CoriSettings settings)
    {
        ArgumentNullException.ThrowIfNull(serialInterval);
        ArgumentNullException.ThrowIfNull(settings);
        if (periodDays is < 2 or > PeriodDaysMax)
        {
            throw new ArgumentException($"A period has from 2 to {PeriodDaysMax} days.");
        }

        if (totals.Length > CountSeries.DaysMax / periodDays)
        {
            throw new ArgumentException($"A series holds at most {CountSeries.DaysMax} days.");
        }

        CoriEstimator.Check(totals, [], settings);
        var daily = new double[totals.Length * periodDays];
        for (var day = 0; day < daily.Length; day++)
        {
            daily[day] = totals[day / periodDays] / periodDays;
        }

        var grid = ReproductionGrid(serialInterval);
        for (var round = 0; round < Rounds; round++)
        {
            SpreadByGrowth(totals, periodDays, serialInterval, settings, grid, daily);
        }

        return [.. daily];
    }

    /// <summary>R by sliding windows over the daily counts, from the second period on.</summary>
    /// <param name="totals">As <see cref="Daily"/>.</param>
    /// <param name="periodDays">As <see cref="Daily"/>.</param>
    /// <param name="serialInterval">Of the disease.</param>
    /// <param name="settings">The window, in days, and the prior.</param>
    /// <exception cref="ArgumentException">A count or a setting outside its range.</exception>
    public static ImmutableArray<ReproductionReading> Estimate(
        ReadOnlySpan<double> totals, int periodDays, SerialInterval serialInterval, CoriSettings settings) =>
    [
        .. ReproductionEstimators.Cori(serialInterval, settings)
            .Read(Daily(totals, periodDays, serialInterval, settings).AsSpan(), [])
            .Where(reading => reading.Estimate.WindowStart > periodDays),
    ];

    private static void SpreadByGrowth(
        ReadOnlySpan<double> totals,
        int periodDays,
        SerialInterval serialInterval,
        CoriSettings settings,
        double[] grid,
        double[] daily)
    {
        var infectivity = Infectivity.Of(daily, [], serialInterval);
        var ratio = settings.PriorMean / settings.PriorStandardDeviation;
        var priorRate = settings.PriorMean / (settings.PriorStandardDeviation * settings.PriorStandardDeviation);
        for (var period = 1; period < totals.Length; period++)
        {
            var days = daily.AsSpan(period * periodDays, periodDays);
            var pressure = 0.0;
            foreach (var value in infectivity.AsSpan(period * periodDays, periodDays))
            {
                pressure += value;
            }

            // As with windows, a period that ends within the mean serial interval says nothing yet.
            var isEarly = (period + 1) * periodDays <= serialInterval.MeanDays;
            var growth = isEarly ? 0 : GrowthOf(((ratio * ratio) + totals[period]) / (priorRate + pressure), grid);
            var sum = 0.0;
            for (var day = 0; day < periodDays; day++)
            {
                days[day] = Math.Exp(growth * (day + 1));
                sum += days[day];
            }

            for (var day = 0; day < periodDays; day++)
            {
                days[day] *= totals[period] / sum;
            }
        }
    }

    /// <summary>R at each growth of the grid, rising with it.</summary>
    private static double[] ReproductionGrid(SerialInterval serialInterval)
    {
        var weights = serialInterval.Support;
        var length = weights.Length;
        for (var tail = 0.0; length > 2 && (tail += weights[length - 1]) < TailLeftOut; length--)
        {
        }

        var grid = new double[(2 * GrowthSteps) + 1];
        for (var step = 0; step < grid.Length; step++)
        {
            var growth = (step - GrowthSteps) * GrowthStep;
            var sum = 0.0;
            for (var day = 1; day < length; day++)
            {
                sum += growth == 0
                    ? weights[day]
                    : weights[day] * (Math.Exp(-growth * (day - 0.5)) - Math.Exp(-growth * (day + 0.5))) / growth;
            }

            grid[step] = 1 / sum;
        }

        return grid;
    }

    /// <summary>The growth whose R is nearest; beyond the grid its end.</summary>
    private static double GrowthOf(double reproduction, double[] grid)
    {
        var at = Array.BinarySearch(grid, reproduction);
        if (at < 0)
        {
            var above = Math.Min(~at, grid.Length - 1);
            var below = Math.Max(0, above - 1);
            at = reproduction - grid[below] <= grid[above] - reproduction ? below : above;
        }

        return (at - GrowthSteps) * GrowthStep;
    }
}
