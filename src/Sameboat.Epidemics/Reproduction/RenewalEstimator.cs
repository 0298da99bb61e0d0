using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>R day by day from a state-space renewal model that does not need to be told how smooth R is.</summary>
/// <remarks>
/// ln R(t) = ln R(t−1) + η ε(t); local cases are negative binomial with mean ω(t) Z(t) R(t) Λ(t) and variance
/// mean + φ mean²; ω the weekday, Z the part reported so far, Λ the infectivity of the counts so corrected. The
/// posterior of ln R given η and φ is taken as normal about its mode (the likelihood is log-concave, so there is one),
/// and averaged over a grid of both by their marginal likelihood (Laplace; Rue, Martino and Chopin 2009,
/// 10.1111/j.1467-9868.2008.00700.x). Averaging over the smoothness: Steyn and Parag 2024
/// (10.1101/2024.10.22.24315918). Everything is done in logarithms. See docs/methods/renewal-state-space.md.
/// </remarks>
public static class RenewalEstimator
{
    /// <summary>
    /// Largest R that is believed of a day: more cases than this times their pressure came from elsewhere.
    /// </summary>
    public const double ReproductionMax = 50;

    /// <summary>One reading a day, from the first day that has a source and is past the mean serial interval.</summary>
    /// <param name="local">New cases infected here, persons a day from day 1; at least 0 and finite.</param>
    /// <param name="imported">New cases infected elsewhere, as many days; empty = none.</param>
    /// <param name="serialInterval">Of the disease.</param>
    /// <param name="settings">The start, weekdays and reporting.</param>
    /// <returns>Empty where no day follows a case within the serial interval.</returns>
    /// <exception cref="ArgumentException">A count or a setting outside its range.</exception>
    public static ImmutableArray<ReproductionReading> Estimate(
        ReadOnlySpan<double> local,
        ReadOnlySpan<double> imported,
        SerialInterval serialInterval,
        RenewalSettings settings)
    {
        ArgumentNullException.ThrowIfNull(serialInterval);
        ArgumentNullException.ThrowIfNull(settings);
        CoriEstimator.Check(
            local, imported, new CoriSettings(1, settings.FirstMean, settings.FirstStandardDeviation));
        var reported = ReportedShares(local.Length, settings);
        var factors = settings.HasWeekdays ? WeekdayFactors.FromCounts(local) : Ones(local.Length);
        var model = ModelOf(local, imported, serialInterval, settings, reported, factors);
        if (model is null)
        {
            return [];
        }

        if (settings.HasWeekdays)
        {
            // Once more, about the fitted course instead of a moving mean.
            var expected = model.ExpectedWithoutFactors(model.Fit(RenewalModel.UsualStep, RenewalModel.UsualNoise));
            factors = WeekdayFactors.FromExpected(local, expected);
            model = ModelOf(local, imported, serialInterval, settings, reported, factors)!;
        }

        var parts = RenewalAverage.Fits(model);
        return Read(model, parts, serialInterval);
    }

    private static RenewalModel? ModelOf(
        ReadOnlySpan<double> local,
        ReadOnlySpan<double> imported,
        SerialInterval serialInterval,
        RenewalSettings settings,
        double[] reported,
        double[] factors)
    {
        var corrected = new double[local.Length];
        var share = new double[local.Length];
        for (var day = 0; day < local.Length; day++)
        {
            share[day] = factors[day] * reported[day];
            corrected[day] = local[day] / share[day];
        }

        var infectivity = Infectivity.Of(corrected, imported, serialInterval);
        var first = Array.FindIndex(infectivity, pressure => pressure > 0);
        if (first < 0)
        {
            return null;
        }

        var spread = settings.FirstStandardDeviation / settings.FirstMean;
        var firstVariance = Math.Log(1 + (spread * spread));
        return new RenewalModel(
            local, infectivity, share, reported, first,
            Math.Log(settings.FirstMean) - (0.5 * firstVariance), firstVariance);
    }

    private static ImmutableArray<ReproductionReading> Read(
        RenewalModel model, IReadOnlyList<RenewalFit> parts, SerialInterval serialInterval)
    {
        var readings = ImmutableArray.CreateBuilder<ReproductionReading>(model.Days);
        var mixture = new NormalMixture(parts.Count);
        Span<double> q = stackalloc double[CoriEstimator.Levels.Length];
        for (var index = 0; index < model.Days; index++)
        {
            var day = model.First + index + 1;
            if (day <= serialInterval.MeanDays)
            {
                continue;
            }

            mixture.Clear();
            foreach (var part in parts)
            {
                mixture.Add(part.Mode[index], part.Variance[index], part.Weight);
            }

            for (var level = 0; level < q.Length; level++)
            {
                q[level] = Math.Exp(mixture.Quantile(CoriEstimator.Levels[level]));
            }

            var (mean, sd) = mixture.ExponentialMoments();
            var estimate = new ReproductionEstimate(day, day, mean, sd, q[0], q[1], q[2], q[3], q[4], q[5], q[6]);
            readings.Add(new ReproductionReading(
                estimate,
                1 - mixture.LowerTail(0),
                ReproductionEstimators.DoublingTimeDays(mean, serialInterval)));
        }

        return readings.DrainToImmutable();
    }

    private static double[] ReportedShares(int days, RenewalSettings settings)
    {
        var shares = Ones(days);
        var given = settings.ReportedShares.IsDefault ? [] : settings.ReportedShares;
        if (given.Any(share => !(share is > 0 and <= 1)))
        {
            throw new ArgumentException("A reported share is above 0 and at most 1.");
        }

        for (var back = 0; back < Math.Min(days, given.Length); back++)
        {
            shares[days - 1 - back] = given[back];
        }

        return shares;
    }

    private static double[] Ones(int days) => [.. Enumerable.Repeat(1.0, days)];
}
