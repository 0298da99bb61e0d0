using System.Numerics;

namespace Sameboat;

/// <summary>
/// A repeatable stream of random numbers: the same seed gives the same numbers on every machine and in every version.
/// Not for secrets. Not safe for use from several threads at once.
/// </summary>
/// <remarks>
/// xoshiro256** (Blackman and Vigna 2021, 10.1145/3460772), its state filled by SplitMix64 (Steele, Lea and Flood
/// 2014, 10.1145/2714064.2660195).
/// </remarks>
public sealed class SeededRandom
{
    private const double DoubleUnit = 1.0 / (1UL << 53);

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts the stream of one seed; every 64-bit value is a good seed.</summary>
    public SeededRandom(ulong seed)
    {
        unchecked
        {
            _s0 = SplitMix(ref seed);
            _s1 = SplitMix(ref seed);
            _s2 = SplitMix(ref seed);
            _s3 = SplitMix(ref seed);
        }
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
            var shifted = _s1 << 17;
            _s2 ^= _s0;
            _s3 ^= _s1;
            _s1 ^= _s2;
            _s0 ^= _s3;
            _s2 ^= shifted;
            _s3 = BitOperations.RotateLeft(_s3, 45);
            return result;
        }
    }

    /// <summary>A number from 0 inclusive to 1 exclusive, in steps of 2^-53.</summary>
    public double NextDouble() => (NextBits() >> 11) * DoubleUnit;

    /// <summary>A whole number from 0 inclusive to the bound exclusive, every one equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is zero or negative.</exception>
    public int NextBelow(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var unfairFrom = ulong.MaxValue - (ulong.MaxValue % (ulong)bound);
        ulong bits;
        do
        {
            bits = NextBits();
        }
        while (bits >= unfairFrom);
        return (int)(bits % (ulong)bound);
    }

    /// <summary>Fills the span with random bytes.</summary>
    public void Fill(Span<byte> bytes)
    {
        for (var index = 0; index < bytes.Length; index++)
        {
            bytes[index] = (byte)(NextBits() >> 56);
        }
    }

    /// <summary>Puts the items in a random order, every order equally likely.</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var chosen = NextBelow(last + 1);
            (items[last], items[chosen]) = (items[chosen], items[last]);
        }
    }

    private static ulong SplitMix(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var mixed = state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
