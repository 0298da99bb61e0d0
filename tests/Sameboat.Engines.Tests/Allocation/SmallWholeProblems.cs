using System.Collections.Immutable;
using System.Numerics;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>Random problems with minimum lots and vehicles, and the fairest plan of each by trying all.</summary>
internal static class SmallWholeProblems
{
    /// <summary>One item and one lot with a minimum; nobody accepts less than it lacks.</summary>
    public static SharedProblem OneLot(ulong seed)
    {
        var random = new SeededRandom(seed);
        var (members, quantity) = (random.NextBelow(5) + 1, random.NextBelow(14) + 2);
        return new SharedProblem([.. Claims(random, members, 1, mayAccept: false)],
            [new(0, 0, quantity, 1, null, random.NextBelow(quantity) + 1)],
            [.. Enumerable.Range(0, members).Where(_ => random.NextBelow(6) > 0)
                .Select(member => new OpenLane(0, member))], [])
        {
            Seed = seed,
        };
    }

    /// <summary>One item, lots of one pack size with and without a minimum, perhaps vehicles that all lanes use.
    /// </summary>
    public static SharedProblem OneItem(ulong seed)
    {
        var random = new SeededRandom(seed);
        var (members, pack) = (random.NextBelow(3) + 1, random.NextBelow(2) + 1);
        ImmutableArray<SharedLot> lots = [.. Enumerable.Range(0, random.NextBelow(2) + 1)
            .Select(lot => LotOf(random, lot, 0, pack))];
        return new SharedProblem([.. Claims(random, members, 1, mayAccept: true)], lots,
            [.. Lanes(random, lots, members)],
            random.NextBelow(2) == 0 ? [] : [Vehicles(random, 0, null)])
        {
            Seed = seed,
        };
    }

    /// <summary>Several items, pack sizes, plain limits and vehicles that count everything or one lot.</summary>
    public static SharedProblem Any(ulong seed)
    {
        var random = new SeededRandom(seed);
        var (members, items) = (random.NextBelow(2) + 2, random.NextBelow(2) + 1);
        ImmutableArray<SharedLot> lots = [.. Enumerable.Range(0, items)
            .Select(lot => LotOf(random, lot, lot, random.NextBelow(2) + 1))];
        List<SharedLimit> limits = [];
        if (random.NextBelow(2) == 0)
        {
            limits.Add(Vehicles(random, 0, random.NextBelow(2) == 0 ? null : random.NextBelow(items)));
        }

        if (random.NextBelow(2) == 0)
        {
            limits.Add(new SharedLimit(1, Rational.Of(random.NextBelow(12)),
                [new(null, random.NextBelow(2) == 0 ? null : random.NextBelow(members), Rational.One)]));
        }

        return new SharedProblem([.. Claims(random, members, items, mayAccept: true)], lots,
            [.. Lanes(random, lots, members)], [.. limits],
            random.NextBelow(2) == 0 ? CoverageBy.MemberItem : CoverageBy.Member)
        {
            Seed = seed,
        };
    }

    /// <summary>The greatest sorted coverages of any plan in whole packs that keeps every rule.</summary>
    public static Rational[] Fairest(SharedProblem problem)
    {
        (SharedLot Lot, SharedClaim Claim)[] lanes = [.. from lane in problem.Lanes
            let lot = problem.Lots.First(lot => lot.Id == lane.Lot)
            from claim in problem.Claims
            where claim.Member == lane.Member && claim.Item == lot.Item
            select (lot, claim)];
        Rational[] best = Sorted(problem, _ => 0);
        var units = new long[lanes.Length];
        void Try(int at)
        {
            if (at == lanes.Length)
            {
                var sorted = Sorted(problem, claim => lanes.Index()
                    .Where(lane => lane.Item.Claim.Id == claim.Id).Sum(lane => units[lane.Index]));
                best = Compare(sorted, best) > 0 && KeepsLimits(problem, lanes, units) ? sorted : best;
                return;
            }

            var (lot, claim) = lanes[at];
            var room = Math.Min(
                lot.Quantity - Enumerable.Range(0, at).Where(lane => lanes[lane].Lot == lot).Sum(lane => units[lane]),
                claim.Limit - Enumerable.Range(0, at).Where(lane => lanes[lane].Claim == claim)
                    .Sum(lane => units[lane]));
            for (units[at] = 0; units[at] <= room; units[at] += lot.PackSize)
            {
                if (units[at] == 0 || units[at] >= lot.Minimum)
                {
                    Try(at + 1);
                }
            }

            units[at] = 0;
        }

        Try(0);
        return best;
    }

