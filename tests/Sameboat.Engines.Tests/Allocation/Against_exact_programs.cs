using CsCheck;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Against_exact_programs
{
    private const int Cases = 1_000;
    private const int LotsOutside = 400;

    [Fact]
    public void Every_coverage_under_shared_limits_is_the_fraction_that_programs_over_single_lanes_give() =>
        Gen.ULong.Sample(seed =>
        {
            var problem = SmallSharedProblems.Of(seed, membersMax: 3, itemsMax: 2, lotsMax: 4);
            var plan = SharedAllocator.Allocate(problem);
            SharedPlanChecker.Check(problem, plan)?.ToString().ShouldBeNull();
            var levels = SharedOracle.Levels(problem);
            var coverages = plan.Shares.ToDictionary(share => share.Claim, share => SharedOracle.Of(share.Coverage));
            foreach (var (group, claims) in SmallSharedProblems.Groups(problem).Index())
            {
                foreach (var claim in claims)
                {
                    coverages[claim.Id].ShouldBe(SharedOracle.CoverageAt(claim, levels[group]));
                }
            }
        }, iter: Cases);

    [Fact]
    public void A_lot_that_no_limit_counts_beside_others_that_each_members_limit_counts_changes_nothing_of_that()
    {
        var (bound, withLeft) = (0, 0);
        foreach (var seed in Enumerable.Range(0, LotsOutside))
        {
            var drawn = SmallSharedProblems.Of((ulong)seed, membersMax: 3, itemsMax: 2, lotsMax: 6);
            var random = new SeededRandom((ulong)seed ^ 0x5EED);
            var problem = drawn with
            {
                // Each member's own limit counts every lot but one with one weight; another limit all, a third one lot.
                Limits =
                [
                    .. drawn.Claims.Select(claim => claim.Member).Distinct().Select(member => new SharedLimit(member,
                        Rational.Of(random.NextBelow(9) + 1, 2), [.. drawn.Lots.Where(lot => lot.Id != 0).Select(lot =>
                            new LimitTerm(lot.Id, member, Rational.Of(random.NextBelow(6) == 0 ? 3 : 1)))])),
                    new SharedLimit(100, Rational.Of(random.NextBelow(20) + 2), [new(null, null, Rational.One)]),
                    new SharedLimit(101, Rational.Of(random.NextBelow(5)), [new(0, null, Rational.Of(1, 2))]),
                ],
            };
            var plan = SharedAllocator.Allocate(problem);
            SharedPlanChecker.Check(problem, plan)?.ToString().ShouldBeNull($"seed {seed}");
            plan.LargestGap.ShouldBe(Rational.Zero, $"seed {seed}");
            var levels = SharedOracle.Levels(problem);
            var coverages = plan.Shares.ToDictionary(share => share.Claim, share => SharedOracle.Of(share.Coverage));
            foreach (var (group, claims) in SmallSharedProblems.Groups(problem).Index())
            {
                claims.ShouldAllBe(claim =>
                    coverages[claim.Id] == SharedOracle.CoverageAt(claim, levels[group]), $"seed {seed}");
            }

            bound += plan.Prices.Any(prices => prices.LimitPrices.Count > 0) ? 1 : 0;
            withLeft += plan.Flows.Any(flow => flow.Lot == 0) ? 1 : 0;
        }

        bound.ShouldBeGreaterThan(LotsOutside / 3);
        withLeft.ShouldBeGreaterThan(LotsOutside / 4);
    }

    [Fact]
    public void A_program_that_nothing_meets_has_no_greatest_value()
    {
        var program = new ExactProgram(2);
        program.AtMost(3, [(0, 1), (1, 1)]);
        program.AtMost(-1, [(0, -1)]);
        program.Greatest(1).ShouldBe(2);
        program.AtMost(-4, [(0, -1)]);
        program.Greatest(1).ShouldBeNull();
    }
}
