namespace Sameboat.Supplies;

/// <summary>
/// What is believed of a pack's coefficient, the units of an item per user and day: a gamma distribution, updated by
/// what was used.
/// </summary>
/// <remarks>
/// Prior gamma with mean m and weight w user-days: shape m w, rate w. Units used n over E user-days, Poisson: shape
/// m w + n, rate w + E, mean (m w + n) / (w + E) (Gelman and others, Bayesian Data Analysis, third edition, section
/// 2.6). Use in boxes, or days that resemble each other, carries less news than its units: both n and E are divided by
/// the dispersion. Quantiles by Wilson and Hilferty (1931), 10.1073/pnas.17.12.684. docs/methods/burn-rate.md.
/// </remarks>
public sealed record CoefficientBelief
{
    private CoefficientBelief(double shape, double rate) => (Shape, Rate) = (shape, rate);

    /// <summary>Shape of the gamma distribution, above 0.</summary>
    public double Shape { get; }

    /// <summary>Rate of the gamma distribution in user-days, above 0.</summary>
    public double Rate { get; }

    /// <summary>Units per user and day.</summary>
    public double Mean => Shape / Rate;

    /// <summary>Standard deviation of <see cref="Mean"/>.</summary>
    public double StandardDeviation => Math.Sqrt(Shape) / Rate;

    /// <summary>The belief before any stock was counted.</summary>
    /// <param name="coefficient">The pack's coefficient, above 0 and finite.</param>
    /// <param name="userDays">How many user-days of counting it is worth, above 0 and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of both is not above 0 and finite.</exception>
    public static CoefficientBelief Prior(double coefficient, double userDays) =>
        new(Positive(coefficient, nameof(coefficient)) * Positive(userDays, nameof(userDays)), userDays);

    /// <summary>The belief after more use was counted; the order of updates does not matter.</summary>
    /// <param name="used">Units used, zero or more and finite.</param>
    /// <param name="userDays">Users times days they were used in, zero or more and finite.</param>
    /// <param name="dispersion">Variance of the use over its mean, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is outside its range.</exception>
    public CoefficientBelief After(double used, double userDays, double dispersion = 1)
    {
        if (used is not (>= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(used));
        }

        if (userDays is not (>= 0 and < double.PositiveInfinity))
        {
            throw new ArgumentOutOfRangeException(nameof(userDays));
        }

        return dispersion is >= 1 and < double.PositiveInfinity
            ? new CoefficientBelief(Shape + (used / dispersion), Rate + (userDays / dispersion))
            : throw new ArgumentOutOfRangeException(nameof(dispersion));
    }

    /// <summary>A quantile by its standard normal deviate, such as 1.645 for 95 %; zero or more. Within
    /// 1 % from a shape of 10 on; rougher in the lower tail below it.</summary>
    public double QuantileAt(double normalDeviate)
    {
        var part = 1 / (9 * Shape);
        return Math.Pow(Math.Max(0, 1 - part + (normalDeviate * Math.Sqrt(part))), 3) * Shape / Rate;
    }

    /// <summary>What <see cref="NeedSettings.RateFactors"/> takes: the mean over the pack's coefficient.</summary>
    public double FactorOver(double coefficient) => Mean / Positive(coefficient, nameof(coefficient));

    private static double Positive(double value, string name) => value is > 0 and < double.PositiveInfinity
        ? value
        : throw new ArgumentOutOfRangeException(name);
}
