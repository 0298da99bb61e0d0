using System.Globalization;
using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>The checker's own fraction: kept as given, compared by cross products, denominator above zero.</summary>
internal readonly record struct ExactFraction(BigInteger Top, BigInteger Bottom)
{
    public static ExactFraction Of(CertificateFraction fraction) => new(fraction.Numerator, fraction.Denominator);

    /// <summary>Whether a certificate's fraction has a positive denominator and no common factor.</summary>
    public static bool IsLowest(CertificateFraction fraction) =>
        fraction.Denominator.Sign > 0
        && BigInteger.GreatestCommonDivisor(fraction.Numerator, fraction.Denominator).IsOne;

    /// <summary>The sum over the least common denominator, so that long sums stay short.</summary>
    public ExactFraction Plus(ExactFraction other)
    {
        if (Bottom == other.Bottom)
        {
            return new(Top + other.Top, Bottom);
        }

        var shared = BigInteger.GreatestCommonDivisor(Bottom, other.Bottom);
        var own = Bottom / shared;
        return new((Top * (other.Bottom / shared)) + (other.Top * own), own * other.Bottom);
    }

    public ExactFraction Less(ExactFraction other) => Plus(new(-other.Top, other.Bottom));

    public int Against(ExactFraction other) => (Top * other.Bottom).CompareTo(other.Top * Bottom);

    public override string ToString()
    {
        var shared = BigInteger.Max(BigInteger.GreatestCommonDivisor(Top, Bottom), BigInteger.One);
        var (top, bottom) = (Top / shared, Bottom / shared);
        return bottom.IsOne
            ? top.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{top}/{bottom}");
    }
}
