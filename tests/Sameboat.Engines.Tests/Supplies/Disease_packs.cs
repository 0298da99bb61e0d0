using Sameboat.Supplies;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Supplies;

public sealed class Disease_packs
{
    private static readonly DiseasePack Covid = DiseasePacks.Carried("covid-19");

    [Fact]
    public void The_carried_packs_are_whole()
    {
        DiseasePacks.Codes.ShouldBe(["cholera", "covid-19", "exercise-fever"]);
        string[] equipment = ["hygiene", "protection", "diagnostics", "care equipment", "care consumables"];
        Covid.Items.Count(one => equipment.Contains(one.Category)).ShouldBe(53);
        Covid.Items.Count(one => one.Kind == ItemKind.Medicine).ShouldBe(145);
        Covid.Items.ShouldAllBe(one => Covid.Sources.ContainsKey(one.Source));
    }

    [Fact]
    public void The_invented_disease_is_data_and_marked_as_an_exercise()
    {
        var fever = DiseasePacks.Carried("exercise-fever");
        fever.Exercise.ShouldBeTrue();
        Covid.Exercise.ShouldBeFalse();
        fever.Items.Select(one => fever.Sources[one.Source]).Distinct().ShouldBe(["invented for the exercise"]);
        foreach (var kind in new[] { ItemKind.Goods, ItemKind.Medicine, ItemKind.Team, ItemKind.Funds })
        {
            fever.Items.ShouldContain(one => one.Kind == kind);
        }

        var cases = new WeeklyCases(new DateOnly(2026, 1, 5), [.. Enumerable.Repeat(4000.0, 12)]);
        var lines = NeedEstimator.Estimate(
            fever, fever.CapacityOf(TerritoryCode.Parse("KEN"), 0), cases, new NeedSettings(new(2026, 2, 2), 4)).Lines;
        lines.ShouldContain(one => one.Item.ToString() == "exercisin-200-mg");
        lines.ShouldContain(one => one.Item.ToString() == "oxygen");
    }

    [Fact]
    public void An_item_is_found_by_code_and_by_full_name_in_either_case()
    {
        Covid.TryFindItem("GOWN", out var byCode).ShouldBeTrue();
        Covid.TryFindItem(" gown, Protective ", out var byName).ShouldBeTrue();
        byCode.ShouldBe(byName);
        Covid.TryFindItem("gowns", out _).ShouldBeFalse();
        Covid.TryFindItem(null, out _).ShouldBeFalse();
    }

    [Fact]
    public void Every_vaccine_of_the_delivery_records_is_known()
    {
        var rows = TableRows.Read(Repository.Reference("covax/covax_deliveries_by_donor.csv"));
        var at = Array.IndexOf(rows[0], "Vaccine");
        var named = rows.Skip(2).Select(row => row[at].Trim()).Where(text => text.Length > 0).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(6);
        named.Where(text => !Covid.TryFindVaccine(text, out _)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Johnson & Johnson", 100, 200)]
    [InlineData("Sputnik Light", 100, 200)]
    [InlineData("Sputnik V", 100, 100)]
    [InlineData("astrazeneca (COVISHIELD)", 100, 100)]
    [InlineData("Abdala ", 100, 66)]
    public void Doses_count_as_parts_of_a_two_dose_course(string product, long doses, long equivalents)
    {
        Covid.TryFindVaccine(product, out var found).ShouldBeTrue();
        found!.EquivalentsOf(doses).ShouldBe(equivalents);
    }

    [Fact]
    public void Every_country_of_the_case_counts_has_a_capacity()
    {
        foreach (var row in TableRows.Read(Repository.Reference("jhu/countries.csv")).Skip(1))
        {
            var population = row[3].Length == 0 ? 0 : (long)GoldenTable.Number(row[3])!.Value;
            var capacity = Covid.CapacityOf(TerritoryCode.Parse(row[0]), population);
            capacity.Beds.ShouldBeGreaterThanOrEqualTo(0);
            (capacity.Population == 0 || capacity.Beds > 0).ShouldBeTrue(row[0]);
        }
    }

    [Fact]
    public void A_place_that_no_table_has_is_filled_in_from_the_medians_and_says_so()
    {
        var taiwan = Covid.CapacityOf(TerritoryCode.Parse("TWN"), 23_816_775);
        taiwan.FilledIn.Length.ShouldBe(12);
        taiwan.Basis.ShouldContain("medians per 1000 inhabitants");
        var twice = Covid.CapacityOf(TerritoryCode.Parse("VAT"), 2 * 23_816_775);
        twice.Staff.Doctors.ShouldBe(2 * taiwan.Staff.Doctors, tolerance: 1e-6);
        twice.IntensiveCarePercent.ShouldBe(taiwan.IntensiveCarePercent);
    }

    [Fact]
    public void Kosovo_is_found_under_each_of_its_codes()
    {
        var beds = Covid.CapacityOf(TerritoryCode.Parse("XKX"), 0).Beds;
        beds.ShouldBeGreaterThan(0);
        Covid.CapacityOf(TerritoryCode.Parse("XKS"), 0).Beds.ShouldBe(beds);
    }

    [Fact]
    public void An_unknown_pack_is_refused() =>
        Should.Throw<ArgumentException>(() => DiseasePacks.Carried("no-such-fever"));
}
