using System.Collections.Immutable;
using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Supplies;

public sealed class Burn_rates
{
    private static readonly DateOnly Day = new(2022, 1, 3);

    [Fact]
    public void A_rate_is_what_went_over_the_days_with_receipts_counted()
    {
        var rate = BurnRate.Of([Count(0, 1000, 0), Count(3, 700, 0), Count(10, 900, 800)], out var refusal)
            .ShouldNotBeNull();
        refusal.ShouldBeNull();
        rate.Used.ShouldBe(300 + 600);
        rate.PerDay.ShouldBe(90);
        rate.DaysLeft.ShouldBe(10);
    }

    [Fact]
    public void Stock_that_nobody_touches_lasts_without_end()
    {
        var rate = BurnRate.Of([Count(0, 40, 0), Count(1, 40, 0)], out _).ShouldNotBeNull();
        rate.PerDay.ShouldBe(0);
        rate.DaysLeft.ShouldBeNull();
    }

    [Fact]
    public void Counts_that_cannot_be_are_refused_each_for_its_reason()
    {
        Refused([]).ShouldBe(BurnRateRefusal.TooFewCounts);
        Refused([Count(0, 5, 0)]).ShouldBe(BurnRateRefusal.TooFewCounts);
        Refused([Count(1, 5, 0), Count(1, 4, 0)]).ShouldBe(BurnRateRefusal.DaysOutOfOrder);
        Refused([Count(0, 5, 0), Count(1, -4, 0)]).ShouldBe(BurnRateRefusal.NegativeUnits);
        Refused([Count(0, 5, 0), Count(1, 6, 0)]).ShouldBe(BurnRateRefusal.StockFromNowhere);
    }

    [Fact]
    public void A_coefficient_moves_towards_what_was_used_by_the_weight_of_the_days()
    {
        var belief = CoefficientBelief.Prior(1, userDays: 100).After(used: 600, userDays: 300);
        belief.Mean.ShouldBe((100.0 + 600) / 400, 1e-12);
        belief.FactorOver(1).ShouldBe(1.75, 1e-12);
        belief.StandardDeviation.ShouldBeLessThan(CoefficientBelief.Prior(1, 100).StandardDeviation);
    }

    [Fact]
    public void The_order_of_updates_does_not_matter_and_dispersion_slows_them()
    {
        var prior = CoefficientBelief.Prior(0.5, 50);
        prior.After(10, 40).After(90, 60).Mean.ShouldBe(prior.After(100, 100).Mean, 1e-12);
        prior.After(100, 100, dispersion: 20).Mean.ShouldBeInRange(prior.Mean, prior.After(100, 100).Mean);
        prior.After(0, 0).Mean.ShouldBe(prior.Mean, 1e-12);
    }

    [Theory]
    [InlineData(10, -1.6449, 5.425)]
    [InlineData(10, 1.6449, 15.705)]
    [InlineData(100, 0, 99.667)]
    public void Quantiles_are_near_those_of_the_gamma_distribution(double shape, double deviate, double quantile) =>
        CoefficientBelief.Prior(shape, 1).QuantileAt(deviate).ShouldBe(quantile, quantile * 0.01);

    [Fact]
    public void A_learned_factor_scales_the_need_of_its_item_alone()
    {
        var pack = DiseasePacks.Carried("covid-19");
        var place = pack.CapacityOf(TerritoryCode.Parse("KEN"), 0);
        var cases = new WeeklyCases(Day.AddDays(-21), [.. Enumerable.Repeat(2000.0, 7)]);
        var plain = new NeedSettings(Day, 4);
        var gown = ItemCode.Parse("gown");
        var learned = plain with { RateFactors = ImmutableDictionary<ItemCode, double>.Empty.Add(gown, 2) };
        long Of(NeedSettings settings, ItemCode item) =>
            NeedEstimator.Estimate(pack, place, cases, settings).Lines.Single(one => one.Item == item).Quantity;
        ((double)Of(learned, gown)).ShouldBe(2.0 * Of(plain, gown), tolerance: 2);
        Of(learned, ItemCode.Parse("respirator")).ShouldBe(Of(plain, ItemCode.Parse("respirator")));
    }

    private static StockCount Count(int day, long inStock, long received) => new(Day.AddDays(day), inStock, received);

    private static BurnRateRefusal? Refused(ImmutableArray<StockCount> counts)
    {
        BurnRate.Of(counts, out var refusal).ShouldBeNull();
        return refusal;
    }
}
