using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// What tells equally fair plans apart, in order: units that stay in lots that expire, transport cost, days on the way,
/// the lottery. Compared part by part, the first that differs decides; sums are made part by part.
/// </summary>
/// <param name="Waste">1 for a unit from a lot that does not expire, 0 from one that does.</param>
/// <param name="Cost">Cost of a unit in whole parts of one scale.</param>
/// <param name="Days">Days on the way.</param>
/// <param name="Draw">The number that the lottery drew for the lane, below 2^<see cref="DrawBits"/>.</param>
internal readonly record struct WayCost(long Waste, BigInteger Cost, long Days, long Draw) : IComparable<WayCost>
{
    /// <summary>Bits of a drawn number: a sum over a path of 100,000 lanes stays within 64 bits.</summary>
    public const int DrawBits = 44;

    /// <summary>Parts the draw of lanes from that of claims under the same seed: «lane» in ASCII.</summary>
    private const ulong OfLanes = 0x6C61_6E65;

    /// <summary>Without the lottery, where something else decides before it.</summary>
    public WayCost Undrawn => this with { Draw = 0 };

    public static WayCost operator +(WayCost one, WayCost other) =>
        new(one.Waste + other.Waste, one.Cost + other.Cost, one.Days + other.Days, one.Draw + other.Draw);

    public static WayCost operator -(WayCost one, WayCost other) =>
        new(one.Waste - other.Waste, one.Cost - other.Cost, one.Days - other.Days, one.Draw - other.Draw);

    /// <summary>
    /// By lane. What an expiring lot does not send is wasted, so a unit from any other lot stands for a unit of waste:
    /// the totals that claims get are fixed.
    /// </summary>
    /// <param name="lots">The lots by index.</param>
    /// <param name="lanes">Lot index and lane, ordered by lot and claim: in this order the lottery draws.</param>
    /// <param name="seed">The seed of the lottery.</param>
    /// <returns>Empty where nothing tells the lanes apart.</returns>
    public static WayCost[] Of(SharedLot[] lots, List<(int Lot, OpenLane Lane)> lanes, ulong seed)
    {
        var expiring = Array.Exists(lots, lot => lot.Expires is not null);
        if (!expiring && lanes.TrueForAll(way => way.Lane.Days == 0 && way.Lane.Cost == Rational.Zero))
        {
            return [];
        }

        var scale = BigInteger.One;
        foreach (var bottom in lanes.Select(way => way.Lane.Cost.Denominator).Distinct())
        {
            scale = scale / BigInteger.GreatestCommonDivisor(scale, bottom) * bottom;
        }

        var draw = new SeededRandom(seed ^ OfLanes);
        return [.. lanes.Select(way => new WayCost(
            expiring && lots[way.Lot].Expires is null ? 1 : 0,
            way.Lane.Cost.Numerator * (scale / way.Lane.Cost.Denominator), way.Lane.Days,
            (long)(draw.NextBits() >> (64 - DrawBits))))];
    }

    public int CompareTo(WayCost other) =>
        Waste != other.Waste ? Waste.CompareTo(other.Waste)
            : Cost != other.Cost ? Cost.CompareTo(other.Cost)
            : Days != other.Days ? Days.CompareTo(other.Days) : Draw.CompareTo(other.Draw);
}
