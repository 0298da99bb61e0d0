using System.Collections.Immutable;
using System.Globalization;

namespace Sameboat.Allocation;

/// <summary>The one place that says what a problem must keep to be allocated.</summary>
internal static class ProblemValidation
{
    public static ImmutableArray<AllocationRefusal> Refusals(AllocationProblem problem)
    {
        if (problem.Claims.IsDefault || problem.Lots.IsDefault || problem.Removed.IsDefault
            || problem.Removed.Any(removed => removed.Claims.IsDefault))
        {
            return [new(RefusalCode.ListMissing, null, null, "no list", "a list, if need be an empty one")];
        }

        if (problem.Claims.Length > AllocationProblem.ClaimsMax)
        {
            return [TooMany(RefusalCode.TooManyClaims, problem.Claims.Length, AllocationProblem.ClaimsMax)];
        }

        if (problem.Lots.Length > AllocationProblem.LotsMax)
        {
            return [TooMany(RefusalCode.TooManyLots, problem.Lots.Length, AllocationProblem.LotsMax)];
        }

        ImmutableArray<AllocationRefusal> refusals =
            [.. OfClaims(problem), .. OfLots(problem), .. OfLanes(problem), .. OfTotals(problem)];

        // The lanes are counted only where they could be too many.
        return refusals.IsEmpty && (long)problem.Claims.Length * problem.Lots.Length > AllocationProblem.LanesMax
            && LaneNetwork.Of(problem).LaneCount is var lanes && lanes > AllocationProblem.LanesMax
            ? [TooMany(RefusalCode.TooManyLanes, lanes, AllocationProblem.LanesMax)]
            : refusals;
    }

    private static IEnumerable<AllocationRefusal> OfClaims(AllocationProblem problem)
    {
        var seen = new HashSet<int>();
        foreach (var claim in problem.Claims)
        {
            if (claim.Need <= 0)
            {
                yield return new(RefusalCode.NeedNotPositive, claim.Id, null, Text(claim.Need), "a need above 0");
            }

            if (claim.Received < 0)
            {
                yield return new(RefusalCode.ReceivedNegative, claim.Id, null, Text(claim.Received), "0 or more");
            }

            if (claim.AcceptsAtMost is { } accepts && accepts < 0)
            {
                yield return new(RefusalCode.AcceptanceNegative, claim.Id, null, Text(accepts), "0 or more");
            }

            if (!seen.Add(claim.Id))
            {
                yield return new(RefusalCode.ClaimRepeated, claim.Id, null, "the id twice", "an id of its own");
            }
        }
    }

    private static IEnumerable<AllocationRefusal> OfLots(AllocationProblem problem)
    {
        var seen = new HashSet<int>();
        foreach (var lot in problem.Lots)
        {
            if (lot.Quantity < 0)
            {
                yield return new(RefusalCode.QuantityNegative, null, lot.Id, Text(lot.Quantity), "0 or more");
            }

            if (lot.PackSize <= 0)
            {
                yield return new(RefusalCode.PackNotPositive, null, lot.Id, Text(lot.PackSize), "a pack of 1 or more");
            }
            else if (lot.Quantity > 0 && lot.PackSize > lot.Quantity)
            {
                yield return new(RefusalCode.PackLargerThanLot, null, lot.Id, $"a pack of {Text(lot.PackSize)}",
                    $"no more than the lot's {Text(lot.Quantity)}");
            }

            if (!seen.Add(lot.Id))
            {
                yield return new(RefusalCode.LotRepeated, null, lot.Id, "the id twice", "an id of its own");
            }
        }
    }

    private static IEnumerable<AllocationRefusal> OfLanes(AllocationProblem problem)
    {
        var claims = problem.Claims.Select(claim => claim.Id).ToHashSet();
        var lots = problem.Lots.Select(lot => lot.Id).ToHashSet();
        foreach (var removed in problem.Removed)
        {
            if (!lots.Contains(removed.Lot))
            {
                yield return new(RefusalCode.LaneToUnknownLot, null, removed.Lot, "a lane", "a lot of the problem");
            }

            foreach (var claim in removed.Claims.Where(claim => !claims.Contains(claim)))
            {
                yield return new(
                    RefusalCode.LaneToUnknownClaim, claim, removed.Lot, "a lane", "a claim of the problem");
            }

            if (!Enum.IsDefined(removed.Reason))
            {
                yield return new(RefusalCode.ReasonUnknown, null, removed.Lot, Text((int)removed.Reason),
                    "a reason of the closed list");
            }
        }
    }

    private static IEnumerable<AllocationRefusal> OfTotals(AllocationProblem problem)
    {
        // Negative numbers are refused above; they must not hide a total that is too large.
        var need = problem.Claims.Aggregate(Int128.Zero,
            (sum, claim) => sum + Math.Max(claim.Need, 0) + Math.Max(claim.Received, 0));
        if (need > long.MaxValue)
        {
            yield return new(RefusalCode.NeedTotalTooLarge, null, null, Text(need), $"no more than {long.MaxValue}");
        }

        var stock = problem.Lots.Aggregate(Int128.Zero, (sum, lot) => sum + Math.Max(lot.Quantity, 0));
        if (stock > long.MaxValue)
        {
            yield return new(RefusalCode.StockTotalTooLarge, null, null, Text(stock), $"no more than {long.MaxValue}");
        }
    }

    private static AllocationRefusal TooMany(RefusalCode code, long found, long limit) =>
        new(code, null, null, Text(found), $"no more than {Text(limit)}");

    private static string Text(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
}
