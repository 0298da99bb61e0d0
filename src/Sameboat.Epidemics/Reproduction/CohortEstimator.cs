using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>
/// The cohort reproduction number: how many the cases of a window infected in the days that followed.
/// </summary>
/// <remarks>
/// A case of day t was infected by a given case of day s with probability p = w(t−s) / Λ(t); a case of day s infects
/// R(s) = Σ_t I(t) w(t−s) / Λ(t) (Wallinga and Teunis 2004, 10.1093/aje/kwh255). A window's R is the mean over its
/// cases. Given the counts, the number infected by a window's cases is a sum of binomials, so mean and standard
/// deviation are exact, and quantiles are those of that sum: nothing is drawn. Infections after the last day are not
/// known yet, which pulls the last windows towards zero.
/// </remarks>
public static class CohortEstimator
{
    /// <summary>One reading for each window that has a case, in order of its last day.</summary>
    /// <param name="local">New cases infected here, persons a day from day 1; at least 0 and finite.</param>
    /// <param name="imported">New cases infected elsewhere, as many days; empty = none. They infect others.</param>
    /// <param name="serialInterval">Of the disease.</param>
    /// <param name="windowDays">Days in a window, at least 1; windows begin on day 2.</param>
    /// <exception cref="ArgumentException">A count or the window outside its range.</exception>
    public static ImmutableArray<ReproductionReading> Estimate(
        ReadOnlySpan<double> local, ReadOnlySpan<double> imported, SerialInterval serialInterval, int windowDays)
    {
        ArgumentNullException.ThrowIfNull(serialInterval);
        CoriEstimator.Check(local, imported, new CoriSettings(windowDays));
        var all = local.ToArray();
        for (var day = 0; day < imported.Length; day++)
        {
            all[day] += imported[day];
        }

        var infectivity = Infectivity.Of(local, imported, serialInterval);
        var readings = ImmutableArray.CreateBuilder<ReproductionReading>(Math.Max(0, all.Length - windowDays));
        for (var end = windowDays + 1; end <= all.Length; end++)
        {
            var start = end - windowDays + 1;
            var cases = 0.0;
            for (var day = start - 1; day < end; day++)
            {
                cases += all[day];
            }

            if (cases > 0)
            {
                var infected = InfectedBy(start - 1, end, all, local, infectivity, serialInterval);
                readings.Add(Summarise(start, end, cases, infected, serialInterval));
            }
        }

        return readings.DrainToImmutable();
    }

    private static BinomialSum InfectedBy(
        int from,
        int until,
        double[] all,
        ReadOnlySpan<double> local,
        double[] infectivity,
        SerialInterval serialInterval)
    {
        var weights = serialInterval.Support.AsSpan();
        var infected = new BinomialSum();
        var last = Math.Min(all.Length, until + weights.Length - 1);
        for (var day = from + 1; day < last; day++)
        {
            if (!(local[day] > 0) || !(infectivity[day] > 0))
            {
                continue;
            }

            var pressure = 0.0;
            for (var source = Math.Max(from, day - weights.Length + 1); source < Math.Min(until, day); source++)
            {
                pressure += all[source] * weights[day - source];
            }

            infected.Add(local[day], pressure / infectivity[day]);
        }

        return infected;
    }

    private static ReproductionReading Summarise(
        int start, int end, double cases, BinomialSum infected, SerialInterval serialInterval)
    {
        Span<double> q = stackalloc double[CoriEstimator.Levels.Length];
        for (var level = 0; level < q.Length; level++)
        {
            q[level] = infected.Quantile(CoriEstimator.Levels[level]) / cases;
        }

        var mean = infected.Mean / cases;
        var estimate = new ReproductionEstimate(
            start, end, mean, Math.Sqrt(infected.Variance) / cases, q[0], q[1], q[2], q[3], q[4], q[5], q[6]);
        return new ReproductionReading(
            estimate, infected.UpperTail(cases), ReproductionEstimators.DoublingTimeDays(mean, serialInterval));
    }
}
