using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>One thing that is wrong.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Forge">Makes it of the true problem, certificate and lines.</param>
/// <param name="Expected">The line in which the checker names it.</param>
internal sealed record WrongStatement(
    string Name,
    Func<AllocationProblem, AllocationCertificate, ImmutableArray<PackLine>,
        (AllocationProblem Problem, AllocationCertificate Certificate, ImmutableArray<PackLine> Lines)> Forge,
    string Expected);

public sealed class The_first_thing_that_does_not_hold
{
    // Claim 1 has lot 10 to itself, 2 and 3 share lot 11, 4 reaches its own limit from lot 12.
    private static readonly AllocationProblem Problem = new(
        [new(1, 10), new(2, 10), new(3, 10, 0, 2), new(4, 2)],
        [new(10, 4, 2), new(11, 8, 2), new(12, 6, 2)],
        [
            RemovedLanes.AllBut(11, LaneRemoval.Earmarked, 2, 3), RemovedLanes.To(10, LaneRemoval.RouteClosed, 2, 3),
            RemovedLanes.To(12, LaneRemoval.ColdChain, 1, 2, 3), RemovedLanes.To(10, LaneRemoval.NotAccepted, 4),
        ],
        Seed: 7);

    public static TheoryData<string> Names =>
        [.. WrongProblems.All.Concat(WrongProofs.All).Select(wrong => wrong.Name)];

    [Fact]
    public void Nothing_is_found_in_the_true_plan()
    {
        var result = Allocator.Allocate(Problem);
        result.Shares.Select(share => share.FairCoverage.ToString()).ShouldBe(["2/5", "3/5", "1/5", "1"]);
        PlanChecker.Check(Problem, result.ToCertificate(), result.Lines).Proved.ShouldBe(PackGuarantee.Exact);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Is_named_with_its_place_and_its_numbers(string name)
    {
        var wrong = WrongProblems.All.Concat(WrongProofs.All).Single(wrong => wrong.Name == name);
        var result = Allocator.Allocate(Problem);
        var (problem, certificate, lines) = wrong.Forge(Problem, result.ToCertificate(), result.Lines);
        var outcome = PlanChecker.Check(problem, certificate, lines);
        outcome.Failure?.ToString().ShouldBe(wrong.Expected);
        outcome.Proved.ShouldBeNull();
    }

    [Fact]
    public void A_pack_withheld_is_named_with_the_lot_that_keeps_it() =>
        Packs([new(1, 10), new(2, 10)], [new(5, 8, 2)], [], [new(5, 1, 2, 4), new(5, 2, 1, 2)])
            .ShouldBe("PackWithheld at lot 5 claim 2: found 2 units left in the lot, expected less than a pack of 2");

    [Fact]
    public void A_pack_that_just_fits_is_withheld_too() =>
        Packs([new(1, 2)], [new(5, 2, 2)], [], [])
            .ShouldBe("PackWithheld at lot 5 claim 1: found 2 units left in the lot, expected less than a pack of 2");

    [Fact]
    public void Envy_is_found_along_two_lots()
    {
        // Claim 1 reaches lot 1 alone, 2 both, 3 lot 2 alone; 2 has all it accepts, so only 1 wants more: 3 can pass a
        // pack to 2, and 2 one to 1.
        Packs([new(1, 10), new(2, 10, 0, 2), new(3, 10)], [new(1, 4, 1), new(2, 5, 1)],
            [RemovedLanes.To(2, LaneRemoval.RouteClosed, 1), RemovedLanes.To(1, LaneRemoval.RouteClosed, 3)],
            [new(1, 1, 2, 2), new(1, 2, 2, 2), new(2, 3, 5, 5)])
            .ShouldBe("JustifiedEnvy at lot 2 claim 1: found a pack that claim 3 could pass on, "
                + "expected no pack with a claim that comes later");
    }

    [Fact]
    public void Among_equals_the_lottery_decides_who_has_the_last_pack()
    {
        ImmutableArray<Claim> twins = [new(1, 10), new(2, 10)];
        var first = Allocator.Allocate(new(twins, [new(5, 1)], [], Seed: 7)).Lottery[0];
        Packs(twins, [new(5, 1)], [], [new(5, first, 1, 1)]).ShouldBe("holds");
        Packs(twins, [new(5, 1)], [], [new(5, 3 - first, 1, 1)]).ShouldBe(
            $"JustifiedEnvy at lot 5 claim {first}: found a pack that claim {3 - first} could pass on, "
            + "expected no pack with a claim that comes later");
    }

    [Fact]
    public void Of_two_pack_sizes_the_smaller_is_named_first() =>
        Packs([new(1, 10)], [new(5, 3, 3), new(6, 2, 2)], [], []).ShouldBe(
            "PackWithheld at lot 6 claim 1: found 2 units left in the lot, expected less than a pack of 2");

    /// <summary>What the checker says of lines that all add up.</summary>
    private static string Packs(ImmutableArray<Claim> claims, ImmutableArray<Lot> lots,
        ImmutableArray<RemovedLanes> removed, ImmutableArray<PackLine> lines)
    {
        var problem = new AllocationProblem(claims, lots, removed, Seed: 7);
        var forgery = Forgery.OfPlan(Allocator.Allocate(problem), lines);
        return PlanChecker.Check(problem, forgery.Certificate, forgery.Lines).Failure?.ToString() ?? "holds";
    }
}
