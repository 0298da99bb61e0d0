using System.Collections.Immutable;
using CsCheck;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>
/// Which fairness properties each compared rule has, on random problems, and a kept problem for each that it has not.
/// The table is in docs/methods/fairness-properties.md; leximin itself is in Equal_members and Checked_plans.
/// </summary>
public sealed class Rules_and_their_properties
{
    private static readonly AllocationProblem SharedAndOwn = new(
        [new(1, 10), new(2, 10)],
        [new(1, 6), new(2, 10)],
        [RemovedLanes.AllBut(2, LaneRemoval.RouteClosed, 1)],
        Seed: 1);

    [Theory]
    [InlineData(DivisionRule.EqualCoverage)]
    [InlineData(DivisionRule.ProportionalToNeed)]
    [InlineData(DivisionRule.FirstCome)]
    public void The_order_of_the_lists_decides_nothing(DivisionRule rule) => Try((problem, random) =>
    {
        var claims = problem.Claims.ToArray();
        random.Shuffle(claims.AsSpan());
        Under(problem with { Claims = [.. claims], Lots = [.. problem.Lots.Reverse()] }, rule)
            .ShouldBe(Under(problem, rule));
    });

    [Fact]
    public void Equal_coverage_decides_nothing_by_ids() => Try((problem, _) =>
        Under(Renamed(problem), DivisionRule.EqualCoverage).OrderByDescending(share => share.Key)
            .Select(share => share.Value).ShouldBe(Under(problem, DivisionRule.EqualCoverage).Values));

    [Fact]
    public void Lot_by_lot_the_ids_decide()
    {
        Text(Under(SharedAndOwn, DivisionRule.ProportionalToNeed)).ShouldBe("1 3/10");
        var swapped = SharedAndOwn with
        {
            Lots = [new(2, 6), new(1, 10)], Removed = [RemovedLanes.AllBut(1, LaneRemoval.RouteClosed, 1)],
        };
        Text(Under(swapped, DivisionRule.ProportionalToNeed)).ShouldBe("1 3/5");
    }

    [Fact]
    public void First_come_the_ids_decide()
    {
        var problem = new AllocationProblem([new(1, 10), new(2, 5)], [new(1, 10)], [], Seed: 1);
        Text(Under(problem, DivisionRule.FirstCome)).ShouldBe("1 0");
        Text(Under(problem with { Claims = [new(2, 10), new(1, 5)] }, DivisionRule.FirstCome)).ShouldBe("1 1/2");
    }

    [Theory]
    [InlineData(DivisionRule.EqualCoverage)]
    [InlineData(DivisionRule.FirstCome)]
    public void Needs_and_lots_many_times_as_large_change_no_coverage(DivisionRule rule) => Try((problem, random) =>
        Under(Times(problem, 2 + random.NextBelow(5)), rule).ShouldBe(Under(problem, rule)));

    [Fact]
    public void Lot_by_lot_whole_units_feel_the_scale()
    {
        var problem = new AllocationProblem([new(1, 1), new(2, 1)], [new(1, 1)], [], Seed: 1);
        Text(Under(problem, DivisionRule.ProportionalToNeed)).ShouldBe("1 0");
        Text(Under(Times(problem, 2), DivisionRule.ProportionalToNeed)).ShouldBe("1/2 1/2");
    }

    [Fact]
    public void Equal_coverage_of_a_claim_split_in_two_is_that_of_the_whole() => Try((problem, random) =>
    {
        var whole = Times(problem, 2);
        var own = problem.Claims[random.NextBelow(problem.Claims.Length)];
        var before = Under(whole, DivisionRule.EqualCoverage);
        Under(Split(whole, own, 99), DivisionRule.EqualCoverage).ShouldBe(before.Add(99, before[own.Id]));
    });

