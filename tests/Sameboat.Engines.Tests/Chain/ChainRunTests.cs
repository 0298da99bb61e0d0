using Sameboat.Allocation;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Chain;

public class ChainRunTests
{
    private static readonly ChainResult Result = ChainRun.Run(SmallRun.Input, SmallRun.Settings);

    [Fact]
    public void Every_place_with_counts_is_assessed_and_has_its_need_estimated()
    {
        Result.Places.Select(place => place.Territory.Code.ToString()).ShouldBe(["KEN", "NPL", "PRY", "TUV"]);
        Result.Places.ShouldAllBe(place => place.Need.Length > 20);
        Result.Places.ShouldAllBe(place => place.Assessment.CasesForecast.Weeks.Length == 4);
    }

    [Fact]
    public void The_planned_weeks_are_the_forecast_weeks()
    {
        var path = Result.Places[0].Cases.Median;
        path.LastDay.ShouldBe(SmallRun.AsOf.AddDays(4 * 7));
        path.Cases[^1].ShouldBe(Result.Places[0].Assessment.CasesForecast.Weeks[^1].Median);
        path.Cases[^5].ShouldBe(Enumerable.Range(93, 7).Sum(day => 300.0 + (2 * day)), 1e-9);
    }

    [Fact]
    public void No_lot_gives_more_than_it_holds_and_no_place_gets_more_than_it_needs()
    {
        foreach (var round in Result.Rounds)
        {
            foreach (var lot in round.Result.Lines.GroupBy(line => line.Lot))
            {
                lot.Sum(line => line.Quantity).ShouldBeLessThanOrEqualTo(round.Lots[lot.Key].Quantity);
            }
        }

        Result.Coverage.ShouldAllBe(line => line.Planned <= line.Need);
    }

    [Fact]
    public void A_lot_for_one_place_goes_nowhere_else_and_an_expired_one_nowhere_at_all()
    {
        var plan = Result.TablesOf().Plan;
        plan.Where(row => row.Lot == "gowns-2").ShouldAllBe(row => row.Recipient.ToString() == "NPL");
        plan.ShouldNotContain(row => row.Lot == "tests-old");
        plan.ShouldContain(row => row.Lot == "tests-1");
    }

    [Fact]
    public void A_lot_that_comes_after_the_plan_is_named_as_idle()
    {
        Result.Idle.Single().Offer.Lot.ShouldBe("gowns-late");
        Result.TablesOf().Lots.Single(lot => lot.Lot == "gowns-late").Note.ShouldContain("2022-04-29");
    }

    [Fact]
    public void A_lot_of_which_some_is_left_says_why_and_one_that_goes_out_whole_says_nothing()
    {
        var lots = Result.TablesOf().Lots;
        lots.ShouldContain(lot => lot.Planned < lot.Quantity);
        lots.Where(lot => lot.Planned < lot.Quantity).ShouldAllBe(lot => lot.Note.EndsWith('.'));
        lots.Where(lot => lot.Planned == lot.Quantity).ShouldAllBe(lot => lot.Note == "");
    }

    [Fact]
    public void Money_is_needed_by_the_price_of_what_goods_did_not_meet()
    {
        foreach (var place in Result.Coverage.GroupBy(line => line.Place))
        {
            var price = place.Where(line => line.Item.Kind != ItemKind.Funds)
                .Sum(line => line.Unmet * (line.Item.PriceUsd ?? 0));
            var funds = place.SingleOrDefault(line => line.Item.Kind == ItemKind.Funds);
            (funds?.Need ?? 0).ShouldBe((long)Math.Ceiling(price));
        }

        Result.Coverage.Where(line => line.Item.Kind == ItemKind.Funds).Sum(line => line.Planned).ShouldBe(50_000);
    }

    [Fact]
    public void The_order_of_places_and_lots_in_the_files_changes_no_total()
    {
        var turned = ChainRun.Run(
            new ChainInput([.. SmallRun.Cases.Reverse()], [], [.. SmallRun.Offers.Reverse()]), SmallRun.Settings);
        turned.Coverage.Select(line => (line.Place, line.Item.Code, line.Need, line.Planned))
            .ShouldBe(Result.Coverage.Select(line => (line.Place, line.Item.Code, line.Need, line.Planned)));
    }

    [Fact]
    public void Everybody_with_a_need_of_an_offered_item_has_a_reason()
    {
        var offered = Result.Rounds.Select(round => round.Item.Code).ToHashSet();
        Result.Coverage.Where(line => offered.Contains(line.Item.Code))
            .ShouldAllBe(line => line.Reason.EndsWith('.') && line.Reason.Length > 20);
        Result.Coverage.Where(line => !offered.Contains(line.Item.Code)).ShouldAllBe(line => line.Reason == "");
    }

    [Fact]
    public void Pooled_donations_are_divided_over_the_recipients_by_population()
    {
        var pool = DeliveryPool.Of(
            [
                Delivery("KEN", "Donor 01", DeliverySource.Donor, "AstraZeneca", 1_000_000),
                Delivery("NPL", "Donor 02", DeliverySource.Donor, "Johnson & Johnson", 300_000),
                Delivery("PRY", "", DeliverySource.Purchased, "Pfizer/BioNTech", 500_000),
            ],
            SmallRun.Pack)!;
        pool.Offers.Sum(offer => offer.Quantity).ShouldBe(1_000_000 + (2 * 300_000));
        var result = ChainRun.Run(new ChainInput(SmallRun.Cases, [], [], pool), SmallRun.Settings);
        var rows = result.TablesOf().Comparison;
        rows.Select(row => row.Place.ToString()).ShouldBe(["KEN", "NPL", "PRY"]);
        rows.Single(row => row.Place.ToString() == "PRY").Bought.ShouldBe(500_000);
        rows.Sum(row => row.Fair).ShouldBe(1_600_000);
        rows.Min(row => row.CoverageFair).ShouldBeGreaterThanOrEqualTo(rows.Min(row => row.CoverageGiven));
        result.Coverage.ShouldAllBe(line => line.Item.Kind == ItemKind.Vaccine || line.Item.Kind == ItemKind.Funds);
    }

    private static Delivery Delivery(
        string place, string donor, DeliverySource source, string product, long doses) => new(
        TerritoryCode.Parse(place), place, donor, source, product, doses, "", "", 3);
}
