using System.Numerics;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>A fraction of the tests' own: an oracle shares not even its arithmetic with what it judges.</summary>
internal readonly record struct Fraction : IComparable<Fraction>
{
    private readonly BigInteger _lessOne;

    public Fraction(BigInteger top, BigInteger bottom)
    {
        var shared = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
        Top = top / shared;
        _lessOne = (bottom / shared) - 1;
    }

    public BigInteger Top { get; }

    public BigInteger Bottom => _lessOne + 1;

    public static implicit operator Fraction(long whole) => new(whole, 1);

    public static Fraction operator +(Fraction one, Fraction other) =>
        new((one.Top * other.Bottom) + (other.Top * one.Bottom), one.Bottom * other.Bottom);

    public static Fraction operator -(Fraction one, Fraction other) => one + (other * -1);

    public static Fraction operator *(Fraction one, Fraction other) =>
        new(one.Top * other.Top, one.Bottom * other.Bottom);

    public static Fraction operator /(Fraction one, Fraction other) =>
        new(one.Top * other.Bottom, one.Bottom * other.Top);

    public static bool operator <(Fraction one, Fraction other) => one.CompareTo(other) < 0;

    public static bool operator >(Fraction one, Fraction other) => one.CompareTo(other) > 0;

    public static bool operator <=(Fraction one, Fraction other) => one.CompareTo(other) <= 0;

    public static bool operator >=(Fraction one, Fraction other) => one.CompareTo(other) >= 0;

    public int CompareTo(Fraction other) => (Top * other.Bottom).CompareTo(other.Top * Bottom);

    public override string ToString() => Bottom.IsOne ? $"{Top}" : $"{Top}/{Bottom}";
}