    /// <summary>The coverages that count, from the lowest; by member, its lowest item that could take more.</summary>
    public static Rational[] Sorted(SharedProblem problem, Func<SharedClaim, long> given)
    {
        Rational Coverage(SharedClaim claim) => Rational.Of(claim.Received + given(claim), claim.Need);
        return problem.By == CoverageBy.MemberItem ? [.. problem.Claims.Select(Coverage).Order()]
            : [.. problem.Claims.GroupBy(claim => claim.Member).Select(member => member
                .Where(claim => given(claim) < claim.Limit).Select(Coverage).DefaultIfEmpty(Rational.Of(1_000_000))
                .Min()).Order()];
    }

    public static int Compare(Rational[] one, Rational[] other) =>
        one.Zip(other, (left, right) => left.CompareTo(right)).FirstOrDefault(order => order != 0);

    public static bool KeepsLimits(SharedProblem problem, (SharedLot Lot, SharedClaim Claim)[] lanes, long[] units) =>
        problem.Limits.All(limit =>
        {
            var loads = lanes.Index().GroupBy(lane => lane.Item.Claim.Member).Select(member => member.Aggregate(
                Rational.Zero, (sum, lane) => sum + (Rational.Of(units[lane.Index]) * limit.Terms
                    .Where(term => (term.Lot ?? lane.Item.Lot.Id) == lane.Item.Lot.Id
                        && (term.Member ?? member.Key) == member.Key)
                    .Aggregate(Rational.Zero, (weight, term) => weight + term.Weight)))).ToList();
            return loads.Aggregate(Rational.Zero, (sum, load) => sum + load) <= limit.Most
                && (limit.Load is not { } each || loads.Aggregate(BigInteger.Zero, (sum, load) =>
                    sum - (Rational.Zero - (load / each)).Floor()) <= (limit.Most / each).Floor());
        });

    private static IEnumerable<SharedClaim> Claims(SeededRandom random, int members, int items, bool mayAccept) =>
        Enumerable.Range(0, members * items).Select(at => new SharedClaim(at, at / items, at % items,
            random.NextBelow(9) + 1, random.NextBelow(3) == 0 ? random.NextBelow(4) : 0,
            mayAccept && random.NextBelow(5) == 0 ? random.NextBelow(5) : null));

    private static SharedLot LotOf(SeededRandom random, int id, int item, int pack)
    {
        var packs = random.NextBelow(5) + 1;
        return new SharedLot(id, item, packs * pack, pack, null,
            random.NextBelow(3) == 0 ? 0 : random.NextBelow(packs * pack) + 1);
    }

    private static IEnumerable<OpenLane> Lanes(SeededRandom random, ImmutableArray<SharedLot> lots, int members) =>
        lots.SelectMany(lot => Enumerable.Range(0, members).Where(_ => random.NextBelow(5) > 0)
            .Select(member => new OpenLane(lot.Id, member)).ToList());

    private static SharedLimit Vehicles(SeededRandom random, int id, int? lot)
    {
        var load = Rational.Of(random.NextBelow(6) + 2, random.NextBelow(2) + 1);
        return new SharedLimit(id, load * Rational.Of(random.NextBelow(4)),
            [new(lot, null, Rational.Of(random.NextBelow(2) + 1))], load);
    }
}
