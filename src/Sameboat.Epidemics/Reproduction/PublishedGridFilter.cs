using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>R of one day on the grid, as filtered (from the days up to it) or smoothed (from all days).</summary>
/// <param name="Mean">Mean of the grid distribution.</param>
/// <param name="Median">First grid point at which the distribution function reaches 0.5.</param>
/// <param name="Quantile025">The same at 0.025.</param>
/// <param name="Quantile25">The same at 0.25.</param>
/// <param name="Quantile75">The same at 0.75.</param>
/// <param name="Quantile975">The same at 0.975.</param>
public sealed record GridReading(
    double Mean, double Median, double Quantile025, double Quantile25, double Quantile75, double Quantile975);

/// <summary>
/// The grid filter and smoother of EpiFilter as its published program computes it, to compare with; estimates that
/// people rely on come from <see cref="RenewalEstimator"/>.
/// </summary>
/// <remarks>
/// p(t) ∝ [Σ_i p_i(t−1) K_ij] Poisson(I(t); R_j Λ(t)) with K_ij the normal density of R_i about R_j with standard
/// deviation η√R_j, rows not normalised; the smoother runs back by q_j(t) ∝ p_j(t) Σ_i K_ij q_i(t+1) / pred_i(t+1).
/// Parag 2021 (10.1371/journal.pcbi.1009347). The published program takes the spread from the new state where the
/// paper takes it from the old, and uses the same matrix for both directions.
/// On counts far from Poisson every grid point underflows.
/// </remarks>
public static class PublishedGridFilter
{
    private const double Low = 0.01;
    private const double High = 10;

    /// <summary>Filtered and smoothed R for each day, or null where the filter has underflowed.</summary>
    /// <param name="counts">Cases a day, at least 0 and finite, one day at least.</param>
    /// <param name="infectivity">Λ of each day, above 0; the program takes that of day 2 for day 1.</param>
    /// <param name="points">Points of the grid from 0.01 to 10, at least 2; 200 in the publication.</param>
    /// <param name="eta">Spread of a day's step of R relative to √R, above 0; 0.1 in the publication.</param>
    /// <exception cref="ArgumentException">Different lengths, no day, or a setting outside its range.</exception>
    public static (ImmutableArray<GridReading> Filtered, ImmutableArray<GridReading> Smoothed)? Run(
        ReadOnlySpan<double> counts, ReadOnlySpan<double> infectivity, int points, double eta)
    {
        if (counts.Length != infectivity.Length || counts.IsEmpty || points < 2 || !(eta > 0))
        {
            throw new ArgumentException("Counts and infectivity cover the same days; the grid has two points or more.");
        }

        var days = counts.Length;
        var grid = Enumerable.Range(0, points).Select(i => Low + (i * (High - Low) / (points - 1))).ToArray();
        var kernel = Kernel(grid, eta);
        var filtered = new double[days][];
        var predicted = new double[days][];
        filtered[0] = [.. Enumerable.Repeat(1.0 / points, points)];
        predicted[0] = filtered[0];
        for (var day = 1; day < days; day++)
        {
            predicted[day] = Moved(filtered[day - 1], kernel);
            var (count, pressure) = (counts[day], infectivity[day]);
            filtered[day] = [.. predicted[day].Select((p, i) => p * Poisson(count, grid[i] * pressure))];
            if (!Normalise(filtered[day]))
            {
                return null;
            }
        }

        var smoothed = new double[days][];
        smoothed[^1] = filtered[^1];
        for (var day = days - 2; day >= 0; day--)
        {
            var ratio = smoothed[day + 1].Zip(predicted[day + 1], (q, p) => p > 0 ? q / p : 0).ToArray();
            smoothed[day] = [.. Moved(ratio, kernel).Zip(filtered[day], (back, p) => back * p)];
            if (!Normalise(smoothed[day]))
            {
                return null;
            }
        }

        return ([.. filtered.Select(p => Read(p, grid))], [.. smoothed.Select(p => Read(p, grid))]);
    }

    private static double[][] Kernel(double[] grid, double eta) =>
        [.. grid.Select(from => grid.Select(to =>
        {
            var sd = eta * Math.Sqrt(to);
            var z = (from - to) / sd;
            return Math.Exp(-0.5 * z * z) / (sd * Math.Sqrt(2 * Math.PI));
        }).ToArray())];

    private static double[] Moved(double[] p, double[][] kernel)
    {
        var moved = new double[p.Length];
        for (var i = 0; i < p.Length; i++)
        {
            for (var j = 0; j < p.Length; j++)
            {
                moved[j] += kernel[i][j] * p[i];
            }
        }

        return moved;
    }

    private static double Poisson(double count, double mean) =>
        Math.Exp((count * Math.Log(mean)) - mean - Numerics.GammaDistribution.LogGamma(count + 1));

    private static bool Normalise(double[] p)
    {
        var sum = p.Sum();
        for (var i = 0; i < p.Length; i++)
        {
            p[i] /= sum;
        }

        return sum > 0 && double.IsFinite(sum);
    }

    private static GridReading Read(double[] p, double[] grid)
    {
        double Quantile(double level)
        {
            var sum = 0.0;
            for (var i = 0; i < p.Length; i++)
            {
                sum += p[i];
                if (sum >= level)
                {
                    return grid[i];
                }
            }

            return grid[^1];
        }

        return new GridReading(
            p.Zip(grid, (weight, r) => weight * r).Sum(),
            Quantile(0.5), Quantile(0.025), Quantile(0.25), Quantile(0.75), Quantile(0.975));
    }
}
