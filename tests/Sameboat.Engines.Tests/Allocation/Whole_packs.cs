using CsCheck;
using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Whole_packs
{
    [Fact]
    public void One_pack_size_gives_the_enumerated_optimum() => SmallProblems.OneSize.Sample(
        problem =>
        {
            var result = Allocator.Allocate(problem);
            result.Guarantee.ShouldBe(PackGuarantee.Exact);
            result.Shares.Select(share => share.PackedCoverage).Order()
                .ShouldBe(Enumeration.FairestSortedCoverage(problem));
        },
        iter: SmallProblems.Cases, print: SmallProblems.Print);

    [Fact]
    public void Several_pack_sizes_never_pass_the_enumerated_optimum_and_mostly_reach_it()
    {
        var reached = 0;
        var tried = 0;
        SmallProblems.ManySizes.Sample(
            problem =>
            {
                var result = Allocator.Allocate(problem);
                var order = Enumeration.Compare(
                    [.. result.Shares.Select(share => share.PackedCoverage).Order()],
                    Enumeration.FairestSortedCoverage(problem));
                order.ShouldBeLessThanOrEqualTo(0);
                Interlocked.Increment(ref tried);
                Interlocked.Add(ref reached, order == 0 ? 1 : 0);
            },
            iter: SmallProblems.Cases, print: SmallProblems.Print);
        TestContext.Current.SendDiagnosticMessage($"optimal in {reached} of {tried}");
        ((double)reached / tried).ShouldBeGreaterThan(0.9);
    }
}
