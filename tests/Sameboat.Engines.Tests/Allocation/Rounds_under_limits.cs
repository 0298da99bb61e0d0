using System.Collections.Immutable;
using CsCheck;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Rounds_under_limits
{
    private const int Cases = 1_000;

    [Fact]
    public void Without_limits_a_round_is_that_of_the_single_item_engine() => Gen.ULong.Sample(seed =>
    {
        var random = new SeededRandom(seed);
        var (members, pack) = (random.NextBelow(4) + 1, random.NextBelow(3) + 1);
        ImmutableArray<SharedClaim> claims = [.. Enumerable.Range(0, members)
            .Select(at => new SharedClaim(at, at, 0, random.NextBelow(20) + 1))];
        var problem = new SharedProblem(claims, [new(0, 0, random.NextBelow(20) + pack, pack)],
            [.. claims.Select(claim => new OpenLane(0, claim.Member))], [])
        {
            Seed = seed,
            Owed = claims.ToImmutableSortedDictionary(claim => claim.Id,
                _ => Rational.Of(random.NextBelow(9) - 4, random.NextBelow(2) + 1)),
        };
        var single = new AllocationProblem([.. claims.Select(claim => new Claim(claim.Id, claim.Need))],
            [new(0, problem.Lots[0].Quantity, pack)], [], seed);
        var plan = SharedAllocator.Allocate(problem);
        SharedPlanChecker.Check(problem, plan)?.ToString().ShouldBeNull();
        var fair = Allocator.Allocate(single with { Lots = [new(0, single.Lots[0].Quantity / pack * pack, pack)] });
        var packed = plan.Shares.ToDictionary(share => share.Claim, share => share.Packed);
        SharedRounds.After(plan).ShouldBe(fair.Shares.ToImmutableSortedDictionary(share => share.Claim, share =>
            Rational.Of(((problem.Owed[share.Claim] + share.FairAmount - Rational.Of(packed[share.Claim]))
                * Rational.Of(FairRounds.UnitParts)).Floor(), FairRounds.UnitParts)));
    }, iter: Cases);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_minimum_lot_or_a_vehicle_that_only_one_can_have_goes_round(bool vehicle)
    {
        var owed = ImmutableSortedDictionary<int, Rational>.Empty;
        var given = new long[3];
        for (var round = 0; round < 30; round++)
        {
            var problem = new SharedProblem([.. Enumerable.Range(0, 3).Select(at => new SharedClaim(at, at, 0, 30))],
                [new(0, 0, 12, 1, null, vehicle ? 0 : 12)],
                [.. Enumerable.Range(0, 3).Select(member => new OpenLane(0, member))],
                vehicle ? [new(0, Rational.Of(12), [new(null, null, Rational.One)], Rational.Of(12))] : [])
            {
                Seed = LotteryCommitment.ForRound(5, round),
                Owed = owed,
            };
            var plan = SharedAllocator.Allocate(problem);
            given[plan.Lines.ShouldHaveSingleItem().Claim] += plan.Lines[0].Quantity;
            owed = SharedRounds.After(plan);
        }

        given.ShouldAllBe(units => units == 120);
    }

    [Fact]
    public void Packs_left_by_a_limit_go_to_whoever_is_owed_more()
    {
        var problem = new SharedProblem([new(0, 0, 0, 10), new(1, 1, 0, 10)], [new(0, 0, 20)],
            [new(0, 0), new(0, 1)], [new(0, Rational.Of(7), [new(null, null, Rational.One)])]);
        foreach (var (owes, first) in new[] { (0, 3L), (1, 4L) })
        {
            var plan = SharedAllocator.Allocate(problem with
            {
                Owed = ImmutableSortedDictionary<int, Rational>.Empty.Add(1 - owes, Rational.Of(2)),
            });
            plan.Shares[0].Packed.ShouldBe(first);
            plan.Shares.Sum(share => share.Packed).ShouldBe(7);
        }
    }

    [Fact]
    public void More_owed_than_64_bits_hold_is_refused() => new SharedProblem([new(0, 0, 0, 10)], [], [], [])
    {
        Owed = ImmutableSortedDictionary<int, Rational>.Empty.Add(0, Rational.Of(long.MinValue)),
    }.Refusals().ShouldHaveSingleItem().Part.ShouldBe(SharedPart.Problem);

    [Fact]
    public void By_population_is_told_apart_where_whole_numbers_do_not_reach()
    {
        var problem = new SharedProblem([new(0, 0, 0, long.MaxValue / 8), new(1, 1, 0, 10)], [], [], []);
        SharedRules.IsDivisibleByPopulation(problem, _ => 1).ShouldBeTrue();
        SharedRules.IsDivisibleByPopulation(problem, member => member == 0 ? 1 : 1_000_000).ShouldBeFalse();
        SharedRules.IsDivisibleByPopulation(problem, _ => 0).ShouldBeFalse();
    }
}
