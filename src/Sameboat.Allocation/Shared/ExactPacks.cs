using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>Whole packs where no limit binds: the exact rule of the single-item engine, item by item.</summary>
internal static class ExactPacks
{
    /// <param name="model">The problem by index.</param>
    /// <param name="seed">The seed of the lottery.</param>
    /// <param name="owed">What claims are owed from earlier rounds, by id.</param>
    /// <returns>Packs by lane.</returns>
    public static long[] Of(LaneModel model, ulong seed, ImmutableSortedDictionary<int, Rational> owed)
    {
        var packs = new long[model.LaneLot.Length];
        var lanes = Enumerable.Range(0, packs.Length)
            .ToDictionary(lane => (model.LaneLot[lane], model.LaneClaim[lane]));
        var lots = Enumerable.Range(0, model.Lots.Length).ToLookup(lot => model.ItemOfLot[lot]);
        Parallel.ForEach(Enumerable.Range(0, model.Claims.Length).GroupBy(claim => model.ItemOfClaim[claim]), item =>
        {
            var problem = new AllocationProblem(
                [.. item.Select(claim => new Claim(claim, model.Claims[claim].Need, model.Claims[claim].Received,
                    model.Claims[claim].AcceptsAtMost))],
                [.. lots[item.Key].Select(lot => new Lot(lot, model.Lots[lot].Quantity, model.Lots[lot].PackSize))],
                [.. lots[item.Key].Select(lot => RemovedLanes.AllBut(lot, LaneRemoval.RouteClosed,
                    [.. model.LaneClaim[model.LotStart[lot]..model.LotStart[lot + 1]]]))],
                seed);
            foreach (var line in Divide(problem, model, owed))
            {
                packs[lanes[(line.Lot, line.Claim)]] = line.Packs;
            }
        });
        return packs;
    }

    /// <summary>The lines of one item whose claims are named by their index.</summary>
    public static ImmutableArray<PackLine> Divide(
        AllocationProblem problem, LaneModel model, ImmutableSortedDictionary<int, Rational> owed) =>
        Allocator.Allocate(problem, network => owed.IsEmpty ? null
            : PackCredit.Of(network, claim => owed.GetValueOrDefault(model.Claims[claim].Id))).Lines;
}
