using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>The instantaneous reproduction number by Cori's renewal likelihood with a conjugate gamma prior.</summary>
/// <remarks>
/// Infectivity Λ(t) = Σ_{s≥1} I(t−s) w(s), I local and imported together, from the second day on. Local cases are
/// Poisson with mean R Λ(t). With the prior Gamma(a, scale b), a = (mean/sd)², b = sd²/mean, the posterior over a
/// window is Gamma(a + Σ local, scale 1/(1/b + Σ Λ)). Cori, Ferguson, Fraser and Cauchemez 2013
/// (10.1093/aje/kwt133); imported cases as Thompson et al. 2019 (10.1016/j.epidem.2019.100356).
/// A window that ends on or before the mean serial interval is left out. The first day's cases are the seed: they
/// infect, and nothing explains them.
/// </remarks>
public static class CoriEstimator
{
    /// <summary>Levels of the quantiles of an estimate, ascending.</summary>
    public static ImmutableArray<double> Levels { get; } = [0.025, 0.05, 0.25, 0.5, 0.75, 0.95, 0.975];

    private static readonly double[] NormalQuantiles = [.. Levels.Select(NormalDistribution.Quantile)];
    private static readonly CornishFisher[] Expansions = [.. NormalQuantiles.Select(z => new CornishFisher(z))];

    /// <summary>One estimate for each window, in order of its last day.</summary>
    /// <param name="local">
    /// New cases infected here, persons a day from day 1; at least 0 and finite, whole or not.
    /// </param>
    /// <param name="imported">New cases infected elsewhere, as many days as local; empty = none.</param>
    /// <param name="serialInterval">Weights beyond the length of the series have no effect.</param>
    /// <param name="settings">The window and the prior.</param>
    /// <returns>Empty where the series is shorter than the window by a day or more.</returns>
    /// <exception cref="ArgumentException">A count is negative or not finite, the lengths differ, or a setting is
    /// outside its range.</exception>
    public static ImmutableArray<ReproductionEstimate> Estimate(
        ReadOnlySpan<double> local,
        ReadOnlySpan<double> imported,
        SerialInterval serialInterval,
        CoriSettings settings)
    {
        ArgumentNullException.ThrowIfNull(serialInterval);
        ArgumentNullException.ThrowIfNull(settings);
        Check(local, imported, settings);
        var days = local.Length;
        var infectivity = Infectivity.Of(local, imported, serialInterval);
        var ratio = settings.PriorMean / settings.PriorStandardDeviation;
        var priorShape = ratio * ratio;
        var priorRate = settings.PriorMean / (settings.PriorStandardDeviation * settings.PriorStandardDeviation);
        var quantiles = new PosteriorQuantiles();
        var estimates = ImmutableArray.CreateBuilder<ReproductionEstimate>(
            Math.Max(0, days - settings.WindowDays));
        for (var end = settings.WindowDays + 1; end <= days; end++)
        {
            if (end <= serialInterval.MeanDays)
            {
                continue;
            }

            var start = end - settings.WindowDays + 1;
            double cases = 0, pressure = 0;
            for (var day = start - 1; day < end; day++)
            {
                cases += local[day];
                pressure += infectivity[day];
            }

            estimates.Add(quantiles.Summarise(start, end, priorShape + cases, 1 / (priorRate + pressure)));
        }

        return estimates.DrainToImmutable();
    }

    /// <summary>Posterior probability that R is above one, from 0 to 1: the upper tail of the gamma at one.</summary>
    public static double ProbabilityAboveOne(ReproductionEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        var ratio = estimate.Mean / estimate.StandardDeviation;
        var scale = estimate.StandardDeviation / ratio;
        return GammaDistribution.UpperTail(ratio * ratio, 1 / scale);
    }

    internal static void Check(ReadOnlySpan<double> local, ReadOnlySpan<double> imported, CoriSettings settings)
    {
        if (!imported.IsEmpty && imported.Length != local.Length)
        {
            throw new ArgumentException("Local and imported counts cover the same days.");
        }

        if (local.Length > CountSeries.DaysMax)
        {
            throw new ArgumentException($"A series holds at most {CountSeries.DaysMax} days.");
        }

        if (settings.WindowDays < 1 || !IsPositive(settings.PriorMean) || !IsPositive(settings.PriorStandardDeviation))
        {
            throw new ArgumentException("Window days, prior mean and prior standard deviation are above zero.");
        }

        if (settings.PriorStandardDeviation > CoriSettings.PriorVariationMax * settings.PriorMean)
        {
            throw new ArgumentException(
                $"The prior standard deviation is at most {CoriSettings.PriorVariationMax} times the prior mean.");
        }

        CheckCounts(local);
        CheckCounts(imported);
    }

    private static void CheckCounts(ReadOnlySpan<double> counts)
    {
        foreach (var count in counts)
        {
            if (!(count >= 0) || !double.IsFinite(count))
            {
                throw new ArgumentException("Counts are finite and at least zero: clean the series first.");
            }
        }
    }

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    /// <summary>
    /// Summarises posteriors; neighbouring windows with few cases share a shape, so the last are kept.
    /// </summary>
    private sealed class PosteriorQuantiles
    {
        private const int KeptMax = 1024;
        private readonly Dictionary<double, double[]> _kept = [];
        private readonly double[] _fresh = new double[Levels.Length];

        public ReproductionEstimate Summarise(int start, int end, double shape, double scale)
        {
            var q = OfShape(shape);
            return new ReproductionEstimate(
                start, end, shape * scale, Math.Sqrt(shape) * scale,
                q[0] * scale, q[1] * scale, q[2] * scale, q[3] * scale, q[4] * scale, q[5] * scale, q[6] * scale);
        }

        private double[] OfShape(double shape)
        {
            if (shape >= CornishFisher.ShapeMin)
            {
                for (var level = 0; level < _fresh.Length; level++)
                {
                    _fresh[level] = Expansions[level].Quantile(shape);
                }

                return _fresh;
            }

            if (!_kept.TryGetValue(shape, out var quantiles))
            {
                quantiles = new double[Levels.Length];
                for (var level = 0; level < quantiles.Length; level++)
                {
                    quantiles[level] =
                        GammaDistribution.IterateQuantile(Levels[level], shape, NormalQuantiles[level]);
                }

                if (_kept.Count < KeptMax)
                {
                    _kept[shape] = quantiles;
                }
            }

            return quantiles;
        }
    }
}
