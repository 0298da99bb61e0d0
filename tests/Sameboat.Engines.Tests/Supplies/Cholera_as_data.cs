using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Supplies;

/// <summary>A disease of another kind is files alone: no code knows cholera.</summary>
public sealed class Cholera_as_data
{
    private static readonly DateOnly Start = new(2026, 1, 5);
    private static readonly DiseasePack Pack = DiseasePacks.Carried("cholera");
    private static readonly CountryCapacity Haiti = Pack.CapacityOf(TerritoryCode.Parse("HTI"), 0);

    [Fact]
    public void A_thousand_cases_a_week_need_what_the_kits_hold_for_them()
    {
        var lines = Lines(1000, 4);
        // 4,000 cases, a fifth severe, eight litres each; salts for all, more for the more dehydrated.
        lines["ringer-lactate-1l"].Quantity.ShouldBe(800 * 8);
        lines["ors-low-osmolarity-1l"].Quantity.ShouldBe((1600 * 4) + (1600 * 8) + (800 * 10));
        lines["infusion-giving-set"].Quantity.ShouldBe(800 * 2);
        lines["rdt-cholera"].Quantity.ShouldBe(240);
        lines["cot-cholera"].Quantity.ShouldBe((long)Math.Ceiling(200 * 3.0 / 7));
        lines["chlorine-hth-70"].Quantity.ShouldBe(336);
        lines.Keys.ShouldNotContain("oxygen");
        lines.Values.ShouldAllBe(line => line.Basis.EndsWith('.'));
        lines["rdt-cholera"].Basis.ShouldBe(
            "0.1 for each of 1,600 moderate, 0.1 for each of 800 severe new cases over 4 weeks from 2026-01-05.");
    }

    [Fact]
    public void Vaccine_is_needed_where_a_campaign_is_named()
    {
        Lines(100, 2).Keys.ShouldNotContain("cholera-vaccine-oral");
        Lines(100, 2, coverage: 0.1)["cholera-vaccine-oral"].Quantity
            .ShouldBe((long)Math.Ceiling(Haiti.Population * 0.1 * 2 * (1 - 1e-12)));
    }

    [Fact]
    public void Quantiles_of_its_need_are_those_of_its_estimates()
    {
        var draws = new CaseDraws(
            Start.AddDays(-14), [500, 500], 4, [.. Enumerable.Range(0, 40).Select(x => 100.0 + (x * 11))]);
        foreach (var one in NeedTrajectories.Quantiles(Pack, Haiti, draws, new NeedSettings(Start, 4), [1.0]))
        {
            var last = NeedEstimator.Estimate(Pack, Haiti,
                new WeeklyCases(draws.FirstDay, [.. draws.History, .. draws[9].ToArray()]), new NeedSettings(Start, 4));
            var line = last.Lines.FirstOrDefault(line => line.Item == one.Item);
            Math.Abs(one.Quantities[0] - (line?.Quantity ?? 0)).ShouldBeLessThanOrEqualTo(1, one.Item.ToString());
        }
    }

    [Fact]
    public void The_chain_plans_for_it()
    {
        var first = new DateOnly(2025, 9, 1);
        var counts = Enumerable.Range(0, 120).Select(day => (long?)(20 + (day / 2) + (day % 7)));
        var series = new CountSeries(TerritoryCode.Parse("HTI"), Indicator.Cases, first, [.. counts]);
        var result = ChainRun.Run(
            new ChainInput([series], [], [], null), new ChainSettings(series.Last, 4, 1, Pack));
        result.Places.ShouldHaveSingleItem().Need.ShouldContain(line => line.Item.ToString() == "ringer-lactate-1l");
    }

    [Theory]
    [InlineData("courses.csv", "ringer-lactate-1l,severe,8,1,iddk-2009", "ringer-lactate-1l,severe,8,1,")]
    [InlineData("rates.csv", "infusion-giving-set,severe-case,2,iddk-2009", "infusion-giving-set,severe-case,2,")]
    [InlineData("parameters.csv", "severe,0.2,share,who-facts-split", "severe,0.2,share,")]
    public void A_figure_without_a_source_is_refused(string file, string from, string to)
    {
        DiseasePacks.CarriedFile("cholera", file).ShouldNotBeNull().ShouldContain(from);
        var reading = DiseasePacks.ReadFrom(one => one == file
            ? DiseasePacks.CarriedFile("cholera", one)!.Replace(from, to, StringComparison.Ordinal)
            : DiseasePacks.CarriedFile("cholera", one));
        reading.Pack.ShouldBeNull();
        reading.Faults.ShouldContain(line => line.Contains("a figure without a source", StringComparison.Ordinal));
    }

    private static Dictionary<string, NeedLine> Lines(double weekly, int weeks, double? coverage = null)
    {
        var cases = new WeeklyCases(Start.AddDays(-14), [.. Enumerable.Repeat(weekly, weeks + 2)]);
        var settings = new NeedSettings(Start, weeks) { VaccineCoverage = coverage };
        return NeedEstimator.Estimate(Pack, Haiti, cases, settings).Lines
            .ToDictionary(line => line.Item.ToString(), StringComparer.Ordinal);
    }
}