    [Theory]
    [InlineData(DivisionRule.ProportionalToNeed, "1/2 1/2", "1 1/2 0")]
    [InlineData(DivisionRule.FirstCome, "1 0", "1 1/2 0")]
    public void Other_rules_change_when_a_claim_is_split(DivisionRule rule, string before, string after)
    {
        var problem = new AllocationProblem([new(1, 2), new(2, 2)], [new(1, 2)], [], Seed: 1);
        Text(Under(problem, rule)).ShouldBe(before);
        Text(Under(Split(problem, new(1, 1), 99), rule)).ShouldBe(after);
    }

    [Theory]
    [InlineData(DivisionRule.EqualCoverage)]
    [InlineData(DivisionRule.FirstCome)]
    public void More_in_a_lot_leaves_nobody_with_less(DivisionRule rule) => Try((problem, random) =>
    {
        var more = Under(More(problem, random), rule);
        Under(problem, rule).All(share => share.Value <= more[share.Key]).ShouldBeTrue();
    });

    [Fact]
    public void Equal_coverage_falls_when_a_lot_comes_in_that_reaches_somebody_else()
    {
        var problem = new AllocationProblem([new(1, 10), new(2, 10)], [new(1, 10)],
            [RemovedLanes.To(1, LaneRemoval.RouteClosed, 2)], Seed: 1);
        Text(Under(problem, DivisionRule.EqualCoverage)).ShouldBe("1 0");
        Text(Under(problem with { Lots = [new(1, 10), new(2, 1)] }, DivisionRule.EqualCoverage))
            .ShouldBe("1/10 1/10");
    }

    [Fact]
    public void Equal_coverage_gives_nobody_more_than_somebody_in_want_has() => Try((problem, _) =>
    {
        var coverage = Under(problem, DivisionRule.EqualCoverage);
        var given = problem.Claims.Where(claim => coverage[claim.Id] > Start(claim)).ToList();
        var wanting = problem.Claims.Where(claim => coverage[claim.Id] < Full(claim)
            && problem.Lots.Any(lot => lot.Quantity > 0
                && !problem.Removed.Any(removed => removed.Lot == lot.Id && removed.Closes(claim.Id))));
        foreach (var claim in wanting)
        {
            given.All(other => coverage[other.Id] <= coverage[claim.Id]).ShouldBeTrue();
        }
    });

    [Fact]
    public void Equal_coverage_leaves_in_stock_what_somebody_needs()
    {
        Text(Under(SharedAndOwn with { Lots = [new(1, 2), new(2, 10)] }, DivisionRule.EqualCoverage))
            .ShouldBe("1/5 1/5");
        Text(Under(SharedAndOwn with { Lots = [new(1, 2), new(2, 10)] }, DivisionRule.Leximin)).ShouldBe("1 1/5");
    }

    [Theory]
    [InlineData(DivisionRule.ProportionalToNeed, "1 3/10")]
    [InlineData(DivisionRule.FirstCome, "1 0")]
    public void Other_rules_leave_justified_envy(DivisionRule rule, string coverages)
    {
        // Claim 1 holds units of lot 1 that claim 2 could have, though lot 2 is there for claim 1 alone.
        Text(Under(SharedAndOwn, rule)).ShouldBe(coverages);
        Text(Under(SharedAndOwn, DivisionRule.Leximin)).ShouldBe("1 3/5");
    }

    [Fact]
    public void By_population_more_in_a_lot_leaves_nobody_with_less_and_ids_and_scale_decide_nothing() =>
        Try((problem, random) =>
        {
            var people = problem.Claims.ToDictionary(claim => claim.Id, claim => claim.Need + random.NextBelow(9));
            var plan = ByPopulation(problem, claim => people[claim.Id]);
            var more = ByPopulation(More(problem, random), claim => people[claim.Id]);
            plan.All(share => share.Value <= more[share.Key]).ShouldBeTrue();
            plan.Values.All(value => value <= Rational.Of(2) && value >= Rational.Zero).ShouldBeTrue();
            ByPopulation(Times(problem, 3), claim => 3 * people[claim.Id]).ShouldBe(plan);
            ByPopulation(Renamed(problem), claim => people[-claim.Id]).OrderByDescending(share => share.Key)
                .Select(share => share.Value).ShouldBe(plan.Values);
        });

