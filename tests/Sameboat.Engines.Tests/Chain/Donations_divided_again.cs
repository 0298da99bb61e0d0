using Sameboat.Allocation;
using Sameboat.Exchange.Chain.Donations;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Chain;

/// <summary>Donations of a record divided again: packs, transport and the price of donors' choices.</summary>
public sealed class Donations_divided_again
{
    private static readonly DiseasePack Pack = DiseasePacks.Carried("covid-19");

    // Kenya and Nepal; France gave to Nepal alone, Japan to Kenya alone; both ways are longer than the other way round.
    private static readonly DonatedPool Crossed = Pool(
        ("NPL", "France", "AstraZeneca", 4_800), ("KEN", "Japan", "AstraZeneca", 4_800));

    [Theory]
    [InlineData("FRA", "FRA", 0)]
    [InlineData("FRA", "KEN", 6_151)] // by the formula, from the centres that the table carries
    [InlineData("JPN", "USA", 9_923)]
    public void Distance_is_that_of_the_great_circle(string from, string to, long kilometres)
    {
        var (one, other) = (Territories.Get(TerritoryCode.Parse(from)), Territories.Get(TerritoryCode.Parse(to)));
        var (a, b) = (one.Latitude * Math.PI / 180, other.Latitude * Math.PI / 180);
        var cosine = (Math.Sin(a) * Math.Sin(b))
            + (Math.Cos(a) * Math.Cos(b) * Math.Cos((other.Longitude - one.Longitude) * Math.PI / 180));
        var expected = 6371.0088 * Math.Acos(Math.Clamp(cosine, -1, 1));
        var pool = Pool((to, from, "AstraZeneca", 100));
        var found = new DonationRoutes(pool).Kilometres(0, 0);
        ((double)found).ShouldBe(expected, 0.51);
        ((double)found).ShouldBe(kilometres, Math.Max(1, kilometres * 0.02));
    }

    [Fact]
    public void A_donor_that_is_no_place_counts_the_mean_distance_of_the_others()
    {
        var pool = Pool(("KEN", "France", "AstraZeneca", 300), ("KEN", "Japan", "AstraZeneca", 100),
            ("KEN", "Global", "AstraZeneca", 50));
        var routes = new DonationRoutes(pool);
        pool.Lots.Select(lot => lot.Donor).ShouldBe(["France", "Global", "Japan"]);
        routes.Kilometres(1, 0).ShouldBe(
            (long)Math.Round(((300 * routes.Kilometres(0, 0)) + (100 * routes.Kilometres(2, 0))) / 400.0));
    }

    [Fact]
    public void A_dose_of_a_one_dose_product_counts_two_and_travels_once()
    {
        var pool = Pool(("KEN", "France", "Johnson & Johnson", 2_400));
        pool.Lots.Single().Quantity.ShouldBe(4_800);
        pool.Lots.Single().Pack.ShouldBe(4_800);
        var routes = new DonationRoutes(pool);
        routes.CostOf(0, 0).ShouldBe(Rational.Of(routes.Kilometres(0, 0), 2));
    }

    [Fact]
    public void The_fair_plan_takes_the_shortest_ways_and_a_donor_kept_to_its_own_lengthens_them()
    {
        var report = DonationReport.Of(Crossed, seed: 1);
        var named = report.Outcomes.ToDictionary(one => one.Id);
        var routes = report.Routes;
        var crossed = (Rational.Of(4_800) * routes.CostOf(0, 1)) + (Rational.Of(4_800) * routes.CostOf(1, 0));
        named["as given"].DoseKm.ShouldBe(crossed);
        var straight = (Rational.Of(4_800) * routes.CostOf(0, 0)) + (Rational.Of(4_800) * routes.CostOf(1, 1));
        straight.ShouldBeLessThan(crossed);
        named["the same to everybody, shortest"].DoseKm.ShouldBe(straight);
        named["the same to everybody, shortest"].Coverage.ShouldBe(named["as given"].Coverage);
        named["fair, shortest"].Lowest.ShouldBeGreaterThan(named["as given"].Lowest);
        named["fair, shortest"].Sorted.ShouldBe(named["fair, distance not asked"].Sorted);
        foreach (var one in report.Outcomes.Where(one => one.IsShortest is not null))
        {
            one.IsShortest.ShouldBe(true, one.Id);
        }

        named["shortest, fairness not asked"].DoseKm.ShouldBeLessThanOrEqualTo(named["fair, shortest"].DoseKm);
        report.Earmarks.Select(one => one.Donor).ShouldBe(["France", "Japan"]);
        report.Earmarks.ShouldAllBe(one => one.Bound.DoseKm >= named["fair, shortest"].DoseKm);
    }

