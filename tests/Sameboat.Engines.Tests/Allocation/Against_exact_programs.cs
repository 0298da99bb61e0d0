using CsCheck;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Against_exact_programs
{
    private const int Cases = 1_000;

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
