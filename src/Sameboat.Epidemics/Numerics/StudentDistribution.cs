namespace Sameboat.Epidemics.Numerics;

/// <summary>Student's t distribution, scaled to unit variance.</summary>
internal static class StudentDistribution
{
    /// <summary>The quantile of a level, 0 to 1 exclusive, by its expansion about the normal quantile.</summary>
    /// <param name="level">The level; exactly 0.5 gives 0.</param>
    /// <param name="degrees">Degrees of freedom, above 2.</param>
    /// <remarks>Two terms of Fisher and Cornish's expansion, Abramowitz and Stegun 1964, 26.7.5.</remarks>
    public static double StandardQuantile(double level, double degrees)
    {
        if (level == 0.5)
        {
            return 0;
        }

        var n = degrees;
        var z = NormalDistribution.Quantile(level);
        var z2 = z * z;
        var t = z * (1 + ((z2 + 1) / (4 * n)) + (((((5 * z2) + 16) * z2) + 3) / (96 * n * n)));
        return t * Math.Sqrt((n - 2) / n);
    }
}
