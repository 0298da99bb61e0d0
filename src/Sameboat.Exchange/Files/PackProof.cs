using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Exchange.Files;

/// <summary>How good a plan in whole packs is proved to be.</summary>
internal static class PackProof
{
    /// <summary>
    /// Where no limit can bind, the lines of each item with cuts made anew are given to the independent checker; under
    /// limits nothing but the gaps is known.
    /// </summary>
    /// <returns>The weakest guarantee among the items.</returns>
    public static PackGuarantee Of(SharedProblem problem, ImmutableArray<PackLine> lines)
    {
        if (problem.By == CoverageBy.Member || SharedAllocator.HasBindingLimit(problem))
        {
            return PackGuarantee.GapsOnly;
        }

        var itemOf = problem.Lots.ToDictionary(lot => lot.Id, lot => lot.Item);
        var ofItem = lines.ToLookup(line => itemOf[line.Lot]);
        var lanes = problem.Lanes.ToLookup(lane => itemOf[lane.Lot]);
        return problem.Claims.GroupBy(claim => claim.Item)
            .Select(item => OfItem(Single(problem, [.. item], lanes[item.Key]), [.. ofItem[item.Key]]))
            .Aggregate(PackGuarantee.Exact, (worst, one) => one > worst ? one : worst);
    }

    private static AllocationProblem Single(
        SharedProblem problem, ImmutableArray<SharedClaim> claims, IEnumerable<OpenLane> lanes)
    {
        var claimOf = claims.ToDictionary(claim => claim.Member, claim => claim.Id);
        var open = lanes.Where(lane => claimOf.ContainsKey(lane.Member))
            .ToLookup(lane => lane.Lot, lane => claimOf[lane.Member]);
        ImmutableArray<SharedLot> lots = [.. problem.Lots.Where(lot => lot.Item == claims[0].Item)];
        return new AllocationProblem(
            [.. claims.Select(claim => new Claim(claim.Id, claim.Need, claim.Received, claim.AcceptsAtMost))],
            [.. lots.Select(lot => new Lot(lot.Id, lot.Quantity, lot.PackSize))],
            [.. lots.Select(lot => RemovedLanes.AllBut(lot.Id, LaneRemoval.RouteClosed, [.. open[lot.Id]]))],
            problem.Seed);
    }

    private static PackGuarantee OfItem(AllocationProblem problem, ImmutableArray<PackLine> lines)
    {
        var packed = lines.GroupBy(line => line.Claim)
            .ToDictionary(claim => claim.Key, claim => claim.Sum(line => line.Quantity));
        var needs = problem.Claims.ToDictionary(claim => claim.Id);
        var made = Allocator.Allocate(problem).ToCertificate();
        var certificate = made with
        {
            Lines = lines,
            Shares = [.. made.Shares.Select(share =>
            {
                var given = packed.GetValueOrDefault(share.Claim);
                var gap = Rational.Of(share.FairCoverage.Numerator, share.FairCoverage.Denominator)
                    - Rational.Of(needs[share.Claim].Received + given, needs[share.Claim].Need);
                return share with { Packed = given, Gap = new(gap.Numerator, gap.Denominator) };
            })],
        };
        return PlanChecker.Check(problem, certificate, lines).Proved ?? PackGuarantee.GapsOnly;
    }
}
