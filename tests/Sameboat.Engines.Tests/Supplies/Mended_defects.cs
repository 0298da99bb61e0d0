using System.Collections.Immutable;
using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Supplies;

/// <summary>
/// Each correction by itself, on Ethiopia from 2022-01-03 over twelve weeks with everybody tested; the figures are
/// those of docs/methods/need-corrected.md.
/// </summary>
public sealed class Mended_defects
{
    private const int PlannedWeeks = 12;
    private const double BedTolerance = 1e-6;

    private static readonly DateOnly Start = new(2022, 1, 3);
    private static readonly DiseasePack Pack = DiseasePacks.Carried("covid-19");

    [Theory]
    [InlineData(Corrections.MedicineHorizon, 211_101, 74_706)]
    [InlineData(Corrections.NationalWorkforce, 2_270_760, 15_148_836)]
    [InlineData(Corrections.BedBalance, 2, 0)]
    [InlineData(Corrections.ReusableIssuedOnce, 41_324, 15_216)]
    [InlineData(Corrections.ConsumablesPerDay, 4_533, 31_693)]
    [InlineData(Corrections.ScreenedOnce, 1_149_361, 678_543)]
    [InlineData(Corrections.OxygenVolume, 0, 1_553_293)]
    [InlineData(Corrections.ManualKitFactor, 702, 70_187)]
    [InlineData(Corrections.StockAndWaste, 532_566, 350_213)]
    [InlineData(Corrections.ContactsByWeek, 1_671_217, 343_065)]
    public void Each_changes_the_figure_that_the_method_page_names(Corrections one, double before, double after)
    {
        Math.Round(Figure(one, Ethiopia(Corrections.None))).ShouldBe(before);
        Math.Round(Figure(one, Ethiopia(one))).ShouldBe(after);
    }

    [Fact]
    public void With_none_mended_the_tables_are_those_of_parity()
    {
        var none = Ethiopia(Corrections.None).Tables.ShouldNotBeNull();
        var parity = NeedEstimator.Estimate(
            Pack,
            Capacity("ETH"),
            ReportedCases.Of("ETH"),
            new NeedSettings(Start, PlannedWeeks) { Mode = NeedMode.Parity });
        none.Patients.ShouldBe(parity.Tables!.Patients);
        none.Goods.ShouldBe(parity.Tables.Goods);
        none.Medicines.ShouldBe(parity.Tables.Medicines);
    }

    [Fact]
    public void Beds_are_neither_made_nor_lost_in_any_country_and_week()
    {
        foreach (var country in ReportedCases.Countries)
        {
            var cases = ReportedCases.Of(country);
            if (cases.Cases.Any(one => one < 0))
            {
                continue;
            }

            var tables = NeedEstimator.Estimate(
                Pack, Capacity(country), cases, new NeedSettings(Start, PlannedWeeks)).Tables.ShouldNotBeNull();
            Imbalances(tables.Patients).ShouldBe(0, country);
            tables.Patients.ShouldAllBe(week => week.SevereBeds <= tables.Capacity.SevereBeds + BedTolerance
                && week.CriticalBeds <= tables.Capacity.CriticalBeds + BedTolerance
                && week.AdmittedSevere >= 0 && week.AdmittedCritical >= 0);
        }
    }

    [Fact]
    public void A_reusable_is_issued_up_to_the_peak_and_not_beyond()
    {
        var tables = Ethiopia(Corrections.All).Tables.ShouldNotBeNull();
        var issued = tables.Goods.Where(one => one.Item.Code.ToString() == "ventilator").Sum(one => one.Amount ?? 0);
        issued.ShouldBe(Math.Ceiling(tables.Patients.Max(week => week.CriticalBeds) * 0.67));
    }

