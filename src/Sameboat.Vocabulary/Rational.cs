using System.Globalization;
using System.Numerics;

namespace Sameboat;

/// <summary>
/// An exact fraction of whole numbers of any size, kept in lowest terms with a positive denominator, so that equal
/// values are equal records. <c>default</c> is zero.
/// </summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly BigInteger _denominatorLessOne;

    private Rational(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        _denominatorLessOne = denominator - 1;
    }

    /// <summary>Zero.</summary>
    public static Rational Zero => default;

    /// <summary>One.</summary>
    public static Rational One => new(BigInteger.One, BigInteger.One);

    /// <summary>The numerator, which carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>The denominator, at least one.</summary>
    public BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>The fraction numerator / denominator in lowest terms.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    public static Rational Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException("A fraction needs a denominator other than zero.");
        }

        if (denominator.Sign > 0 && denominator <= long.MaxValue
            && numerator <= long.MaxValue && numerator > long.MinValue)
        {
            return InWords((long)numerator, (long)denominator);
        }

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        return new Rational(numerator / divisor, denominator / divisor);
    }

    /// <summary>A whole number as a fraction.</summary>
    public static Rational Of(BigInteger whole) => new(whole, BigInteger.One);

    /// <summary>Reads <c>n</c> or <c>n/d</c>, the form that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string? text, out Rational value)
    {
        value = default;
        var parts = (text ?? "").Split('/');
        if (parts.Length > 2
            || !BigInteger.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var top))
        {
            return false;
        }

        var bottom = BigInteger.One;
        if (parts.Length == 2
            && (!BigInteger.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out bottom)
                || bottom.IsZero))
        {
            return false;
        }

        value = Of(top, bottom);
        return true;
    }

    /// <summary>Sum.</summary>
    public static Rational operator +(Rational left, Rational right) =>
        Of((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator),
            left.Denominator * right.Denominator);

    /// <summary>Difference.</summary>
    public static Rational operator -(Rational left, Rational right) =>
        Of((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator),
            left.Denominator * right.Denominator);

    /// <summary>Product.</summary>
    public static Rational operator *(Rational left, Rational right) =>
        Of(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>Quotient.</summary>
    /// <exception cref="DivideByZeroException">The right side is zero.</exception>
    public static Rational operator /(Rational left, Rational right) =>
        Of(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>Exact comparison.</summary>
    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    /// <summary>Exact comparison.</summary>
    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    /// <summary>Exact comparison.</summary>
    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    /// <summary>Exact comparison.</summary>
    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    /// <summary>Exact equality.</summary>
    public static bool operator ==(Rational left, Rational right) => left.Equals(right);

    /// <summary>Exact inequality.</summary>
    public static bool operator !=(Rational left, Rational right) => !left.Equals(right);

    /// <summary>The largest whole number not above the value.</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The nearest double, for display and estimates only; infinite beyond the range of a double.</summary>
    public double ToDouble()
    {
        // Both parts are cut to the same scale first, so that huge parts do not overflow to infinity over infinity.
        const int KeptBits = 1000;
        var excess = Math.Max(Numerator.GetBitLength(), Denominator.GetBitLength()) - KeptBits;
        return excess <= 0
            ? (double)Numerator / (double)Denominator
            : (double)(Numerator >> (int)excess) / (double)(Denominator >> (int)excess);
    }

    /// <inheritdoc/>
    public int CompareTo(Rational other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) =>
        Numerator == other.Numerator && _denominatorLessOne == other._denominatorLessOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, _denominatorLessOne);

    /// <summary><c>n</c> for a whole number, otherwise <c>n/d</c> in lowest terms.</summary>
    public override string ToString() =>
        _denominatorLessOne.IsZero
            ? Numerator.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    // Most fractions fit machine words, where shifts and subtractions find the divisor several times sooner.
    private static Rational InWords(long numerator, long denominator)
    {
        if (numerator == 0)
        {
            return default;
        }

        var left = (ulong)Math.Abs(numerator);
        var right = (ulong)denominator;
        var shared = BitOperations.TrailingZeroCount(left | right);
        left >>= BitOperations.TrailingZeroCount(left);
        while (right != 0)
        {
            right >>= BitOperations.TrailingZeroCount(right);
            (left, right) = (Math.Min(left, right), Math.Max(left, right) - Math.Min(left, right));
        }

        var divisor = (long)(left << shared);
        return new Rational(numerator / divisor, denominator / divisor);
    }
}
