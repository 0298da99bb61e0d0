namespace Sameboat.Allocation;

/// <summary>The coverage held / need, ordered exactly.</summary>
/// <remarks>
/// Both numbers up to 2^53 are exact as doubles, and a quotient rounded once never turns the order around; so where two
/// quotients differ they decide, and the products are compared only where they are equal or the numbers larger.
/// </remarks>
internal readonly struct CoverageKey : IComparable<CoverageKey>
{
    private const long ExactMost = 1L << 53;

    private readonly double _quotient;

    /// <param name="held">Units, any sign.</param>
    /// <param name="need">Units, more than zero.</param>
    public CoverageKey(long held, long need)
    {
        Held = held;
        Need = need;
        _quotient = held is >= -ExactMost and <= ExactMost && need <= ExactMost ? (double)held / need : double.NaN;
    }

    /// <summary>Units held.</summary>
    public long Held { get; }

    /// <summary>Units needed.</summary>
    public long Need { get; }

    /// <inheritdoc/>
    public int CompareTo(CoverageKey other) =>
        _quotient < other._quotient ? -1
        : _quotient > other._quotient ? 1
        : Math.BigMul(Held, other.Need).CompareTo(Math.BigMul(other.Held, Need));
}
