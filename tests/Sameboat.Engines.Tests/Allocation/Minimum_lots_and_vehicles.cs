using CsCheck;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Minimum_lots_and_vehicles
{
    private const int Cases = 500;

    // 97.2 % of 2,000 were measured; see docs/methods/minimum-lots.md.
    private const double ShareOfAnyMin = 0.90;

    [Fact]
    public void One_lot_with_a_minimum_is_divided_in_the_fairest_way() => Gen.ULong.Sample(seed =>
        IsFairest(SmallWholeProblems.OneLot(seed)).ShouldBeTrue(), iter: Cases);

    [Fact]
    public void One_item_of_one_pack_size_with_few_choices_is_divided_in_the_fairest_way() => Gen.ULong.Sample(seed =>
        IsFairest(SmallWholeProblems.OneItem(seed)).ShouldBeTrue(), iter: Cases);

    [Fact]
    public void Most_small_problems_of_any_kind_reach_the_fairest_plan_and_none_passes_it()
    {
        var reached = Enumerable.Range(0, Cases).Count(seed => IsFairest(SmallWholeProblems.Any((ulong)seed)));
        TestContext.Current.SendDiagnosticMessage($"{reached} of {Cases} reach the enumerated optimum");
        ((double)reached / Cases).ShouldBeGreaterThan(ShareOfAnyMin);
    }

    [Fact]
    public void Nobody_is_above_need_nothing_above_supply_no_line_below_its_minimum_and_no_vehicle_too_many() =>
        Gen.ULong.Sample(seed =>
        {
            var problem = SmallWholeProblems.Any(seed);
            var plan = SharedAllocator.Allocate(problem);
            SharedPlanChecker.Check(problem, plan)?.ToString().ShouldBeNull();
            var (lots, claims) = (problem.Lots.ToDictionary(lot => lot.Id),
                problem.Claims.ToDictionary(claim => claim.Id));
            plan.Lines.ShouldAllBe(line => line.Quantity >= Math.Max(1, lots[line.Lot].Minimum)
                && line.Quantity % lots[line.Lot].PackSize == 0);
            plan.Lines.GroupBy(line => line.Lot).ShouldAllBe(lot =>
                lot.Sum(line => line.Quantity) <= lots[lot.Key].Quantity);
            plan.Lines.GroupBy(line => line.Claim).ShouldAllBe(claim =>
                claim.Sum(line => line.Quantity) <= claims[claim.Key].Limit);
            SmallWholeProblems.KeepsLimits(problem,
                [.. plan.Lines.Select(line => (lots[line.Lot], claims[line.Claim]))],
                [.. plan.Lines.Select(line => line.Quantity)]).ShouldBeTrue();
            plan.Shares.ShouldAllBe(share => share.Fair - share.PackGap
                == Rational.Of(claims[share.Claim].Received + share.Packed, claims[share.Claim].Need));
        }, iter: 2 * Cases);

    [Fact]
    public void The_order_of_the_lists_decides_nothing() => Gen.ULong.Sample(seed =>
    {
        var problem = SmallWholeProblems.Any(seed);
        var turned = problem with
        {
            Claims = [.. problem.Claims.Reverse()], Lots = [.. problem.Lots.Reverse()],
            Lanes = [.. problem.Lanes.Reverse()], Limits = [.. problem.Limits.Reverse()],
        };
        SharedAllocator.Allocate(turned).Lines.ShouldBe(SharedAllocator.Allocate(problem).Lines);
    }, iter: Cases);

    [Fact]
    public void A_lot_too_small_for_two_goes_to_one_and_the_others_gap_is_stated()
    {
        var problem = new SharedProblem([new(1, 1, 1, 10), new(2, 2, 1, 10)],
            [new(1, 1, 12, 1, null, Minimum: 8)], [new(1, 1), new(1, 2)], []);
        var plan = SharedAllocator.Allocate(problem);
        plan.Lines.ShouldHaveSingleItem().Quantity.ShouldBe(10);
        plan.Shares.Select(share => share.PackGap.ToString()).Order().ShouldBe(["-2/5", "3/5"]);
        SharedPlanChecker.Check(problem, plan).ShouldBeNull();
        SharedPlanChecker.Check(problem, Forged(plan, 6, 6))!.ToString()
            .ShouldBe("minimum at lot 1, claim 1: found 6, expected nothing or at least 8");
        SharedPlanChecker.Check(problem, Forged(plan, 8, 0)).ShouldBeNull();
        SharedPlanChecker.Check(problem, plan with { Lines = Forged(plan, 8, 0).Lines })!.What.ShouldBe("share");
    }

    [Fact]
    public void Two_vehicles_serve_two_members_though_three_halves_would_fit_into_them()
    {
        var problem = new SharedProblem([new(1, 1, 1, 10), new(2, 2, 1, 10), new(3, 3, 1, 10)], [new(1, 1, 30)],
            [new(1, 1), new(1, 2), new(1, 3)],
            [new(4, Rational.Of(20), [new(null, null, Rational.One)], Load: Rational.Of(10))]);
        var plan = SharedAllocator.Allocate(problem);
        plan.Lines.Select(line => line.Quantity).ShouldBe([10L, 10L]);
        VehicleUse.Of(problem, plan.Lines).Select(use => (use.Limit, use.Vehicles, use.Load))
            .ShouldBe([(4, 1L, Rational.Of(10)), (4, 1L, Rational.Of(10))]);
        SharedPlanChecker.Check(problem, plan).ShouldBeNull();
        SharedPlanChecker.Check(problem, Forged(plan, 6, 6, 6))!.ToString()
            .ShouldBe("vehicles at limit 4: found 3 vehicles, expected no more than 2, each for one member");
        var shared = problem with { Limits = [problem.Limits[0] with { Load = null }] };
        SharedAllocator.Allocate(shared).Lines.Select(line => line.Quantity).Order().ShouldBe([6L, 7L, 7L]);
    }

    [Fact]
    public void A_plan_for_a_lower_minimum_or_for_more_vehicles_is_refused() => Gen.ULong.Sample(seed =>
    {
        var problem = SmallWholeProblems.Any(seed);
        var plan = SharedAllocator.Allocate(problem);
        if (plan.Lines.FirstOrDefault(line => problem.Lots.Any(lot => lot.Id == line.Lot
            && line.Quantity < lot.Quantity / lot.PackSize * lot.PackSize)) is { } line)
        {
            SharedPlanChecker.Check(problem with
            {
                Lots = [.. problem.Lots.Select(lot => lot.Id == line.Lot
                    ? lot with { Minimum = line.Quantity + 1 } : lot)],
            }, plan)!.What.ShouldBe("minimum");
        }

        foreach (var used in VehicleUse.Of(problem, plan.Lines).GroupBy(use => use.Limit))
        {
            // As many loads as are used are there; one vehicle fewer of them is a larger load.
            var limit = problem.Limits.First(one => one.Id == used.Key);
            var fewer = used.Sum(use => use.Vehicles) - 1;
            var other = limit with
            {
                Load = fewer == 0 ? limit.Most * Rational.Of(2) : limit.Most / Rational.Of(fewer),
            };
            if (used.Count() > fewer)
            {
                SharedPlanChecker.Check(problem with { Limits = problem.Limits.Replace(limit, other) }, plan)!.What
                    .ShouldBe(fewer == 0 ? "problem" : "vehicles");
            }
        }
    }, iter: Cases);

    [Theory]
    [InlineData(-1, 1, "a minimum of -1")]
    [InlineData(13, 1, "a minimum of 13")]
    [InlineData(11, 5, "a minimum of 11")]
    public void A_minimum_that_no_line_can_reach_is_refused_by_both(long minimum, long pack, string found)
    {
        var problem = new SharedProblem([new(1, 1, 1, 10)], [new(1, 1, 12, pack)], [new(1, 1)], []);
        var plan = SharedAllocator.Allocate(problem);
        problem = problem with { Lots = [problem.Lots[0] with { Minimum = minimum }] };
        problem.Refusals().ShouldHaveSingleItem().Found.ShouldBe(found);
        SharedPlanChecker.Check(problem, plan)!.ToString().ShouldStartWith("problem at lot 1: found " + found);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    [InlineData(7)]
    public void A_load_that_makes_no_whole_number_of_vehicles_is_refused_by_both(int load)
    {
        var problem = new SharedProblem([new(1, 1, 1, 10)], [new(1, 1, 12)], [new(1, 1)],
            [new(4, Rational.Of(20), [new(null, null, Rational.One)])]);
        var plan = SharedAllocator.Allocate(problem);
        problem = problem with { Limits = [problem.Limits[0] with { Load = Rational.Of(load) }] };
        problem.Refusals().ShouldHaveSingleItem().Part.ShouldBe(SharedPart.Limit);
        SharedPlanChecker.Check(problem, plan)!.ToString().ShouldStartWith("problem at limit 4: found a load of");
    }

    [Fact]
    public void A_part_of_many_lanes_is_searched_within_its_tries()
    {
        var random = new SeededRandom(11);
        const int Members = 60;
        var problem = new SharedProblem(
            [.. Enumerable.Range(0, Members).Select(at => new SharedClaim(at, at, 0, random.NextBelow(900) + 100))],
            [.. Enumerable.Range(0, 10).Select(lot => new SharedLot(lot, 0, 1_200, 10, null, lot < 5 ? 300 : 0))],
            [.. Enumerable.Range(0, 10).SelectMany(lot => Enumerable.Range(0, Members)
                .Where(_ => random.NextBelow(3) > 0).Select(member => new OpenLane(lot, member)).ToList())],
            [new(0, Rational.Of(12_000), [new(null, null, Rational.One)], Rational.Of(300))]);
        var plan = SharedAllocator.Allocate(problem);
        SharedPlanChecker.Check(problem, plan).ShouldBeNull();
        plan.Lines.Sum(line => line.Quantity).ShouldBeGreaterThan(9_000);
    }

    /// <summary>The plan with other quantities of lot 1, and sums and gaps made to fit.</summary>
    private static SharedPlan Forged(SharedPlan plan, params long[] quantities) => plan with
    {
        Lines = [.. quantities.Index().Where(given => given.Item > 0)
            .Select(given => new PackLine(1, given.Index + 1, given.Item, given.Item))],
        Shares = [.. plan.Shares.Select((share, at) => share with
        {
            Packed = quantities[at], PackGap = share.Fair - Rational.Of(quantities[at], 10),
        })],
    };

    private static bool IsFairest(SharedProblem problem)
    {
        var plan = SharedAllocator.Allocate(problem);
        SharedPlanChecker.Check(problem, plan)?.ToString().ShouldBeNull();
        var packed = plan.Shares.ToDictionary(share => share.Claim, share => share.Packed);
        var order = SmallWholeProblems.Compare(SmallWholeProblems.Sorted(problem, claim => packed[claim.Id]),
            SmallWholeProblems.Fairest(problem));
        order.ShouldBeLessThanOrEqualTo(0);
        return order == 0;
    }
}
