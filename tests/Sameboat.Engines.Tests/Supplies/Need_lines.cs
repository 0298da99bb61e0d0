using CsCheck;
using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Supplies;

public sealed class Need_lines
{
    private static readonly DateOnly Start = new(2022, 1, 3);
    private static readonly DiseasePack Pack = DiseasePacks.Carried("covid-19");
    private static readonly TerritoryCode[] Places = [.. Pack.Places];
    private static readonly CountryCapacity Kenya = Pack.CapacityOf(TerritoryCode.Parse("KEN"), 0);

    private static readonly Gen<WeeklyCases> AnyCases = Gen.Double[0, 1e7].Array[7]
        .Select(weeks => new WeeklyCases(Start.AddDays(-21), [.. weeks]));

    [Fact]
    public void Every_line_is_whole_positive_and_explained() =>
        Gen.Select(AnyCases, Gen.Int[0, Places.Length - 1]).Sample((cases, at) =>
        {
            var estimate = NeedEstimator.Estimate(
                Pack, Pack.CapacityOf(Places[at], 10_000), cases, new NeedSettings(Start, 4));
            return estimate.NotComputable is null && estimate.Lines.All(line => line.Quantity > 0
                && line.QuantityLow == line.Quantity
                && line.QuantityHigh == line.Quantity
                && line.Basis.EndsWith('.')
                && line.Basis.Any(char.IsAsciiDigit)
                && !line.Basis.Contains("NaN", StringComparison.Ordinal));
        }, iter: 200);

    [Fact]
    public void The_band_holds_the_quantity_and_more_cases_never_need_fewer_medicines() =>
        Gen.Select(AnyCases, Gen.Double[1, 5]).Sample((cases, factor) =>
        {
            var more = cases with { Cases = [.. cases.Cases.Select(one => one * factor)] };
            var settings = new NeedSettings(Start, 4);
            var lines = NeedEstimator.Estimate(Pack, Kenya, new CasePaths(cases, cases, more), settings).Lines;
            var alone = NeedEstimator.Estimate(Pack, Kenya, more, settings).Lines.ToDictionary(line => line.Item);
            return lines.All(line => line.QuantityLow <= line.Quantity && line.Quantity <= line.QuantityHigh)
                && lines.Where(line => Pack.TryFindItem(line.Item.ToString(), out var item)
                        && item.Kind == ItemKind.Medicine)
                    .All(line => line.QuantityHigh == alone[line.Item].Quantity);
        }, iter: 200);

    [Fact]
    public void Without_cases_there_is_nothing_for_patients_to_need()
    {
        var none = new WeeklyCases(Start.AddDays(-21), [.. new double[7]]);
        var lines = NeedEstimator.Estimate(Pack, Kenya, none, new NeedSettings(Start, 4)).Lines;
        lines.ShouldNotContain(line => line.Item.ToString() == "ventilator" || line.Item.ToString() == "oxygen");
        lines.ShouldNotContain(line => line.Item.ToString().StartsWith("team-", StringComparison.Ordinal));
    }

    [Fact]
    public void Vaccine_need_is_two_equivalents_for_the_share_to_be_covered()
    {
        var cases = new WeeklyCases(Start.AddDays(-21), [.. Enumerable.Repeat(100.0, 7)]);
        var settings = new NeedSettings(Start, 4) { VaccineCoverage = 0.2, VaccineReceived = 1_000_000 };
        var line = NeedEstimator.Estimate(Pack, Kenya, cases, settings).Lines
            .Single(one => one.Item.ToString() == "covid-19-vaccine");
        line.Unit.ShouldBe("dose-equivalent");
        line.Quantity.ShouldBe((long)Math.Ceiling(Kenya.Population * 0.2 * 2) - 1_000_000);
    }

    [Fact]
    public void A_run_of_cases_that_ends_too_early_is_refused()
    {
        var cases = new WeeklyCases(Start.AddDays(-21), [1, 1, 1, 1]);
        Should.Throw<ArgumentException>(() => NeedEstimator.Estimate(Pack, Kenya, cases, new NeedSettings(Start, 4)));
    }

    [Fact]
    public void Weeks_that_begin_on_another_day_are_refused()
    {
        var cases = new WeeklyCases(Start.AddDays(-21), [.. new double[7]]);
        Should.Throw<ArgumentException>(
            () => NeedEstimator.Estimate(Pack, Kenya, cases, new NeedSettings(Start.AddDays(1), 2)));
    }

    [Fact]
    public void Where_the_tool_stops_parity_says_so_in_place_of_figures()
    {
        var cases = new WeeklyCases(Start.AddDays(-21), [.. Enumerable.Repeat(100.0, 7)]);
        var parity = new NeedSettings(Start, 4) { Mode = NeedMode.Parity };
        var taiwan = NeedEstimator.Estimate(
            Pack, Pack.CapacityOf(TerritoryCode.Parse("TWN"), 23_816_775), cases, parity);
        taiwan.NotComputable.ShouldNotBeNull();
        taiwan.Tables.ShouldBeNull();
        taiwan.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void In_parity_a_figure_that_hangs_on_an_unknown_one_is_unknown()
    {
        var cases = new WeeklyCases(Start.AddDays(-21), [.. Enumerable.Repeat(100.0, 7)]);
        var tuvalu = Pack.CapacityOf(TerritoryCode.Parse("TUV"), 0);
        var tables = NeedEstimator.Estimate(
            Pack, tuvalu, cases, new NeedSettings(Start, 4) { Mode = NeedMode.Parity }).Tables.ShouldNotBeNull();
        tables.Caps.InpatientWorkersCap.ShouldBeNull();
        tables.TotalTests[0].Capped.ShouldBeNull();
        tables.Patients[0].Beds.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Days_are_gathered_into_weeks_from_Monday()
    {
        var cases = WeeklyCases.FromDaily(new DateOnly(2022, 1, 1), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        cases.FirstDay.ShouldBe(new DateOnly(2021, 12, 27));
        cases.Cases.ShouldBe([3, 42, 10]);
        cases.LastDay.ShouldBe(new DateOnly(2022, 1, 10));
    }
}
