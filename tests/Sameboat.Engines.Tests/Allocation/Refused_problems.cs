using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Refused_problems
{
    private static readonly AllocationProblem Sound =
        new([new Claim(1, 10), new Claim(2, 10)], [new Lot(1, 6, 3)], [], Seed: 1);

    public static TheoryData<RefusalCode, string> Refusals => new()
    {
        { RefusalCode.NeedNotPositive, "claim 1: found 0, expected a need above 0" },
        { RefusalCode.ReceivedNegative, "claim 1: found -1, expected 0 or more" },
        { RefusalCode.AcceptanceNegative, "claim 1: found -1, expected 0 or more" },
        { RefusalCode.ClaimRepeated, "claim 2: found the id twice, expected an id of its own" },
        { RefusalCode.QuantityNegative, "lot 1: found -6, expected 0 or more" },
        { RefusalCode.PackNotPositive, "lot 1: found 0, expected a pack of 1 or more" },
        { RefusalCode.PackLargerThanLot, "lot 1: found a pack of 7, expected no more than the lot's 6" },
        { RefusalCode.LotRepeated, "lot 1: found the id twice, expected an id of its own" },
        { RefusalCode.LaneToUnknownLot, "lot 9: found a lane, expected a lot of the problem" },
        { RefusalCode.LaneToUnknownClaim, "lot 1, claim 9: found a lane, expected a claim of the problem" },
        { RefusalCode.ReasonUnknown, "lot 1: found 77, expected a reason of the closed list" },
        { RefusalCode.NeedTotalTooLarge, "found 9223372036854775817, expected no more than 9223372036854775807" },
        { RefusalCode.StockTotalTooLarge, "found 9223372036854775813, expected no more than 9223372036854775807" },
        { RefusalCode.TooManyClaims, "found 10001, expected no more than 10000" },
        { RefusalCode.TooManyLots, "found 100001, expected no more than 100000" },
        { RefusalCode.TooManyLanes, "found 9000000, expected no more than 5000000" },
        { RefusalCode.ListMissing, "found no list, expected a list, if need be an empty one" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Each_fault_is_one_refusal_that_says_where(RefusalCode code, string line)
    {
        var refused = Broken(code);
        var refusal = refused.Refusals().ShouldHaveSingleItem();
        refusal.Code.ShouldBe(code);
        refusal.ToString().ShouldBe(line);
        Should.Throw<ArgumentException>(() => Allocator.Allocate(refused));
    }

    [Fact]
    public void Every_code_has_its_case() =>
        Refusals.Select(row => row.Data.Item1).ShouldBe(Enum.GetValues<RefusalCode>(), ignoreOrder: true);

    [Fact]
    public void Nothing_to_give_or_nobody_to_give_to_is_no_fault()
    {
        foreach (var problem in new[]
        {
            Sound with { Claims = [] }, Sound with { Lots = [] }, Sound with { Claims = [], Lots = [] },
            Sound with { Lots = [new Lot(1, 0, 50)] },
        })
        {
            problem.Refusals().ShouldBeEmpty();
            var result = Allocator.Allocate(problem);
            result.Lines.ShouldBeEmpty();
            PlanChecker.Check(problem, result.ToCertificate(), result.Lines).Accepted.ShouldBeTrue();
        }
    }

    [Fact]
    public void The_largest_totals_are_divided_without_overflow()
    {
        const long Most = long.MaxValue / 4;
        var problem = new AllocationProblem(
            [new Claim(1, Most, 7), new Claim(2, Most), new Claim(3, Most - 8)],
            [
                new Lot(1, long.MaxValue / 8, 1_000),
                new Lot(2, long.MaxValue / 8, 1_000),
                new Lot(3, long.MaxValue / 16, 7),
            ],
            [RemovedLanes.AllBut(1, LaneRemoval.Earmarked, 1, 2)],
            Seed: 1);
        problem.Refusals().ShouldBeEmpty();
        var result = Allocator.Allocate(problem);
        PlanChecker.Check(problem, result.ToCertificate(), result.Lines).Proved.ShouldBe(result.Guarantee);
    }

    private static AllocationProblem Broken(RefusalCode code) => code switch
    {
        RefusalCode.NeedNotPositive => With(new Claim(1, 0)),
        RefusalCode.ReceivedNegative => With(new Claim(1, 10, -1)),
        RefusalCode.AcceptanceNegative => With(new Claim(1, 10, AcceptsAtMost: -1)),
        RefusalCode.ClaimRepeated => With(new Claim(2, 10)),
        RefusalCode.QuantityNegative => Sound with { Lots = [new Lot(1, -6)] },
        RefusalCode.PackNotPositive => Sound with { Lots = [new Lot(1, 6, 0)] },
        RefusalCode.PackLargerThanLot => Sound with { Lots = [new Lot(1, 6, 7)] },
        RefusalCode.LotRepeated => Sound with { Lots = [new Lot(1, 6), new Lot(1, 6)] },
        RefusalCode.LaneToUnknownLot => Sound with { Removed = [RemovedLanes.To(9, LaneRemoval.ColdChain, 1)] },
        RefusalCode.LaneToUnknownClaim => Sound with { Removed = [RemovedLanes.To(1, LaneRemoval.ColdChain, 9)] },
        RefusalCode.ReasonUnknown => Sound with { Removed = [RemovedLanes.To(1, (LaneRemoval)77, 1)] },
        RefusalCode.NeedTotalTooLarge => With(new Claim(1, long.MaxValue)),
        RefusalCode.StockTotalTooLarge => Sound with { Lots = [new Lot(1, long.MaxValue), new Lot(2, 6)] },
        RefusalCode.TooManyClaims => Sound with
        {
            Claims = [.. Enumerable.Range(0, 10_001).Select(id => new Claim(id, 1))],
        },
        RefusalCode.TooManyLots => Sound with { Lots = [.. Enumerable.Range(0, 100_001).Select(id => new Lot(id, 1))] },
        RefusalCode.TooManyLanes => Scattered(),
        RefusalCode.ListMissing => Sound with { Removed = default },
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };

    private static AllocationProblem With(Claim first) => Sound with { Claims = [first, Sound.Claims[1]] };

    // Each lot misses two claims, no two lots the same: nothing can be grouped.
    private static AllocationProblem Scattered() => new(
        [.. Enumerable.Range(0, 3_003).Select(id => new Claim(id, 1))],
        [.. Enumerable.Range(0, 3_000).Select(id => new Lot(id, 1))],
        [.. Enumerable.Range(0, 3_000).Select(id => RemovedLanes.To(id, LaneRemoval.RouteClosed, id, id + 1, id + 2))],
        Seed: 1);
}
