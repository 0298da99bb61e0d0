using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>How much each claim of a block would ask if only the total of its lots bound it.</summary>
internal interface IBlockRule
{
    /// <summary>What a group holds, in the unit that demands are in before scaling.</summary>
    long StockOf(LotGroup group);

    /// <summary>
    /// Fills the demand of every claim of the block, together no more than the stock, and returns the whole number by
    /// which demands, and hence stocks, are multiplied.
    /// </summary>
    Int128 Demand(ReadOnlySpan<int> claims, long stock, Span<Int128> demand);
}

/// <summary>What a claim is given: amount / scale in the rule's unit.</summary>
internal readonly record struct ScaledAmount(Int128 Amount, Int128 Scale);

/// <summary>A flow from a group of lots to a claim: amount / scale in the rule's unit.</summary>
internal readonly record struct GroupFlow(int Group, int Claim, Int128 Amount, Int128 Scale);

/// <summary>The amounts by claim index and the flows that give them.</summary>
internal sealed record Division(ScaledAmount[] Amounts, List<GroupFlow> Flows);

/// <summary>
/// The fair division by decomposition: divide as if only the total bound; where the lanes do not allow it, the claims
/// that fall short and the lots they share are a block of their own, and so are the others with the rest.
/// </summary>
/// <remarks>
/// Fujishige 1980, 10.1287/moor.5.2.186; Groenevelt 1991, 10.1016/0377-2217(91)90300-K. At most 2n - 1 flows for n
/// claims, because every split leaves claims on both sides.
/// </remarks>
internal static class FairDecomposition
{
    public static Division Divide(LaneNetwork network, IBlockRule rule)
    {
        var division = new Division(new ScaledAmount[network.Claims.Length], []);
        Array.Fill(division.Amounts, new ScaledAmount(0, 1));
        var blocks = new Stack<(int[] Claims, int[] Groups)>();
        int[] groups = [.. Enumerable.Range(0, network.Groups.Length)
            .Where(group => rule.StockOf(network.Groups[group]) > 0)];
        blocks.Push(([.. Enumerable.Range(0, network.Claims.Length)], groups));
        while (blocks.TryPop(out var block))
        {
            if (block.Claims.Length == 0 || block.Groups.Length == 0)
            {
                continue;
            }

            var lanes = new BlockLanes(network, block.Claims, block.Groups);
            var stock = 0L;
            foreach (var group in lanes.Groups)
            {
                stock += rule.StockOf(network.Groups[group]);
            }

            var demand = new Int128[block.Claims.Length];
            var scale = rule.Demand(block.Claims, stock, demand);
            long[] stocks = [.. lanes.Groups.Select(group => rule.StockOf(network.Groups[group]))];

            // Demands together are no more than the stock, so where all stocks fit 63 bits every number does.
            var split = stock <= long.MaxValue / scale
                ? Settle<long>(division, lanes, stocks, demand, scale)
                : Settle<Int128>(division, lanes, stocks, demand, scale);
            if (split is { } parts)
            {
                blocks.Push((parts.RichClaims, parts.RichGroups));
                blocks.Push((parts.PoorClaims, parts.PoorGroups));
            }
        }

        return division;
    }

    /// <summary>Keeps the flow that meets all demands; where there is none, how the block splits.</summary>
    private static BlockSplit? Settle<T>(
        Division division, BlockLanes lanes, long[] stocks, Int128[] demand, Int128 scale)
        where T : struct, IBinaryInteger<T>
    {
        var factor = T.CreateChecked(scale);
        var flow = new BlockFlow<T>(lanes);
        if (!flow.Send(
            Array.ConvertAll(stocks, stock => T.CreateChecked(stock) * factor),
            Array.ConvertAll(demand, T.CreateChecked)))
        {
            return flow.Split();
        }

        for (var index = 0; index < demand.Length; index++)
        {
            division.Amounts[lanes.Claims[index]] = new ScaledAmount(demand[index], scale);
        }

        foreach (var (group, claim, amount) in flow.Flows())
        {
            division.Flows.Add(new GroupFlow(group, claim, Int128.CreateChecked(amount), scale));
        }

        return null;
    }
}
