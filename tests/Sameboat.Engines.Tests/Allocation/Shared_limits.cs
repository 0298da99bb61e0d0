using System.Collections.Immutable;
using CsCheck;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Shared_limits
{
    private const int Cases = 2_000;

    [Fact]
    public void Without_limits_every_coverage_is_the_fraction_of_the_single_item_engine() =>
        SmallProblems.Any.Sample(problem =>
        {
            var plan = SharedAllocator.Allocate(AsShared(problem));
            Allocator.Allocate(problem).Shares.Select(share => share.FairCoverage)
                .ShouldBe(plan.Shares.Select(share => share.Coverage));
            SharedPlanChecker.Check(AsShared(problem), plan).ShouldBeNull();
        }, iter: Cases);

    [Fact]
    public void Every_plan_under_limits_is_exact_and_proved() => Gen.ULong.Sample(seed =>
    {
        var problem = RandomProblem(seed);
        var plan = SharedAllocator.Allocate(problem);
        SharedPlanChecker.Check(problem, plan)?.ToString().ShouldBeNull();
        plan.LargestGap.ShouldBe(Rational.Zero);
    }, iter: Cases);

    [Fact]
    public void A_program_that_the_solver_gives_up_once_is_solved_another_way()
    {
        // Limits of nothing on two lots: the simplex from the usual start found no optimum.
        var problem = RandomProblem(33_673_695_911);
        SharedPlanChecker.Check(problem, SharedAllocator.Allocate(problem))?.ToString().ShouldBeNull();
    }

    [Fact]
    public void A_plan_that_gives_one_unit_more_than_a_limit_is_refused()
    {
        var problem = new SharedProblem([new(1, 1, 1, 10), new(2, 2, 1, 10)], [new(1, 1, 20)],
            [new(1, 1), new(1, 2)], [new(1, Rational.Of(6), [new(null, 1, Rational.Of(2))])]);
        var plan = SharedAllocator.Allocate(problem);
        plan.Shares.Select(share => share.Coverage.ToString()).ShouldBe(["3/10", "1"]);
        SharedPlanChecker.Check(problem, plan).ShouldBeNull();
        var lower = problem with { Limits = [problem.Limits[0] with { Most = Rational.Of(5) }] };
        SharedPlanChecker.Check(lower, plan)!.What.ShouldBe("limit");
        var higher = problem with { Limits = [problem.Limits[0] with { Most = Rational.Of(7) }] };
        SharedPlanChecker.Check(higher, plan)!.What.ShouldBe("level");
    }

    [Fact]
    public void More_of_a_limit_never_lowers_the_sorted_coverage() => Gen.ULong.Sample(seed =>
    {
        var problem = RandomProblem(seed) with { By = CoverageBy.MemberItem };
        var wider = problem with
        {
            Limits = [.. problem.Limits.Select((limit, at) =>
                at == 0 ? limit with { Most = limit.Most + Rational.Of(2) } : limit)],
        };
        Sorted(wider).Zip(Sorted(problem), (more, less) => more.CompareTo(less))
            .FirstOrDefault(order => order != 0).ShouldBeGreaterThanOrEqualTo(0);
    }, iter: Cases);

    [Fact]
    public void Renaming_members_and_lots_changes_nobodys_coverage() => Gen.ULong.Sample(seed =>
    {
        var problem = RandomProblem(seed);
        var renamed = problem with
        {
            Claims = [.. problem.Claims.Select(claim => claim with { Id = -claim.Id, Member = 50 - claim.Member })],
            Lots = [.. problem.Lots.Select(lot => lot with { Id = 90 - lot.Id })],
            Lanes = [.. problem.Lanes.Select(lane => new OpenLane(90 - lane.Lot, 50 - lane.Member)).Reverse()],
            Limits = [.. problem.Limits.Select(limit => limit with
            {
                Terms = [.. limit.Terms.Select(term => new LimitTerm(90 - term.Lot, 50 - term.Member, term.Weight))],
            })],
        };
        SharedAllocator.Allocate(renamed).Shares.Reverse().Select(share => share.Fair)
            .ShouldBe(SharedAllocator.Allocate(problem).Shares.Select(share => share.Fair));
    }, iter: Cases);

    private static Rational[] Sorted(SharedProblem problem) =>
        [.. SharedAllocator.Allocate(problem).Shares.Select(share => share.Fair).Order()];

    private static SharedProblem AsShared(AllocationProblem problem) => new(
        [.. problem.Claims.Select(claim =>
            new SharedClaim(claim.Id, claim.Id, 1, claim.Need, claim.Received, claim.AcceptsAtMost))],
        [.. problem.Lots.Select(lot => new SharedLot(lot.Id, 1, lot.Quantity, lot.PackSize))],
        [.. problem.Lots.SelectMany(lot => problem.Claims
            .Where(claim => !problem.Removed.Any(removed => removed.Lot == lot.Id && removed.Closes(claim.Id)))
            .Select(claim => new OpenLane(lot.Id, claim.Id)))],
        []);

    internal static SharedProblem RandomProblem(ulong seed)
    {
        var random = new SeededRandom(seed);
        var (members, items, lots) = (random.NextBelow(4) + 1, random.NextBelow(3) + 1, random.NextBelow(5) + 1);
        ImmutableArray<SharedClaim> claims = [.. Enumerable.Range(0, members * items)
            .Where(_ => random.NextBelow(4) > 0)
            .Select(at => new SharedClaim(at + 1, at / items, at % items, random.NextBelow(9) + 1,
                random.NextBelow(4) == 0 ? random.NextBelow(4) : 0,
                random.NextBelow(5) == 0 ? random.NextBelow(5) : null))];
        ImmutableArray<SharedLot> supply = [.. Enumerable.Range(0, lots)
            .Select(lot =>
                new SharedLot(lot, random.NextBelow(items), random.NextBelow(9) + 2, random.NextBelow(2) + 1))];
        var known = claims.Select(claim => claim.Member).Distinct().ToArray();
        return new SharedProblem(claims, supply,
            [.. supply.SelectMany(lot => known.Where(_ => random.NextBelow(3) > 0)
                .Select(member => new OpenLane(lot.Id, member)))],
            [.. Enumerable.Range(0, known.Length == 0 ? 0 : random.NextBelow(4) + 1)
                .Select(limit => new SharedLimit(limit,
                Rational.Of(random.NextBelow(12), random.NextBelow(2) + 1),
                [.. Enumerable.Range(0, random.NextBelow(3) + 1).Select(_ => new LimitTerm(
                    random.NextBelow(2) == 0 ? random.NextBelow(lots) : null,
                    random.NextBelow(2) == 0 ? known[random.NextBelow(known.Length)] : null,
                    Rational.Of(random.NextBelow(5), random.NextBelow(2) + 1)))]))],
            random.NextBelow(2) == 0 ? CoverageBy.MemberItem : CoverageBy.Member);
    }
}