    [Fact]
    public void By_population_who_needs_more_is_covered_less()
    {
        var problem = new AllocationProblem([new(1, 2), new(2, 10)], [new(1, 6)], [], Seed: 1);
        Text(ByPopulation(problem, _ => 100)).ShouldBe("1 2/5");
        Text(Under(problem, DivisionRule.Leximin)).ShouldBe("1/2 1/2");
    }

    /// <summary>Leximin in shares of people, where nobody takes more than the need: coverage by claim.</summary>
    private static ImmutableSortedDictionary<int, Rational> ByPopulation(
        AllocationProblem problem, Func<Claim, long> people) =>
        Allocator.Allocate(problem with
        {
            Claims = [.. problem.Claims.Select(claim => claim with
            {
                Need = people(claim), AcceptsAtMost = claim.Limit,
            })],
        }).Shares.ToImmutableSortedDictionary(share => share.Claim, share =>
        {
            var claim = problem.Claims.First(claim => claim.Id == share.Claim);
            return (Rational.Of(claim.Received) + share.FairAmount) / Rational.Of(claim.Need);
        });

    private static ImmutableSortedDictionary<int, Rational> Under(AllocationProblem problem, DivisionRule rule) =>
        Counterfactuals.Under(problem, rule).Coverage;

    private static AllocationProblem Renamed(AllocationProblem problem) => problem with
    {
        Claims = [.. problem.Claims.Select(claim => claim with { Id = -claim.Id })],
        Lots = [.. problem.Lots.Select(lot => lot with { Id = -lot.Id })],
        Removed = [.. problem.Removed.Select(removed => removed with
        {
            Lot = -removed.Lot, Claims = [.. removed.Claims.Select(claim => -claim)],
        })],
    };

    private static AllocationProblem More(AllocationProblem problem, SeededRandom random)
    {
        var at = random.NextBelow(problem.Lots.Length);
        var lot = problem.Lots[at];
        return problem with
        {
            Lots = problem.Lots.SetItem(at, lot with { Quantity = lot.Quantity + (lot.PackSize * 2) }),
        };
    }

    private static AllocationProblem Split(AllocationProblem whole, Claim half, int newId) => whole with
    {
        Claims = [.. whole.Claims.Select(claim => claim.Id == half.Id ? half : claim), half with { Id = newId }],
        Removed = [.. whole.Removed.Select(removed => removed.Claims.Contains(half.Id)
            ? removed with { Claims = removed.Claims.Add(newId) } : removed)],
    };

    private static AllocationProblem Times(AllocationProblem problem, int factor) => problem with
    {
        Claims = [.. problem.Claims.Select(claim => claim with
        {
            Need = claim.Need * factor,
            Received = claim.Received * factor,
            AcceptsAtMost = claim.AcceptsAtMost * factor,
        })],
        Lots = [.. problem.Lots.Select(lot => lot with { Quantity = lot.Quantity * factor })],
    };

    private static Rational Start(Claim claim) => Rational.Of(claim.Received, claim.Need);

    private static Rational Full(Claim claim) => Rational.Of(claim.Received + claim.Limit, claim.Need);

    private static string Text(ImmutableSortedDictionary<int, Rational> coverage) =>
        string.Join(' ', coverage.Values);

    private static void Try(Action<AllocationProblem, SeededRandom> property) =>
        Gen.Select(SmallProblems.Any, Gen.ULong, (problem, seed) => (Problem: problem, Seed: seed)).Array[1].Sample(
            tried => property(tried[0].Problem, new SeededRandom(tried[0].Seed)),
            iter: SmallProblems.Cases,
            print: tried => $"{tried[0].Seed} on {SmallProblems.Print(tried[0].Problem)}");
}
