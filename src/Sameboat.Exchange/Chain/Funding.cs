using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>The need for money: the price of what no goods met.</summary>
internal static class Funding
{
    /// <summary>
    /// One need a place, in the order of the code: the sum over its priced items of units unmet times the pack's price,
    /// in whole US dollars rounded up. Places that lack nothing priced have none.
    /// </summary>
    public static IEnumerable<PlaceNeed> NeedsOf(IEnumerable<CoverageLine> coverage) =>
        coverage.GroupBy(line => line.Place)
            .Select(place => new PlaceNeed(place.Key, (long)Math.Ceiling(place.Sum(PriceOfUnmet))))
            .Where(need => need.Need > 0)
            .OrderBy(need => need.Place);

    private static decimal PriceOfUnmet(CoverageLine line) => line.Unmet * (line.Item.PriceUsd ?? 0);
}
