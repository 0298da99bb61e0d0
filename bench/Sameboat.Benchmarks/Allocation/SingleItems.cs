using System.Collections.Immutable;
using Sameboat.Allocation;

namespace Sameboat.Benchmarks.Allocation;

/// <summary>Items without shared limits from seed 7: half of all pairs need, six lanes in ten are open.</summary>
internal static class SingleItems
{
    /// <param name="members">Members.</param>
    /// <param name="items">Items.</param>
    /// <param name="lots">Lots of all items together.</param>
    public static ImmutableArray<AllocationProblem> Of(int members, int items, int lots)
    {
        var random = new SeededRandom(7);
        return [.. Enumerable.Range(0, items).Select(_ => Problem(random, members, lots / items, items > 1))];
    }

    private static AllocationProblem Problem(SeededRandom random, int members, int lots, bool half)
    {
        Claim[] claims = [.. Enumerable.Range(0, members).Where(_ => !half || random.NextDouble() < 0.5)
            .Select(at => new Claim(at, 100 + random.NextBelow(10_000)))];
        var need = claims.Sum(claim => claim.Need);
        return new AllocationProblem([.. claims],
            [.. Enumerable.Range(0, lots).Select(lot => new Lot(lot,
                1 + (long)(need * (0.3 + (0.6 * random.NextDouble())) / lots)))],
            [.. Enumerable.Range(0, lots).Select(lot => RemovedLanes.To(lot, LaneRemoval.RouteClosed,
                [.. claims.Where(_ => random.NextDouble() >= 0.6).Select(claim => claim.Id)]))],
            Seed: 7);
    }
}
