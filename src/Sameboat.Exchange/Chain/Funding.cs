namespace Sameboat.Exchange.Chain;

/// <summary>The need for money: the price of what no goods met.</summary>
internal static class Funding
{
    /// <summary>
    /// One need a place, in the order of the code: the sum over its priced items of units unmet times the pack's price,
    /// in whole US dollars rounded up. Places that lack nothing priced have none.
    /// </summary>
    /// <param name="unmet">Units unmet of goods and teams, with the price of one in US dollars or 0.</param>
    public static IEnumerable<PlaceNeed> NeedsOf(
        IEnumerable<(TerritoryCode Place, long Unmet, decimal Price)> unmet) =>
        unmet.GroupBy(line => line.Place)
            .Select(place => new PlaceNeed(place.Key, (long)Math.Ceiling(place.Sum(line => line.Unmet * line.Price))))
            .Where(need => need.Need > 0)
            .OrderBy(need => need.Place);
}
