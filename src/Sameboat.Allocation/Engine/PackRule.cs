namespace Sameboat.Allocation;

/// <summary>
/// Whole packs of one size: packs go one by one to the claim with the least coverage that has room for one; at equal
/// coverage to the smaller need, which a pack lifts further; at equal need to the earlier in the lottery.
/// </summary>
/// <remarks>
/// Greedy increments are exact for separable concave utilities on integral polymatroids (Federgruen and Groenevelt
/// 1986, 10.1287/opre.34.6.909). To give packs at once, all claims are first lifted to the divisible coverage of a
/// stock smaller by one pack a claim, which the one-by-one rule certainly passes; at most one pack a claim is left.
/// </remarks>
/// <param name="bounds">Needs, holdings and limits, in parts of a unit.</param>
/// <param name="packSize">Units in a pack.</param>
/// <param name="lotteryRank">The place of each claim in the lottery.</param>
/// <param name="parts">Parts of a unit that the bounds are counted in.</param>
internal sealed class PackRule(ClaimBounds bounds, long packSize, int[] lotteryRank, long parts = 1) : IBlockRule
{
    private readonly long _step = packSize * parts;

    private readonly FairRule _divisible = new(bounds with
    {
        Limit = [.. bounds.Limit.Select(limit => limit / (packSize * parts) * (packSize * parts))],
    });

    public long StockOf(LotGroup group) => group.PackSize == packSize ? group.Packs : 0;

    public Int128 Demand(ReadOnlySpan<int> claims, long stock, Span<Int128> demand)
    {
        var all = Int128.Zero;
        for (var index = 0; index < claims.Length; index++)
        {
            demand[index] = bounds.Limit[claims[index]] / _step;
            all += demand[index];
        }

        if (all <= stock)
        {
            return 1;
        }

        demand.Clear();
        var left = stock;
        if (stock > claims.Length)
        {
            var scale = _divisible.Demand(claims, (stock - claims.Length) * _step, demand) * _step;
            for (var index = 0; index < demand.Length; index++)
            {
                var (packs, rest) = Int128.DivRem(demand[index], scale);
                demand[index] = packs + (rest == 0 ? 0 : 1);
                left -= (long)demand[index];
            }
        }

        OneByOne(claims, left, demand);
        return 1;
    }

    private void OneByOne(ReadOnlySpan<int> claims, long packs, Span<Int128> given)
    {
        var queue = new PriorityQueue<int, NextPack>(claims.Length);
        for (var index = 0; index < claims.Length; index++)
        {
            Offer(queue, claims[index], index, (long)given[index]);
        }

        for (; packs > 0; packs--)
        {
            var index = queue.Dequeue();
            given[index]++;
            Offer(queue, claims[index], index, (long)given[index]);
        }
    }

    private void Offer(PriorityQueue<int, NextPack> queue, int claim, int index, long given)
    {
        if (given < bounds.Limit[claim] / _step)
        {
            queue.Enqueue(index,
                new NextPack(
                new CoverageKey(bounds.Held[claim] + (given * _step), bounds.Need[claim]), lotteryRank[claim]));
        }
    }

    /// <summary>The order in which packs are given.</summary>
    private readonly record struct NextPack(CoverageKey Coverage, int Rank) : IComparable<NextPack>
    {
        public int CompareTo(NextPack other)
        {
            var coverage = Coverage.CompareTo(other.Coverage);
            return coverage != 0 ? coverage
                : Coverage.Need != other.Coverage.Need ? Coverage.Need.CompareTo(other.Coverage.Need)
                : Rank.CompareTo(other.Rank);
        }
    }
}
