using System.Collections.Immutable;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>Random problems under shared limits; one seed and one size give one problem.</summary>
internal static class SmallSharedProblems
{
    /// <summary>Up to so many members, items and lots, with up to three limits.</summary>
    public static SharedProblem Of(ulong seed, int membersMax = 4, int itemsMax = 3, int lotsMax = 5)
    {
        var random = new SeededRandom(seed);
        var members = random.NextBelow(membersMax) + 1;
        var items = random.NextBelow(itemsMax) + 1;
        var lots = random.NextBelow(lotsMax) + 1;
        ImmutableArray<SharedClaim> claims = [.. Enumerable.Range(0, members * items)
            .Where(at => at == 0 || random.NextBelow(5) > 0)
            .Select(at => new SharedClaim(at + 1, at / items, at % items, random.NextBelow(9) + 1,
                random.NextBelow(4) == 0 ? random.NextBelow(4) : 0,
                random.NextBelow(5) == 0 ? random.NextBelow(5) : null))];
        ImmutableArray<SharedLot> supply = [.. Enumerable.Range(0, lots).Select(lot => new SharedLot(
            lot, random.NextBelow(items), random.NextBelow(8) == 0 ? 0 : random.NextBelow(9) + 2,
            random.NextBelow(2) + 1))];
        int[] known = [.. claims.Select(claim => claim.Member).Distinct()];
        return new SharedProblem(claims, supply,
            [.. supply.SelectMany(lot => known.Where(_ => random.NextBelow(4) > 0)
                .Select(member => new OpenLane(lot.Id, member)))],
            [.. Enumerable.Range(0, random.NextBelow(4)).Select(limit => new SharedLimit(limit,
                Rational.Of(random.NextBelow(12), random.NextBelow(2) + 1),
                [.. Enumerable.Range(0, random.NextBelow(3) + 1).Select(_ => new LimitTerm(
                    random.NextBelow(2) == 0 ? random.NextBelow(lots) : null,
                    random.NextBelow(2) == 0 ? known[random.NextBelow(known.Length)] : null,
                    Rational.Of(random.NextBelow(5), random.NextBelow(2) + 1)))]))],
            random.NextBelow(2) == 0 ? CoverageBy.MemberItem : CoverageBy.Member);
    }

    /// <summary>The groups whose coverage counts: each claim by itself, or the claims of each member.</summary>
    public static List<SharedClaim[]> Groups(SharedProblem problem) => [.. problem.Claims
        .GroupBy(claim => problem.By == CoverageBy.Member ? claim.Member : claim.Id)
        .OrderBy(group => group.Key).Select(group => group.ToArray())];
}
