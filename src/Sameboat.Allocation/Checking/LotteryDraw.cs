using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>
/// The lottery drawn a second time, from its public description: the ids in ascending order, shuffled from the last
/// place down (Fisher and Yates) with xoshiro256** numbers, the state filled by SplitMix64 from the seed, a number
/// below a bound taken as the remainder of the first draw under the greatest multiple of the bound.
/// </summary>
/// <remarks>Blackman and Vigna 2021, 10.1145/3460772; Steele, Lea and Flood 2014, 10.1145/2714064.2660195.</remarks>
internal static class LotteryDraw
{
    private static readonly BigInteger Wrap = BigInteger.One << 64;

    public static int[] Of(IEnumerable<int> ids, ulong seed)
    {
        int[] order = [.. ids.Order()];
        var state = StateOf(seed);
        for (var place = order.Length; place > 1; place--)
        {
            var bound = (ulong)place;
            var limit = ulong.MaxValue - (ulong.MaxValue % bound);
            var draw = Next(state);
            while (draw >= limit)
            {
                draw = Next(state);
            }

            var chosen = (int)(draw % bound);
            (order[place - 1], order[chosen]) = (order[chosen], order[place - 1]);
        }

        return order;
    }

    /// <summary>
    /// The numbers of lanes, in the order of lot id and claim id: the first 44 bits of each number of the stream that
    /// begins at the seed exclusive-or 0x6C616E65.
    /// </summary>
    public static IEnumerable<BigInteger> Lanes(ulong seed)
    {
        const int Bits = 44;
        var state = StateOf(seed ^ 0x6C616E65);
        while (true)
        {
            yield return Next(state) >> (64 - Bits);
        }
    }

    private static ulong[] StateOf(ulong seed)
    {
        var state = new ulong[4];
        var counter = (BigInteger)seed;
        for (var word = 0; word < state.Length; word++)
        {
            counter = (counter + 0x9E3779B97F4A7C15UL) % Wrap;
            var mixed = (ulong)counter;
            mixed = Times(mixed ^ (mixed >> 30), 0xBF58476D1CE4E5B9UL);
            mixed = Times(mixed ^ (mixed >> 27), 0x94D049BB133111EBUL);
            state[word] = mixed ^ (mixed >> 31);
        }

        return state;
    }

    private static ulong Next(ulong[] state)
    {
        var result = Times(BitOperations.RotateLeft(Times(state[1], 5), 7), 9);
        var (first, second, third, fourth) = (state[0], state[1], state[2], state[3]);
        third ^= first;
        fourth ^= second;
        state[0] = first ^ fourth;
        state[1] = second ^ third;
        state[2] = third ^ (second << 17);
        state[3] = BitOperations.RotateLeft(fourth, 45);
        return result;
    }

    private static ulong Times(ulong one, ulong other) => unchecked(one * other);
}
