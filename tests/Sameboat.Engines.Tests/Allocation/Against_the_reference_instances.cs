using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

public sealed class Against_the_reference_instances
{
    [Theory]
    [InlineData("leximin_flow_fractional.json", 300)]
    [InlineData("leximin_toys.json", 4)]
    public void Every_divisible_coverage_is_the_same_fraction(string file, int count)
    {
        var instances = ReferenceInstance.Read(file);
        instances.Count.ShouldBe(count);
        foreach (var instance in instances)
        {
            var shares = Allocator.Allocate(instance.Problem).Shares;
            shares.Select(share => share.FairCoverage.ToString()).ShouldBe(instance.Texts("leximin"), instance.Id);
        }
    }

    [Fact]
    public void Every_plan_in_whole_units_is_one_of_the_enumerated_optima()
    {
        var instances = ReferenceInstance.Read("leximin_flow_integer.json");
        instances.Count.ShouldBe(200);
        foreach (var instance in instances)
        {
            var result = Allocator.Allocate(instance.Problem);
            result.Guarantee.ShouldBe(PackGuarantee.Exact);
            result.Shares.Select(share => share.PackedCoverage).Order().Select(coverage => coverage.ToString())
                .ShouldBe(instance.Texts("sorted_coverage"), instance.Id);
            result.Shares.Select(share => share.FairCoverage.ToString())
                .ShouldBe(instance.Texts("fractional"), instance.Id);
            var totals = string.Join(",", result.Shares.Select(share => share.Packed));
            instance.Answer.GetProperty("optimal_totals").EnumerateArray()
                .Select(optimum => string.Join(",", optimum.EnumerateArray().Select(units => units.GetInt64())))
                .ShouldContain(totals, instance.Id);
        }
    }
}
