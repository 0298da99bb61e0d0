using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// Among plans that give every claim the same, the one with the least expiry waste, then the least transport cost, then
/// the fewest days on the way, then the least sum of the numbers that the lottery drew for the lanes. Without lanes
/// that differ nothing is done.
/// </summary>
/// <remarks>docs/methods/tie-breaks.md.</remarks>
internal static class TieBreak
{
    /// <summary>The most lanes of one item whose flows are made cheapest; larger items keep the flows found.</summary>
    public const int LanesMax = 50_000;

    /// <summary>Makes the amounts of each item that no limit ties the cheapest; those tied, all together.</summary>
    public static void Cheapen(LaneModel model, bool[] binding, Rational[] asked, Rational[] amounts)
    {
        if (model.Ways.Length == 0)
        {
            return;
        }

        var tied = Tied(model, binding);
        if (tied.Contains(true) && CheapestProgram.Solve(model, binding, tied, amounts) is { } units)
        {
            var cheaper = SharedAmounts.Of(model, units, asked);
            foreach (var lane in Enumerable.Range(0, amounts.Length).Where(lane => tied[ItemOf(model, lane)]))
            {
                amounts[lane] = Rational.Of(cheaper[lane], SharedAmounts.UnitParts);
            }
        }

        CheapenUntied(model, binding, asked, amounts);
    }

    /// <summary>Makes the amounts of each item that no limit ties the cheapest and leaves the others.</summary>
    public static void CheapenUntied(LaneModel model, bool[] binding, Rational[] asked, Rational[] amounts)
    {
        if (model.Ways.Length == 0)
        {
            return;
        }

        foreach (var lanes in ItemsOf(model, Tied(model, binding)).Select(item => item.ToArray()))
        {
            var scale = BigInteger.One;
            foreach (var claim in lanes.Select(lane => model.LaneClaim[lane]).Distinct())
            {
                var bottom = asked[claim].Denominator;
                scale = scale / BigInteger.GreatestCommonDivisor(scale, bottom) * bottom;
            }

            var flow = Cheapest(model, lanes, lot => model.Lots[lot].Quantity * scale,
                claim => asked[claim].Numerator * (scale / asked[claim].Denominator));
            for (var at = 0; flow is not null && at < lanes.Length; at++)
            {
                amounts[lanes[at]] = Rational.Of(flow[at], scale);
            }
        }
    }

    /// <summary>
    /// As <see cref="Cheapen"/> for whole packs, one pack size at a time; items that limits tie stay as they are.
    /// </summary>
    /// <returns>Packs by lane; those given are not touched.</returns>
    public static long[] CheapenPacks(LaneModel model, bool[] binding, long[] given)
    {
        if (model.Ways.Length == 0)
        {
            return given;
        }

        long[] packs = [.. given];

        foreach (var lanes in ItemsOf(model, Tied(model, binding)).SelectMany(item =>
            item.GroupBy(lane => model.Lots[model.LaneLot[lane]].PackSize).Select(size => size.ToArray())))
        {
            var due = lanes.GroupBy(lane => model.LaneClaim[lane])
                .ToDictionary(claim => claim.Key, claim => claim.Sum(lane => packs[lane]));
            var flow = Cheapest(model, lanes,
                lot => model.Lots[lot].Quantity / model.Lots[lot].PackSize, claim => due[claim]);
            for (var at = 0; flow is not null && at < lanes.Length; at++)
            {
                packs[lanes[at]] = (long)flow[at];
            }
        }

        return packs;
    }

    private static int ItemOf(LaneModel model, int lane) => model.ItemOfLot[model.LaneLot[lane]];

    /// <summary>By item: whether a limit that can bind counts it.</summary>
    private static bool[] Tied(LaneModel model, bool[] binding)
    {
        var tied = new bool[model.ItemCount];
        foreach (var use in model.Limits.Where((_, at) => binding[at]).SelectMany(limit => limit.Uses))
        {
            tied[ItemOf(model, use.Lane)] = true;
        }

        return tied;
    }

    private static IEnumerable<IGrouping<int, int>> ItemsOf(LaneModel model, bool[] tied) =>
        Enumerable.Range(0, model.LaneLot.Length).GroupBy(lane => ItemOf(model, lane))
            .Where(item => !tied[item.Key] && item.Count() <= LanesMax);

    private static BigInteger[]? Cheapest(
        LaneModel model, int[] lanes, Func<int, BigInteger> stock, Func<int, BigInteger> due)
    {
        int[] lots = [.. lanes.Select(lane => model.LaneLot[lane]).Distinct().Order()];
        int[] claims = [.. lanes.Select(lane => model.LaneClaim[lane]).Distinct().Order()];
        var lotAt = lots.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        var claimAt = claims.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
        return Transport.Cheapest(
            [.. lanes.Select(lane => new TransportLane(
                lotAt[model.LaneLot[lane]], claimAt[model.LaneClaim[lane]], model.Ways[lane]))],
            [.. lots.Select(stock)], [.. claims.Select(due)]);
    }
}
