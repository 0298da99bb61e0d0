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
        iter: 1_000, print: SmallProblems.Print);
}
