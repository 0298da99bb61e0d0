using System.Collections.Immutable;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Needs;

namespace Sameboat.Server.Scoreboard;

/// <summary>The share of the estimated need that has arrived. Pure.</summary>
internal static class NeedMet
{
    /// <summary>One row an item, in the order of the code.</summary>
    internal static ImmutableArray<MetScore> ByItem(ChainLedger ledger) =>
    [
        .. Cells(ledger)
            .GroupBy(cell => cell.Item)
            .OrderBy(item => item.Key, StringComparer.Ordinal)
            .Select(item => Score(item.Key, [.. item])),
    ];

    /// <summary>One row a place that has a need, the least met first.</summary>
    internal static ImmutableArray<MetScore> ByPlace(ChainLedger ledger) =>
    [
        .. Cells(ledger)
            .Where(cell => cell.Need > 0)
            .GroupBy(cell => cell.Place)
            .Select(place =>
            {
                var shares = place.Select(cell => ShareOf(cell.Received, cell.Need)!.Value).Order().ToList();
                return new MetScore(
                    place.Key, place.Count(), place.Count(cell => cell.Planned > 0),
                    place.Count(cell => cell.Coming > 0), place.Count(cell => cell.Received > 0),
                    shares.Average());
            })
            .OrderBy(place => place.Share)
            .ThenBy(place => place.Key, StringComparer.Ordinal),
    ];

    private static MetScore Score(string key, IReadOnlyList<Cell> cells)
    {
        // What one place received beyond its need covers nobody else's.
        var need = cells.Sum(cell => cell.Need);
        var met = cells.Sum(cell => Math.Min(cell.Need, cell.Received));
        return new MetScore(
            key, need, cells.Sum(cell => cell.Planned), cells.Sum(cell => cell.Coming),
            cells.Sum(cell => cell.Received), ShareOf(met, need));
    }

    private static double? ShareOf(long received, long need) =>
        need == 0 ? null : Math.Min(1, (double)received / need);

    private static IEnumerable<Cell> Cells(ChainLedger ledger)
    {
        var consignments = ledger.Consignments.ToDictionary(one => one.Subject, StringComparer.Ordinal);
        var needs = NeedOverTime.Of(ledger.Needs);
        var planned = ledger.Plan.ToLookup(line => (line.Place, line.Item), line => line.Quantity);
        var sent = ledger.ConsignmentLines
            .Where(line => consignments[line.Subject].State != nameof(ConsignmentState.Cancelled))
            .ToLookup(line => (Place: consignments[line.Subject].Destination, line.Item));
        return needs.Keys
            .Union(planned.Select(group => group.Key))
            .Union(sent.Select(group => group.Key))
            .Select(key => new Cell(
                key.Place, key.Item, needs.GetValueOrDefault(key), planned[key].Sum(), sent[key].Sum(line => line.Open),
                sent[key].Sum(line => line.Received)));
    }

    private readonly record struct Cell(
        string Place, string Item, long Need, long Planned, long Coming, long Received);
}
