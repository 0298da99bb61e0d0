namespace Sameboat.Allocation;

/// <summary>A part of a lot for a claim, by index: amount / scale.</summary>
internal readonly record struct LotFlow(int Lot, int Claim, Int128 Amount, Int128 Scale);

/// <summary>Hands the flows of a group out of its lots: the lots in order, the claims in order.</summary>
internal static class LotShares
{
    /// <summary>Ordered by lot and claim.</summary>
    /// <param name="network">The lots and groups.</param>
    /// <param name="flows">The flows out of the groups.</param>
    /// <param name="holds">What a lot holds in the unit of the flows.</param>
    public static List<LotFlow> Of(LaneNetwork network, List<GroupFlow> flows, Func<Lot, long> holds)
    {
        var shares = new List<LotFlow>();
        foreach (var group in flows.GroupBy(flow => flow.Group))
        {
            var lots = network.Groups[group.Key].Lots;
            var next = 0;
            var left = Int128.Zero;
            foreach (var flow in group.OrderBy(flow => flow.Claim))
            {
                // The first lot's stock is scaled by the group's own scale: a group is divided in one block.
                for (var amount = flow.Amount; amount > 0;)
                {
                    while (left == 0)
                    {
                        left = holds(network.Lots[lots[next++]]) * flow.Scale;
                    }

                    var taken = Int128.Min(amount, left);
                    shares.Add(new LotFlow(lots[next - 1], flow.Claim, taken, flow.Scale));
                    amount -= taken;
                    left -= taken;
                }
            }
        }

        shares.Sort((one, other) =>
            one.Lot != other.Lot ? one.Lot.CompareTo(other.Lot) : one.Claim.CompareTo(other.Claim));
        return shares;
    }
}
