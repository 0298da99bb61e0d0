using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class What_a_shared_plan_may_not_say
{
    // Member 1 needs two items, member 2 one; both limits bind.
    private static readonly SharedProblem Problem = new(
        [new(1, 1, 1, 10), new(2, 1, 2, 10), new(3, 2, 1, 10, 1, 4)],
        [new(1, 1, 12, 2), new(2, 2, 9, 3), new(3, 2, 0)],
        [new(1, 1), new(2, 1), new(3, 1), new(1, 2)],
        [new(7, Rational.Of(6), [new(1, 1, Rational.Of(1)), new(2, null, Rational.Of(1, 2))])]);

    private static readonly Dictionary<string, (Func<SharedProblem, SharedProblem> Change, string Expected)> Problems =
        new()
        {
            ["claims are missing"] = (own => own with { Claims = default }, "problem at its lists"),
            ["lots are missing"] = (own => own with { Lots = default }, "problem at its lists"),
            ["lanes are missing"] = (own => own with { Lanes = default }, "problem at its lists"),
            ["limits are missing"] = (own => own with { Limits = default }, "problem at its lists"),
            ["terms are missing"] = (own => own with { Limits = [new(7, default, default)] }, "problem at its lists"),
            ["no need"] = (own => Claim(own, claim => claim with { Need = 0 }), "problem at claim 1"),
            ["received below 0"] = (own => Claim(own, claim => claim with { Received = -1 }), "problem at claim 1"),
            ["accepts below 0"] = (own => Claim(own, claim => claim with { AcceptsAtMost = -1 }), "problem at claim 1"),
            ["a claim's id twice"] = (own => Claim(own, claim => claim with { Id = 2 }), "problem at claim 2"),
            ["a member and item twice"] = (own => Claim(own, claim => claim with { Item = 2 }), "problem at claim 2"),
            ["a lot below 0"] = (own => Lot(own, lot => lot with { Quantity = -1 }), "problem at lot 1"),
            ["a pack of 0"] = (own => Lot(own, lot => lot with { PackSize = 0 }), "problem at lot 1"),
            ["a pack above its lot"] = (own => Lot(own, lot => lot with { PackSize = 13 }), "problem at lot 1"),
            ["a lot's id twice"] = (own => Lot(own, lot => lot with { Id = 2 }), "problem at lot 2"),
            ["a lane from no lot"] = (own => own with { Lanes = own.Lanes.Add(new(9, 1)) },
                "problem at lot 9, member 1"),
            ["a lane to no member"] = (own => own with { Lanes = own.Lanes.Add(new(1, 9)) },
                "problem at lot 1, member 9"),
            ["a lane twice"] = (own => own with { Lanes = own.Lanes.Add(new(1, 1)) }, "problem at lot 1, member 1"),
            ["a limit below 0"] = (own => Limit(own, limit => limit with { Most = Rational.Of(-1) }),
                "problem at limit 7"),
            ["a limit twice"] = (own => own with { Limits = own.Limits.Add(own.Limits[0]) }, "problem at limit 7"),
            ["a weight below 0"] = (own => Limit(own, limit => limit with { Terms = [new(1, 1, Rational.Of(-1))] }),
                "problem at limit 7"),
            ["a term of no lot"] = (own => Limit(own, limit => limit with { Terms = [new(9, 1, Rational.One)] }),
                "problem at limit 7"),
            ["a term of no member"] = (own => Limit(own, limit => limit with { Terms = [new(1, 9, Rational.One)] }),
                "problem at limit 7"),
            ["a limit that is smaller"] = (own => Limit(own, limit => limit with { Most = Rational.Of(5) }),
                "limit at limit 7"),
            ["a limit that is larger"] = (own => Limit(own, limit => limit with { Most = Rational.Of(7) }),
                "level at prices 0"),
            ["a lot that is smaller"] = (own => Lot(own, lot => lot with { Quantity = 2 }), "lot at lot 1"),
            ["a claim that accepts less"] = (own => Claim(own, claim => claim with { AcceptsAtMost = 1 }),
                "claim at claim 1"),
        };

    private static readonly Dictionary<string, (Func<SharedPlan, SharedPlan> Change, string Expected)> Plans = new()
    {
        ["a flow on a closed lane"] = (own => own with { Flows = own.Flows.Add(new(2, 3, Rational.One)) },
            "flow at lot 2, claim 3"),
        ["a flow of 0"] = (own => own with { Flows = own.Flows.SetItem(0, own.Flows[0] with { Amount = default }) },
            "flow at lot 1, claim 1"),
        ["a flow twice"] = (own => own with { Flows = own.Flows.Add(own.Flows[0]) }, "flow at lot 1, claim 1"),
        ["a line from no lot"] = (own => own with { Lines = own.Lines.Add(new(9, 1, 1, 1)) }, "line at lot 9, claim 1"),
        ["a line without packs"] = (own => own with { Lines = own.Lines.Add(new(3, 2, 0, 0)) },
            "line at lot 3, claim 2"),
        ["a line that is no packs"] = (own => own with { Lines = own.Lines.Add(new(3, 2, 1, 2)) },
            "line at lot 3, claim 2"),
        ["a line twice"] = (own => own with { Lines = own.Lines.Add(own.Lines[0]) }, "line at lot 1, claim 1"),
        ["a share of no claim"] = (own => Share(own, share => share with { Claim = 9 }), "share at claim 9"),
        ["a share twice"] = (own => own with { Shares = own.Shares.Add(own.Shares[0]) }, "share at claim 1"),
        ["no share"] = (own => own with { Shares = own.Shares[1..] }, "share at claim 1"),
        ["a fair coverage"] = (own => Share(own, share => share with { Fair = Rational.One }), "share at claim 1"),
        ["a gap"] = (own => Share(own, share => share with { Gap = Rational.One }), "share at claim 1"),
        ["a gap in packs"] = (own => Share(own, share => share with { PackGap = Rational.One }), "share at claim 1"),
        ["prices out of the list"] = (own => Share(own, share => share with { Prices = own.Prices.Length }),
            "prices at claim 1"),
        ["prices before the list"] = (own => Share(own, share => share with { Prices = -1 }), "prices at claim 1"),
        ["prices without a level"] = (own => own with
        {
            Shares = own.Shares.SetItem(2, own.Shares[2] with { Prices = 0 }),
        }, "prices at claim 3"),
        ["prices of no level"] = (own => own with { Prices = own.Prices.Add(own.Prices[0]) }, "prices at prices 1"),
        ["a price of no lot"] = (own => Prices(own, prices => prices with
        {
            LotPrices = prices.LotPrices.Add(9, Rational.One),
        }), "prices at prices 0"),
        ["a price of no limit"] = (own => Prices(own, prices => prices with
        {
            LimitPrices = prices.LimitPrices.Add(9, Rational.One),
        }), "prices at prices 0"),
        ["a lot's price below 0"] = (own => Prices(own, prices => prices with
        {
            LotPrices = prices.LotPrices.SetItem(2, Rational.Of(-1)),
        }), "prices at prices 0"),
        ["a limit's price below 0"] = (own => Prices(own, prices => prices with
        {
            LimitPrices = prices.LimitPrices.SetItem(7, Rational.Of(-1)),
        }), "prices at prices 0"),
        ["prices that hold nobody"] = (own => Prices(own, prices => prices with
        {
            LotPrices = prices.LotPrices.Clear(), LimitPrices = prices.LimitPrices.Clear(),
        }), "level at claim 1"),
    };

    public static TheoryData<string> OfProblems => [.. Problems.Keys];

    public static TheoryData<string> OfPlans => [.. Plans.Keys];

    [Theory]
    [MemberData(nameof(OfProblems))]
    public void About_a_problem_that_is_none_or_another_is_refused(string wrong)
    {
        var (change, expected) = Problems[wrong];
        Found(change(Problem), SharedAllocator.Allocate(Problem)).ShouldStartWith(expected + ": found ");
    }

    [Theory]
    [MemberData(nameof(OfPlans))]
    public void In_a_list_of_its_own_is_refused(string wrong)
    {
        var (change, expected) = Plans[wrong];
        Found(Problem, change(SharedAllocator.Allocate(Problem))).ShouldStartWith(expected + ": found ");
    }

    [Fact]
    public void By_member_is_that_two_items_of_one_stand_at_two_levels()
    {
        var problem = Problem with { By = CoverageBy.Member };
        var plan = SharedAllocator.Allocate(problem);
        Found(problem, plan).ShouldBe("");
        var level = plan.Shares[0].Level!.Value;
        level.ShouldBe(Rational.Of(2, 5));
        Found(problem, Share(plan, share => share with
        {
            Level = Rational.Of(3, 5), Fair = Rational.Of(3, 5), Gap = Rational.Of(3, 5) - share.Coverage,
            PackGap = Rational.Of(3, 5) - Rational.Of(share.Packed, 10),
        })).ShouldBe("level at claim 2: found 2/5, expected 3/5, as its member's others");
    }

    [Fact]
    public void The_numbers_found_and_expected_are_named()
    {
        var plan = SharedAllocator.Allocate(Problem);
        Found(Problem, plan).ShouldBe("");
        Found(Problem, plan with { Flows = [] }).ShouldBe("share at claim 1: found 4, expected 0");
        Found(Limit(Problem, limit => limit with { Most = Rational.Of(7) }), plan)
            .ShouldBe("level at prices 0: found 2/5, worth 12, expected no less than 14");
        Found(Problem, plan with { Shares = plan.Shares[1..] })
            .ShouldBe("share at claim 1: found none, expected one share for each claim");
    }

    private static string Found(SharedProblem problem, SharedPlan plan) =>
        SharedPlanChecker.Check(problem, plan)?.ToString() ?? "";

    private static SharedProblem Claim(SharedProblem problem, Func<SharedClaim, SharedClaim> change) =>
        problem with { Claims = problem.Claims.SetItem(0, change(problem.Claims[0])) };

    private static SharedProblem Lot(SharedProblem problem, Func<SharedLot, SharedLot> change) =>
        problem with { Lots = problem.Lots.SetItem(0, change(problem.Lots[0])) };

    private static SharedProblem Limit(SharedProblem problem, Func<SharedLimit, SharedLimit> change) =>
        problem with { Limits = problem.Limits.SetItem(0, change(problem.Limits[0])) };

    private static SharedPlan Share(SharedPlan plan, Func<SharedShare, SharedShare> change) =>
        plan with { Shares = plan.Shares.SetItem(0, change(plan.Shares[0])) };

    private static SharedPlan Prices(SharedPlan plan, Func<LevelPrices, LevelPrices> change) =>
        plan with { Prices = plan.Prices.SetItem(0, change(plan.Prices[0])) };
}
