using CsCheck;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Compared_rules
{
    private static readonly AllocationProblem Earmarked = new(
        [new Claim(0, 10), new Claim(1, 10)],
        [new Lot(0, 10), new Lot(1, 2)],
        [RemovedLanes.AllBut(0, LaneRemoval.Earmarked, 0)],
        Seed: 1);

    [Fact]
    public void The_price_of_an_earmark_is_the_plan_without_it()
    {
        var price = Counterfactuals.PriceOfEach(Earmarked, LaneRemoval.Earmarked).ShouldHaveSingleItem();
        price.Lots.ShouldBe([0]);
        price.LowestWith.ShouldBe(Rational.Of(1, 5));
        price.LowestWithout.ShouldBe(Rational.Of(3, 5));
        price.Changes.ShouldBe(new Dictionary<int, Rational> { [0] = Rational.Of(-2, 5), [1] = Rational.Of(2, 5) });
        Counterfactuals.PriceOfEach(Earmarked, LaneRemoval.RouteClosed).ShouldBeEmpty();
    }

    [Fact]
    public void The_rules_differ_as_told()
    {
        var problem = new AllocationProblem(
            [new Claim(1, 10), new Claim(2, 30), new Claim(3, 10)],
            [new Lot(1, 8), new Lot(2, 6)],
            [RemovedLanes.AllBut(2, LaneRemoval.RouteClosed, 3)],
            Seed: 1);
        Coverage(problem, DivisionRule.Leximin).ShouldBe(["1/5", "1/5", "3/5"]);
        Coverage(problem, DivisionRule.EqualCoverage).ShouldBe(["1/5", "1/5", "1/5"]);
        Coverage(problem, DivisionRule.ProportionalToNeed).ShouldBe(["1/5", "1/6", "7/10"]);
        Coverage(problem, DivisionRule.FirstCome, 2, 1).ShouldBe(["0", "4/15", "3/5"]);
    }

    [Fact]
    public void No_compared_rule_is_fairer_than_leximin_and_none_gives_more_than_there_is() =>
        SmallProblems.Any.Sample(
            problem =>
            {
                var fair = Counterfactuals.Under(problem, DivisionRule.Leximin).Sorted;
                foreach (var rule in Enum.GetValues<DivisionRule>())
                {
                    var outcome = Counterfactuals.Under(problem, rule);
                    Enumeration.Compare(fair, outcome.Sorted).ShouldBeGreaterThanOrEqualTo(0, rule.ToString());
                    problem.Claims.Select(claim => (outcome.Coverage[claim.Id] * Rational.Of(claim.Need))
                            - Rational.Of(claim.Received))
                        .Aggregate(Rational.Zero, (sum, given) => sum + given)
                        .ShouldBeLessThanOrEqualTo(Rational.Of(problem.Lots.Sum(lot => lot.Quantity)), rule.ToString());
                }
            },
            iter: SmallProblems.Cases, print: SmallProblems.Print);

    [Fact]
    public void Opening_lanes_never_lowers_the_sorted_coverages() => SmallProblems.Any.Sample(
        problem =>
        {
            foreach (var reason in Enum.GetValues<LaneRemoval>())
            {
                var price = Counterfactuals.PriceOfAll(problem, reason);
                price.LowestWithout!.Value.ShouldBeGreaterThanOrEqualTo(price.LowestWith!.Value);
            }
        },
        iter: SmallProblems.Cases / 5, print: SmallProblems.Print);

    private static string[] Coverage(AllocationProblem problem, DivisionRule rule, params int[] order) =>
        [.. Counterfactuals.Under(problem, rule, [.. order]).Coverage.Values.Select(value => value.ToString())];
}
