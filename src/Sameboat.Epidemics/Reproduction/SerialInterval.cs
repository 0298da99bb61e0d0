using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>
/// The distribution of whole days between the onset (or report) of a case and of those it infected. Weight k is the
/// probability of k days; weight 0 is zero.
/// </summary>
public sealed class SerialInterval
{
    /// <summary>How far from one the weights of a given distribution may sum: published tables are rounded.</summary>
    public const double SumTolerance = 0.01;

    /// <summary>Largest number of days a distribution may span.</summary>
    public const int DaysMax = CountSeries.DaysMax;

    private const double GrowthPerDayMax = 5;
    private const int GrowthStepsMax = 100;
    private const double GrowthTolerance = 1e-14;

    private SerialInterval(ImmutableArray<double> weights)
    {
        Weights = weights;
        var length = weights.Length;
        while (length > 0 && weights[length - 1] == 0)
        {
            length--;
        }

        Support = weights[..length];
        for (var day = 0; day < length; day++)
        {
            MeanDays += day * weights[day];
        }
    }

    /// <summary>
    /// Probabilities from day 0; each at least 0, the first 0. They sum to one less what lies beyond.
    /// </summary>
    public ImmutableArray<double> Weights { get; }

    /// <summary>
    /// Σ k·w(k) in days, over the weights as they stand. Cori windows that end on or before this day are left out.
    /// </summary>
    public double MeanDays { get; }

    /// <summary>The weights up to the last that is not zero.</summary>
    internal ImmutableArray<double> Support { get; }

