using CsCheck;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>
/// Plans under shared limits after a change. Either the checker refuses them, or they are shown here, by code of the
/// tests alone, to keep every rule and to claim no more than the oracle's levels allow.
/// </summary>
public sealed class Forged_shared_plans
{
    private const int Cases = 2_500;

    [Fact]
    public void A_number_a_share_a_flow_or_a_line_that_says_something_else_is_refused() => Try(Cases, (plan, random) =>
    {
        foreach (var forgery in SharedForgery.OfEachStatement(plan, random))
        {
            var failure = SharedPlanChecker.Check(plan.Problem, forgery.Plan);
            if (failure is null)
            {
                // A flow or a line that only moved to another claim with the same total is no lie.
                forgery.What.ShouldBeOneOf("flow's claim", "line's claim", "claims swapped");
                Truthful(forgery.Plan);
            }
        }
    });

    [Fact]
    public void Prices_that_say_something_else_are_refused_unless_they_prove_the_same_levels() =>
        Changed(SharedForgery.OfPrices, refusedAtLeast: 0.2);

    [Fact]
    public void Levels_that_say_something_else_are_refused_unless_nothing_fairer_exists() =>
        Changed(SharedForgery.OfLevels, refusedAtLeast: 0.5);

    [Fact]
    public void Flows_that_favour_somebody_are_refused_or_their_gap_is_the_true_one() =>
        Changed(SharedForgery.OfFlows, refusedAtLeast: 0.3);

    [Fact]
    public void Lines_that_break_a_rule_are_refused_and_the_gap_of_others_is_the_true_one() =>
        Changed(SharedForgery.OfLines, refusedAtLeast: 0.2);

    [Fact]
    public void A_plan_for_another_problem_is_refused_or_is_as_good_for_this_one() => Try(Cases, (plan, random) =>
    {
        var other = Other(plan.Problem, random);
        if (other.Refusals().IsEmpty && SharedPlanChecker.Check(other, plan) is null)
        {
            Truthful(plan with { Problem = other });
        }
    });

    [Fact]
    public void The_order_of_the_lists_proves_nothing_and_breaks_nothing() => Try(Cases / 4, (plan, _) =>
        SharedPlanChecker.Check(plan.Problem, plan with
        {
            Shares = [.. plan.Shares.Reverse()], Flows = [.. plan.Flows.Reverse()], Lines = [.. plan.Lines.Reverse()],
        })?.ToString().ShouldBeNull());

    [Fact]
    public void A_list_that_is_missing_is_refused()
    {
        var plan = SharedAllocator.Allocate(SmallSharedProblems.Of(3));
        SharedPlan[] missing =
        [
            plan with { Shares = default }, plan with { Flows = default }, plan with { Lines = default },
            plan with { Prices = default }, plan with { Prices = [new LevelPrices(null!, null!)] },
        ];
        foreach (var forged in missing)
        {
            SharedPlanChecker.Check(plan.Problem, forged)!.What.ShouldBe("form");
        }
    }

    private static void Changed(Func<SharedPlan, SeededRandom, SharedForgery?> change, double refusedAtLeast)
    {
        var (tried, refused) = (0, 0);
        Try(Cases, (plan, random) =>
        {
            if (change(plan, random) is not { } forgery)
            {
                return;
            }

            Interlocked.Increment(ref tried);
            if (SharedPlanChecker.Check(plan.Problem, forgery.Plan) is null)
            {
                Truthful(forgery.Plan);
            }
            else
            {
                Interlocked.Increment(ref refused);
            }
        });
        ((double)refused / tried).ShouldBeGreaterThan(refusedAtLeast);
    }

