using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Conservation;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Needs;

/// <summary>One item over all places.</summary>
/// <param name="Item">Its code.</param>
/// <param name="Need">Units that all places together will need.</param>
/// <param name="Places">Places with a need.</param>
/// <param name="Offered">Units on the table.</param>
/// <param name="Planned">Units that the plan gives.</param>
/// <param name="Floor">The share of its need that the worst-off place is given before packs are rounded; null without
/// a plan.</param>
internal sealed record ItemSummary(
    string Item, long Need, int Places, long Offered, long Planned, double? Floor)
{
    /// <summary>Units that stay unmet.</summary>
    internal long Unmet => Math.Max(0, Need - Planned);

    /// <summary>Share of the need that the plan meets, 0 to 1.</summary>
    internal double Met => Need == 0 ? 1 : Math.Min(1, (double)Planned / Need);
}

/// <summary>Reads all items of an outbreak.</summary>
internal static class ItemSummaries
{
    /// <summary>One summary for each item that is needed or offered, in the order of the disease pack.</summary>
    internal static async Task<ImmutableArray<ItemSummary>> ReadAsync(
        NodeContext db, OutbreakRow outbreak, string? round, CancellationToken cancellation)
    {
        var latest = await LatestNeeds.SubjectsAsync(db, outbreak.Subject, null, cancellation);
        var needs = await db.NeedLines
            .Where(line => line.Outbreak == outbreak.Subject && latest.Contains(line.Subject))
            .GroupBy(line => line.Item)
            .Select(item => new { Item = item.Key, Need = item.Sum(line => line.Quantity), Places = item.Count() })
            .ToDictionaryAsync(item => item.Item, cancellation);
        var offered = await db.Offers
            .Where(offer => offer.Outbreak == outbreak.Subject)
            .GroupBy(offer => offer.Item)
            .Select(item => new { Item = item.Key, Quantity = item.Sum(offer => offer.Quantity) })
            .ToDictionaryAsync(item => item.Item, item => item.Quantity, cancellation);
        var planned = (await db.CoverageAsync(round, cancellation))
            .GroupBy(row => row.Item)
            .ToDictionary(item => item.Key, item => (
                Need: item.Sum(row => row.Need),
                Places: item.Count(),
                Given: item.Sum(row => row.Allocated),
                Floor: item.Min(row => Rational.TryParse(row.Fair, out var fair) ? fair.ToDouble() : 0)));
        var names = new ItemNames(outbreak.Pack);
        return
        [
            .. needs.Keys.Union(offered.Keys).Union(planned.Keys)
                .OrderBy(names.Order)
                .ThenBy(item => item, StringComparer.Ordinal)
                .Select(item => planned.TryGetValue(item, out var plan)
                    ? new ItemSummary(
                        item, plan.Need, plan.Places, offered.GetValueOrDefault(item), plan.Given, plan.Floor)
                    : new ItemSummary(
                        item, needs.GetValueOrDefault(item)?.Need ?? 0, needs.GetValueOrDefault(item)?.Places ?? 0,
                        offered.GetValueOrDefault(item), 0, null)),
        ];
    }
}