    [Fact]
    public void What_the_record_holds_is_divided_in_whole_packs_with_every_way_priced()
    {
        var read = OfferFileReader.Read(Repository.Reference("covax/covax_deliveries_by_donor.csv"), _ => null);
        var pool = DonatedPool.Of(read.Value!.Deliveries, Pack).ShouldNotBeNull();
        pool.Recipients.Single(one => one.Territory.Code.ToString() == "AFG").Need.ShouldBe(53_276_918);
        pool.Recipients.Length.ShouldBe(30);
        pool.Lots.Where(lot => lot.Product.StartsWith("Pfizer", StringComparison.Ordinal))
            .ShouldAllBe(lot => lot.Pack == 1_170);
        pool.Donors.Length.ShouldBe(50);
        var report = DonationReport.Of(pool, seed: 0, donors: ["Poland", "USA"]);
        var named = report.Outcomes.ToDictionary(one => one.Id);
        named["as given"].Lowest.ToDouble().ShouldBe(0.048, 0.0005);
        named["fair, shortest"].Lowest.ToDouble().ShouldBe(0.5206, 0.0001);
        named["fair, shortest"].IsShortest.ShouldBe(true);
        named["fair, shortest"].DoseKm.ShouldBeLessThan(named["fair, distance not asked"].DoseKm);
        named["the same to everybody, shortest"].DoseKm.ShouldBeLessThan(named["as given"].DoseKm);
        named["fair, every donor to its own"].DoseKm.ShouldBeGreaterThan(named["fair, shortest"].DoseKm);
        (named["fair, shortest"].Lowest - named["fair, in whole packs"].Lowest).ToDouble().ShouldBeLessThan(0.001);
        var bound = named["fair, every donor to its own"];
        report.Earmarks[0].Freed.Lowest.ShouldBeGreaterThan(bound.Lowest);
        report.Earmarks[1].Freed.Coverage.ShouldBe(bound.Coverage);
        report.Earmarks[1].Freed.DoseKm.ShouldBeLessThan(bound.DoseKm);
        report.Earmarks[1].Bound.DoseKm.ShouldBeGreaterThan(named["fair, shortest"].DoseKm);
    }

    [Fact]
    public void The_plans_are_written_so_that_they_can_be_proved_again()
    {
        var folder = Directory.CreateTempSubdirectory("sameboat-donations-");
        try
        {
            var target = Path.Combine(folder.FullName, "out");
            using (var output = OutputFolder.Begin(target, out _).ShouldNotBeNull())
            {
                DonationFiles.Write(output, DonationReport.Of(Crossed, seed: 7));
                output.Commit();
            }

            foreach (var (name, count) in new[] { ("divisible", 9), ("packs", 1) })
            {
                var failures = new FaultList();
                PlanFileCheck.Check(Path.Combine(target, $"{name}-instances.jsonl"),
                    Path.Combine(target, $"{name}-plans.jsonl"), CoverageBy.MemberItem,
                    new PlanPromise(7, null), failures).ShouldBe(count, string.Join('\n', failures.Lines()));
            }

            File.ReadLines(Path.Combine(target, "plans.csv")).Count().ShouldBe(8);
            File.ReadAllText(Path.Combine(target, DonationFiles.ReportName)).ShouldContain("| France |");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static DonatedPool Pool(params (string Place, string Donor, string Product, long Doses)[] deliveries) =>
        DonatedPool.Of([.. deliveries.Select((one, at) => new Delivery(TerritoryCode.Parse(one.Place), one.Place,
            one.Donor, one.Donor == "Global" ? DeliverySource.SharedFacility : DeliverySource.Donor, one.Product,
            one.Doses, "COVAX", "May", at + 2))], Pack).ShouldNotBeNull();
}
