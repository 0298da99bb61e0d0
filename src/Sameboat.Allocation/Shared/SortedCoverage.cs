namespace Sameboat.Allocation;

/// <summary>
/// How fair a plan in whole packs is: the coverages sorted from the lowest, compared one by one, as exact quotients.
/// By member, first those of the members, each the least of its items that could take more, then those of the claims.
/// </summary>
internal sealed class SortedCoverage
{
    private readonly (long Held, long Need)[] _sorted;

    private SortedCoverage((long, long)[] sorted) => _sorted = sorted;

    /// <param name="model">The problem by index.</param>
    /// <param name="packs">Packs by lane.</param>
    public static SortedCoverage Of(LaneModel model, long[] packs)
    {
        var given = GivenOf(model, packs);
        var claims = model.Claims.Select((claim, at) => (model.Held[at] + given[at], claim.Need)).ToArray();
        Array.Sort(claims, Order);
        if (model.GroupCount == model.Claims.Length)
        {
            return new SortedCoverage(claims);
        }

        var groups = new (long Held, long Need)[model.GroupCount];
        Array.Fill(groups, (long.MaxValue, 1));
        foreach (var (at, claim) in model.Claims.Index().Where(claim => given[claim.Index] < claim.Item.Limit))
        {
            var own = (model.Held[at] + given[at], claim.Need);
            groups[model.GroupOf[at]] = Order(own, groups[model.GroupOf[at]]) < 0 ? own : groups[model.GroupOf[at]];
        }

        Array.Sort(groups, Order);
        return new SortedCoverage([.. groups, .. claims]);
    }

    /// <summary>Units by claim.</summary>
    public static long[] GivenOf(LaneModel model, long[] packs)
    {
        var given = new long[model.Claims.Length];
        for (var lane = 0; lane < packs.Length; lane++)
        {
            given[model.LaneClaim[lane]] += packs[lane] * model.Lots[model.LaneLot[lane]].PackSize;
        }

        return given;
    }

    /// <summary>Above zero when this is fairer than the other.</summary>
    public int Against(SortedCoverage other)
    {
        for (var at = 0; at < _sorted.Length; at++)
        {
            if (Order(_sorted[at], other._sorted[at]) is not 0 and var order)
            {
                return order;
            }
        }

        return 0;
    }

    private static int Order((long Held, long Need) one, (long Held, long Need) other) =>
        ((Int128)one.Held * other.Need).CompareTo((Int128)other.Held * one.Need);
}
