using MathNet.Numerics;

namespace Sameboat.Epidemics.Numerics;

/// <summary>The standard normal distribution.</summary>
internal static class NormalDistribution
{
    private static readonly double RootTwo = Math.Sqrt(2);

    private static readonly double RootTwoPi = Math.Sqrt(2 * Math.PI);

    /// <summary>The probability of a draw at most z.</summary>
    public static double LowerTail(double z) => 0.5 * SpecialFunctions.Erfc(-z / RootTwo);

    /// <summary>The density at z.</summary>
    public static double Density(double z) => Math.Exp(-0.5 * z * z) / RootTwoPi;

    /// <summary>The value below which a draw falls with the probability; 0 &lt; p &lt; 1.</summary>
    public static double Quantile(double probability)
    {
        if (probability > 0.5)
        {
            return -Quantile(1 - probability);
        }

        var z = -RootTwo * SpecialFunctions.ErfcInv(2 * probability);

        // One Halley step takes the library's rational fit to full precision.
        var miss = ((0.5 * SpecialFunctions.Erfc(-z / RootTwo)) - probability)
            * Math.Sqrt(2 * Math.PI) * Math.Exp(z * z / 2);
        return z - (miss / (1 + (z * miss / 2)));
    }
}
