using CsCheck;
using Sameboat.Allocation;
using Sameboat.Allocation.Checking;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Checked_plans
{
    [Fact]
    public void Every_plan_of_the_engine_is_proved_with_the_guarantee_it_states() => SmallProblems.Any.Sample(
        problem =>
        {
            var result = Allocator.Allocate(problem);
            var outcome = PlanChecker.Check(problem, result.ToCertificate(), result.Lines);
            outcome.Failure.ShouldBeNull(outcome.Failure?.ToString());
            outcome.Proved.ShouldBe(result.Guarantee);
        },
        iter: SmallProblems.Cases, print: SmallProblems.Print);

    [Fact]
    public void A_certificate_read_back_is_proved_and_written_again_the_same() => SmallProblems.Any.Sample(
        problem =>
        {
            var result = Allocator.Allocate(problem);
            var text = CertificateJson.ToText([new ItemCertificate(ItemCode.Parse("gown"), result.ToCertificate())]);
            var read = CertificateJson.FromText(text);
            read.Fault.ShouldBeNull();
            CertificateJson.ToText(read.Items).ShouldBe(text);
            PlanChecker.Check(read.Items[0].Certificate.ToProblem(), read.Items[0].Certificate, result.Lines)
                .Accepted.ShouldBeTrue();
        },
        iter: SmallProblems.Cases / 10, print: SmallProblems.Print);

    [Fact]
    public void A_plan_that_is_only_feasible_is_proved_with_its_gaps_alone_and_only_where_pack_sizes_differ()
    {
        var mixed = new AllocationProblem([new Claim(1, 10)], [new Lot(1, 4, 2), new Lot(2, 3, 3)], [], Seed: 1);
        var single = mixed with { Lots = [new Lot(1, 4, 2), new Lot(2, 4, 2)] };
        foreach (var (problem, proved) in new[] { (mixed, (PackGuarantee?)PackGuarantee.GapsOnly), (single, null) })
        {
            var nothing = Forgery.OfPlan(Allocator.Allocate(problem), []);
            var modest = nothing.Certificate with { Guarantee = PackGuarantee.GapsOnly };
            PlanChecker.Check(problem, modest, []).Proved.ShouldBe(proved);
            PlanChecker.Check(problem, nothing.Certificate, []).Failure!.Code.ShouldBe(CheckCode.PackWithheld);
        }
    }

    [Theory]
    [InlineData(false, PackGuarantee.Exact)]
    [InlineData(true, PackGuarantee.ExactForEachSize)]
    public void A_plan_for_200_claims_and_500_lots_is_proved(bool mixed, PackGuarantee guarantee)
    {
        var random = new SeededRandom(11);
        var problem = new AllocationProblem(
            [.. Enumerable.Range(0, 200).Select(id => new Claim(id, 100 + random.NextBelow(1_000_000)))],
            [.. Enumerable.Range(0, 500).Select(id =>
            {
                var pack = mixed ? 10 * (1 + random.NextBelow(4)) : 50;
                return new Lot(id, pack + random.NextBelow(400_000), pack);
            })],
            [.. Enumerable.Range(0, 100).Select(lot => RemovedLanes.AllBut(lot, LaneRemoval.Earmarked,
                [.. Enumerable.Range(0, 1 + random.NextBelow(20)).Select(_ => random.NextBelow(200)).Distinct()]))],
            Seed: 5);
        var result = Allocator.Allocate(problem);
        PlanChecker.Check(problem, result.ToCertificate(), result.Lines).Proved.ShouldBe(guarantee);
    }
}