    /// <summary>What an accepted plan says is so.</summary>
    private static void Truthful(SharedPlan plan)
    {
        var problem = plan.Problem;
        SharedOracle.Keeps(problem, plan.Flows.Select(flow => (flow.Lot, flow.Claim, SharedOracle.Of(flow.Amount))))
            .ShouldBeTrue("flows");
        SharedOracle.Keeps(problem, plan.Lines.Select(line => (line.Lot, line.Claim, (Fraction)line.Quantity)))
            .ShouldBeTrue("lines");
        var true_ = SharedOracle.Levels(problem);
        var groups = SmallSharedProblems.Groups(problem);
        var shares = plan.Shares.ToDictionary(share => share.Claim);
        var stated = groups.Select(group => shares[group[0].Id].Level is { } level
            ? SharedOracle.Of(level) : (Fraction?)null).ToArray();
        Fairer(true_, stated).ShouldBeLessThanOrEqualTo(0, "the levels stated are below what a plan reaches");
        foreach (var (group, claims) in groups.Index())
        {
            foreach (var claim in claims)
            {
                var share = shares[claim.Id];
                Fraction packed = new(claim.Received + plan.Lines.Where(line => line.Claim == claim.Id)
                    .Sum(line => line.Quantity), claim.Need);
                var given = plan.Flows.Where(flow => flow.Claim == claim.Id)
                    .Aggregate((Fraction)claim.Received, (sum, flow) => sum + SharedOracle.Of(flow.Amount));
                SharedOracle.Of(share.Fair).ShouldBe(SharedOracle.CoverageAt(claim, stated[group]));
                SharedOracle.Of(share.Coverage).ShouldBe(given / claim.Need);
                (share.Gap + share.Coverage).ShouldBe(share.Fair);
                (SharedOracle.Of(share.PackGap) + packed).ShouldBe(SharedOracle.Of(share.Fair));
                if (plan.LargestGap == Rational.Zero)
                {
                    SharedOracle.Of(share.Coverage).ShouldBe(SharedOracle.CoverageAt(claim, true_[group]));
                }
            }
        }
    }

    /// <summary>Leximin order of levels, where none is the highest.</summary>
    private static int Fairer(Fraction?[] one, Fraction?[] other) =>
        Sorted(one).Zip(Sorted(other), (left, right) => (left is null).CompareTo(right is null) is var none and not 0
            ? none : left is null ? 0 : left.Value.CompareTo(right!.Value)).FirstOrDefault(order => order != 0);

    private static IEnumerable<Fraction?> Sorted(Fraction?[] levels) =>
        levels.OrderBy(level => level is null).ThenBy(level => level);

    private static SharedProblem Other(SharedProblem problem, SeededRandom random)
    {
        var (claim, lot) = (random.NextBelow(problem.Claims.Length), random.NextBelow(problem.Lots.Length));
        var (own, stock) = (problem.Claims[claim], problem.Lots[lot]);
        return random.NextBelow(7) switch
        {
            0 => problem with { Claims = problem.Claims.SetItem(claim, own with { Need = own.Need + 1 }) },
            1 => problem with { Claims = problem.Claims.SetItem(claim, own with { Received = own.Received + 1 }) },
            2 => problem with { Claims = problem.Claims.SetItem(claim, own with { AcceptsAtMost = own.Limit + 1 }) },
            3 => problem with
            {
                Lots = problem.Lots.SetItem(lot, stock with
                {
                    Quantity = Math.Max(0, stock.Quantity + random.Step()), PackSize = 1,
                }),
            },
            4 when !problem.Lanes.IsEmpty => problem with
            {
                Lanes = problem.Lanes.RemoveAt(random.NextBelow(problem.Lanes.Length)),
            },
            5 when !problem.Limits.IsEmpty => problem with
            {
                Limits = problem.Limits.SetItem(0, problem.Limits[0] with
                {
                    Most = Rational.Of(random.NextBelow(20), 2),
                }),
            },
            _ => problem with
            {
                By = problem.By == CoverageBy.Member ? CoverageBy.MemberItem : CoverageBy.Member,
            },
        };
    }

    private static void Try(int cases, Action<SharedPlan, SeededRandom> property) => Gen.ULong.Sample(
        seed => property(
            SharedAllocator.Allocate(SmallSharedProblems.Of(seed, membersMax: 3, itemsMax: 2, lotsMax: 3)),
            new SeededRandom(unchecked(seed * 31))),
        iter: cases);
}
