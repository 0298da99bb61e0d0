using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// What tells equally fair plans apart, in order: units that stay in lots that expire, transport cost, days on the way.
/// Compared part by part, the first that differs decides; sums are made part by part.
/// </summary>
/// <param name="Waste">1 for a unit from a lot that does not expire, 0 from one that does.</param>
/// <param name="Cost">Cost of a unit in whole parts of one scale.</param>
/// <param name="Days">Days on the way.</param>
internal readonly record struct WayCost(long Waste, BigInteger Cost, long Days) : IComparable<WayCost>
{
    public static WayCost operator +(WayCost one, WayCost other) =>
        new(one.Waste + other.Waste, one.Cost + other.Cost, one.Days + other.Days);

    public static WayCost operator -(WayCost one, WayCost other) =>
        new(one.Waste - other.Waste, one.Cost - other.Cost, one.Days - other.Days);

    /// <summary>
    /// By lane. What an expiring lot does not send is wasted, so a unit from any other lot stands for a unit of waste:
    /// the totals that claims get are fixed.
    /// </summary>
    /// <returns>Empty where nothing tells the lanes apart.</returns>
    public static WayCost[] Of(SharedLot[] lots, List<(int Lot, OpenLane Lane)> lanes)
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

        return [.. lanes.Select(way => new WayCost(
            expiring && lots[way.Lot].Expires is null ? 1 : 0,
            way.Lane.Cost.Numerator * (scale / way.Lane.Cost.Denominator), way.Lane.Days))];
    }

    public int CompareTo(WayCost other) =>
        Waste != other.Waste ? Waste.CompareTo(other.Waste)
            : Cost != other.Cost ? Cost.CompareTo(other.Cost) : Days.CompareTo(other.Days);
}