    [Fact]
    public void Oxygen_is_the_flow_of_the_beds_in_use()
    {
        var tables = Ethiopia(Corrections.All).Tables.ShouldNotBeNull();
        var (beds, oxygen) = (tables.Patients[0], tables.Oxygen[0]);
        var perDay = ((beds.SevereBeds * 10) + (beds.CriticalBeds * 30)) * 1440 / 1000;
        oxygen.CubicMetres.ShouldBe(perDay * 7, tolerance: 1e-6);
        oxygen.Cylinders.ShouldBe(perDay, tolerance: 1e-6);
        oxygen.Concentrators.ShouldBe(perDay / 14.4, tolerance: 1e-6);
    }

    [Fact]
    public void Stock_that_use_before_arrival_eats_up_does_not_count()
    {
        var gown = ItemCode.Parse("gown");
        long Gowns(int lead, long stock) => NeedEstimator.Estimate(
            Pack, Capacity("ETH"), ReportedCases.Of("ETH"), new NeedSettings(Start, 4)
            {
                LeadTimeWeeks = lead,
                Stock = ImmutableDictionary<ItemCode, long>.Empty.Add(gown, stock),
            }).Lines.SingleOrDefault(one => one.Item == gown)?.Quantity ?? 0;
        Gowns(lead: 0, stock: 10_000).ShouldBe(Gowns(lead: 0, stock: 0) - 10_000);
        Gowns(lead: 4, stock: 10_000).ShouldBe(Gowns(lead: 4, stock: 0));
        Gowns(lead: 4, stock: 10_000_000).ShouldBe(0);
    }

    private static double Figure(Corrections figure, NeedEstimate estimate)
    {
        var tables = estimate.Tables.ShouldNotBeNull();
        double Goods(string code) =>
            tables.Goods.Where(one => one.Item.Code.ToString() == code).Sum(one => one.Amount ?? 0);
        return figure switch
        {
            Corrections.MedicineHorizon => tables.Medicines
                .Where(one => one.Item.Code.ToString() == "dexamethasone-phosphate-4mg-ml-1ml-amp")
                .Sum(one => one.Mild + one.Moderate + one.Severe + one.Critical),
            Corrections.NationalWorkforce => tables.OtherCare
                .Where(one => one.Item.Code.ToString() == "gown").Sum(one => one.Amounts.Sum()),
            Corrections.BedBalance => Imbalances(tables.Patients),
            Corrections.ReusableIssuedOnce => Goods("scrub-top"),
            Corrections.ConsumablesPerDay => Goods("nasal-oxygen-cannula"),
            Corrections.ScreenedOnce => Goods("mask-patient"),
            Corrections.OxygenVolume => tables.Oxygen.Sum(one => one.CubicMetres),
            Corrections.ManualKitFactor => Goods("test-kit-manual-pcr"),
            Corrections.StockAndWaste => estimate.Lines.Single(one => one.Item.ToString() == "gown").Quantity,
            Corrections.ContactsByWeek => tables.AdditionalTests.Sum(one => one.Contacts),
            _ => throw new ArgumentOutOfRangeException(nameof(figure)),
        };
    }

    private static int Imbalances(ImmutableArray<PatientWeek> weeks) => weeks.Zip(weeks.Skip(1)).Count(pair =>
        Math.Abs(pair.Second.CriticalBeds - pair.First.CriticalBeds + pair.Second.DischargedCritical
            - pair.Second.AdmittedCritical) > BedTolerance);

    private static CountryCapacity Capacity(string country) =>
        Pack.CapacityOf(TerritoryCode.Parse(country), population: 0);

    private static NeedEstimate Ethiopia(Corrections mended)
    {
        var gown = ItemCode.Parse("gown");
        return NeedEstimator.Estimate(
            Pack,
            Capacity("ETH"),
            ReportedCases.Of("ETH"),
            new NeedSettings(Start, PlannedWeeks)
            {
                Corrections = mended,
                WastageShare = 0.1,
                LeadTimeWeeks = mended == Corrections.StockAndWaste ? 2 : 0,
                Stock = ImmutableDictionary<ItemCode, long>.Empty.Add(gown, 100_000),
                Pipeline = ImmutableDictionary<ItemCode, long>.Empty.Add(gown, 50_000),
            });
    }
}
