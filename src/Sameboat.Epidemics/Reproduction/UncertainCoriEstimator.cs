using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>
/// Cori's posterior averaged over what is not known of the serial interval, by quadrature: no draws, the same every
/// time.
/// </summary>
/// <remarks>
/// p(R | counts) = ∫∫ Gamma(R; A, B(μ, σ)) p(μ) p(σ) dμ dσ with A the same for every interval and B the scale of
/// <see cref="CoriEstimator"/>; p truncated normals. Gauss and Legendre's rule in both; quantiles by root finding on
/// the mixture's distribution function. An interval whose mean is not before the window's end has no part in that
/// window. Cori et al. 2013, web appendix (10.1093/aje/kwt133).
/// </remarks>
public static class UncertainCoriEstimator
{
    /// <summary>One reading for each window, in order of its last day.</summary>
    /// <param name="local">New cases infected here, persons a day from day 1; at least 0 and finite.</param>
    /// <param name="imported">New cases infected elsewhere, as many days as local; empty = none.</param>
    /// <param name="serialInterval">What is known of the serial interval.</param>
    /// <param name="settings">The window and the prior.</param>
    /// <exception cref="ArgumentException">A count or a setting outside its range.</exception>
    public static ImmutableArray<ReproductionReading> Estimate(
        ReadOnlySpan<double> local,
        ReadOnlySpan<double> imported,
        UncertainSerialInterval serialInterval,
        CoriSettings settings)
    {
        ArgumentNullException.ThrowIfNull(serialInterval);
        ArgumentNullException.ThrowIfNull(settings);
        CoriEstimator.Check(local, imported, settings);
        var days = local.Length;
        var nodes = serialInterval.Nodes(days);
        var central = SerialInterval.ShiftedGamma(
            serialInterval.MeanDays.Mean, serialInterval.SdDays.Mean, Math.Max(1, days));
        var pressures = new double[nodes.Length][];
        for (var node = 0; node < nodes.Length; node++)
        {
            pressures[node] = Infectivity.Of(local, imported, nodes[node].Interval);
        }

        var ratio = settings.PriorMean / settings.PriorStandardDeviation;
        var priorShape = ratio * ratio;
        var priorRate = settings.PriorMean / (settings.PriorStandardDeviation * settings.PriorStandardDeviation);
        var mixture = new GammaMixture(nodes.Length);
        var readings = ImmutableArray.CreateBuilder<ReproductionReading>(Math.Max(0, days - settings.WindowDays));
        for (var end = settings.WindowDays + 1; end <= days; end++)
        {
            var start = end - settings.WindowDays + 1;
            var cases = Sum(local[(start - 1)..end]);
            mixture.Begin(priorShape + cases);
            for (var node = 0; node < nodes.Length; node++)
            {
                if (end > nodes[node].Interval.MeanDays)
                {
                    var rate = priorRate + Sum(pressures[node].AsSpan()[(start - 1)..end]);
                    mixture.Add(1 / rate, nodes[node].Weight);
                }
            }

            if (mixture.IsEmpty)
            {
                continue;
            }

            var estimate = mixture.Summarise(start, end);
            readings.Add(new ReproductionReading(
                estimate,
                mixture.ProbabilityAboveOne(),
                ReproductionEstimators.DoublingTimeDays(estimate.Mean, central)));
        }

        return readings.DrainToImmutable();
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
