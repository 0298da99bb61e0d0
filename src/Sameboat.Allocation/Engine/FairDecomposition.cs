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

            var flow = new BlockFlow(network, block.Claims, block.Groups);
            var stock = Int128.Zero;
            foreach (var group in flow.Groups)
            {
                stock += rule.StockOf(network.Groups[group]);
            }

            var demand = new Int128[block.Claims.Length];
            var scale = rule.Demand(block.Claims, (long)stock, demand);
            var stocks = new Int128[flow.Groups.Length];
            for (var group = 0; group < stocks.Length; group++)
            {
                stocks[group] = rule.StockOf(network.Groups[flow.Groups[group]]) * scale;
            }

            if (flow.Send(stocks, [.. demand]))
            {
                Keep(division, flow, demand, scale);
                continue;
            }

            var split = flow.Split();
            blocks.Push((split.RichClaims, split.RichGroups));
            blocks.Push((split.PoorClaims, split.PoorGroups));
        }

        return division;
    }

    private static void Keep(Division division, BlockFlow flow, Int128[] demand, Int128 scale)
    {
        for (var index = 0; index < demand.Length; index++)
        {
            division.Amounts[flow.Claims[index]] = new ScaledAmount(demand[index], scale);
        }

        foreach (var (group, claim, amount) in flow.Flows())
        {
            division.Flows.Add(new GroupFlow(group, claim, amount, scale));
        }
    }
}