    /// <summary>One plus a gamma-distributed delay, discretised to whole days and not renormalised.</summary>
    /// <param name="meanDays">Mean μ of the serial interval in days, above 1, finite.</param>
    /// <param name="sdDays">Standard deviation σ in days, above 0, finite.</param>
    /// <param name="days">Last day evaluated, from 1 to <see cref="DaysMax"/>: weights 0 to this day.</param>
    /// <exception cref="ArgumentOutOfRangeException">A parameter outside its range.</exception>
    /// <remarks>
    /// With a = ((μ−1)/σ)², b = σ²/(μ−1) and F(·; a) the gamma distribution function of shape a and scale b,
    /// w(k) = k F(k; a) + (k−2) F(k−2; a) − 2(k−1) F(k−1; a)
    /// + ab [2F(k−1; a+1) − F(k−2; a+1) − F(k; a+1)], not below 0. Cori et al. 2013, web appendix 11
    /// (10.1093/aje/kwt133).
    /// </remarks>
    public static SerialInterval ShiftedGamma(double meanDays, double sdDays, int days)
    {
        if (!(meanDays > 1) || !double.IsFinite(meanDays))
        {
            throw new ArgumentOutOfRangeException(nameof(meanDays), meanDays, "A mean is above one day and finite.");
        }

        if (!(sdDays > 0) || !double.IsFinite(sdDays))
        {
            throw new ArgumentOutOfRangeException(nameof(sdDays), sdDays, "A standard deviation is above zero.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, DaysMax);
        return Discretise(meanDays, sdDays, days, leftOut: 0);
    }

    /// <summary>As <see cref="ShiftedGamma"/>, ending earlier where less than the given part is beyond.</summary>
    internal static SerialInterval ShiftedGammaUpTo(double meanDays, double sdDays, int days, double leftOut) =>
        Discretise(meanDays, sdDays, days, leftOut);

    private static SerialInterval Discretise(double meanDays, double sdDays, int days, double leftOut)
    {
        var ratio = (meanDays - 1) / sdDays;
        var shape = ratio * ratio;
        var scale = sdDays * sdDays / (meanDays - 1);
        var shapeScale = meanDays - 1;

        // f1, f2: the distribution function at k − 1 and k − 2; g1, g2 the same with shape a + 1.
        double f1 = 0, f2 = 0, g1 = 0, g2 = 0;
        var weights = ImmutableArray.CreateBuilder<double>(days + 1);
        for (var k = 0; k <= days; k++)
        {
            var f = GammaDistribution.LowerTail(shape, k / scale);
            var g = GammaDistribution.LowerTail(shape + 1, k / scale);
            var weight = (k * f) + ((k - 2) * f2) - (2 * (k - 1) * f1) + (shapeScale * ((2 * g1) - g2 - g));
            weights.Add(k == 0 ? 0 : Math.Max(0, weight));
            (f2, f1, g2, g1) = (f1, f, g1, g);
            if (1 - f2 < leftOut)
            {
                break;
            }
        }

        return new SerialInterval(weights.DrainToImmutable());
    }

    /// <summary>A distribution given day by day, such as one fitted to pairs of cases; kept as given.</summary>
    /// <param name="weightsFromDayZero">
    /// Two weights or more, at most <see cref="DaysMax"/> + 1: the first 0, none negative, summing to one within
    /// <see cref="SumTolerance"/>.
    /// </param>
    /// <exception cref="ArgumentException">The weights are not such a distribution; the message says how.</exception>
    public static SerialInterval Given(ReadOnlySpan<double> weightsFromDayZero)
    {
        if (weightsFromDayZero.Length is < 2 or > DaysMax + 1)
        {
            throw new ArgumentException($"A serial interval has from 2 to {DaysMax + 1} weights.");
        }

        if (weightsFromDayZero[0] != 0)
        {
            throw new ArgumentException("The first weight of a serial interval, that of day 0, is zero.");
        }

        var sum = 0.0;
        foreach (var weight in weightsFromDayZero)
        {
            sum += weight >= 0 ? weight : throw new ArgumentException("No weight is negative or missing.");
        }

        return Math.Abs(sum - 1) <= SumTolerance
            ? new SerialInterval([.. weightsFromDayZero])
            : throw new ArgumentException($"The weights of a serial interval sum to one within {SumTolerance}.");
    }

    /// <summary>
    /// Growth per day r such that R = 1 / Σ w(k) e^(−rk), or null where no growth within limits gives R.
    /// </summary>
    /// <param name="reproduction">R, above 0 and finite.</param>
    /// <remarks>Wallinga and Lipsitch 2007 (10.1098/rspb.2006.3754), for a distribution of whole days.</remarks>
    public double? GrowthPerDay(double reproduction)
    {
        if (!(reproduction > 0) || !double.IsFinite(reproduction))
        {
            return null;
        }

        double low = -GrowthPerDayMax, high = GrowthPerDayMax;
        if (ReproductionAt(low).Value > reproduction || ReproductionAt(high).Value < reproduction)
        {
            return null;
        }

        // ln R rises with r and bends little, so Newton's steps are few; those that leave the bracket are halved.
        var growth = Math.Clamp(Math.Log(reproduction) / Math.Max(1, MeanDays), low, high);
        for (var step = 0; step < GrowthStepsMax; step++)
        {
            var (value, slope) = ReproductionAt(growth);
            (low, high) = value < reproduction ? (growth, high) : (low, growth);
            var next = growth + (Math.Log(reproduction / value) / slope);
            next = next > low && next < high ? next : 0.5 * (low + high);
            if (Math.Abs(next - growth) <= GrowthTolerance)
            {
                return next;
            }

            growth = next;
        }

        return growth;
    }

    /// <summary>R that a growth per day implies, and the slope of ln R in the growth.</summary>
    private (double Value, double LogSlope) ReproductionAt(double growth)
    {
        double sum = 0, moment = 0, total = 0, power = 1;
        var factor = Math.Exp(-growth);
        for (var day = 1; day < Support.Length; day++)
        {
            power *= factor;
            if (Support[day] == 0)
            {
                continue;
            }

            var term = Support[day] * power;
            sum += term;
            moment += day * term;
            total += Support[day];
        }

        return (total / sum, moment / sum);
    }
}
