using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>The methods for the reproduction number, behind one face.</summary>
public static class ReproductionEstimators
{
    /// <summary>Cori's posterior over sliding windows; see <see cref="CoriEstimator"/>.</summary>
    /// <exception cref="ArgumentException">A setting outside its range, when it first reads.</exception>
    public static IReproductionEstimator Cori(SerialInterval serialInterval, CoriSettings settings) =>
        new CoriReading(serialInterval, settings);

    /// <summary>The same with a serial interval known to within a spread.</summary>
    /// <exception cref="ArgumentException">A setting outside its range, when it first reads.</exception>
    public static IReproductionEstimator Cori(UncertainSerialInterval serialInterval, CoriSettings settings) =>
        new UncertainCoriReading(serialInterval, settings);

    /// <summary>R day by day from a state-space model; see <see cref="RenewalEstimator"/>.</summary>
    /// <exception cref="ArgumentException">A setting outside its range, when it first reads.</exception>
    public static IReproductionEstimator Renewal(SerialInterval serialInterval, RenewalSettings settings) =>
        new RenewalReading(serialInterval, settings);

    /// <summary>
    /// R of those who fell ill in a window, by whom they infected; see <see cref="CohortEstimator"/>.
    /// </summary>
    /// <param name="serialInterval">Of the disease.</param>
    /// <param name="windowDays">Days in a window, at least 1.</param>
    public static IReproductionEstimator Cohort(SerialInterval serialInterval, int windowDays) =>
        new CohortReading(serialInterval, windowDays);

    /// <summary>The doubling time that a mean R implies, as <see cref="ReproductionReading"/> has it.</summary>
    internal static double? DoublingTimeDays(double mean, SerialInterval serialInterval) =>
        serialInterval.GrowthPerDay(mean) is { } growth
        && Math.Abs(growth) > Math.Log(2) / Assessor.DoublingTimeDaysMax
            ? Math.Log(2) / growth
            : null;

    private sealed class CoriReading(SerialInterval interval, CoriSettings settings) : IReproductionEstimator
    {
        public ImmutableArray<ReproductionReading> Read(ReadOnlySpan<double> local, ReadOnlySpan<double> imported) =>
        [
            .. CoriEstimator.Estimate(local, imported, interval, settings).Select(estimate => new ReproductionReading(
                estimate,
                CoriEstimator.ProbabilityAboveOne(estimate),
                DoublingTimeDays(estimate.Mean, interval))),
        ];
    }

    private sealed class UncertainCoriReading(UncertainSerialInterval interval, CoriSettings settings)
        : IReproductionEstimator
    {
        public ImmutableArray<ReproductionReading> Read(ReadOnlySpan<double> local, ReadOnlySpan<double> imported) =>
            UncertainCoriEstimator.Estimate(local, imported, interval, settings);
    }

    private sealed class RenewalReading(SerialInterval interval, RenewalSettings settings) : IReproductionEstimator
    {
        public ImmutableArray<ReproductionReading> Read(ReadOnlySpan<double> local, ReadOnlySpan<double> imported) =>
            RenewalEstimator.Estimate(local, imported, interval, settings);
    }

    private sealed class CohortReading(SerialInterval interval, int windowDays) : IReproductionEstimator
    {
        public ImmutableArray<ReproductionReading> Read(ReadOnlySpan<double> local, ReadOnlySpan<double> imported) =>
            CohortEstimator.Estimate(local, imported, interval, windowDays);
    }
}
