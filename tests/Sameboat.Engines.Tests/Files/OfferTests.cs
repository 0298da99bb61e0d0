using Sameboat.Exchange.Files;
using Sameboat.Tests;
using Shouldly;
using Xunit;

namespace Sameboat.Engines.Tests.Files;

public sealed class OfferTests
{
    private const string Header = "lot,donor,item,quantity,unit,pack,origin,available,expires,cold_chain,only_for\n";

    [Fact]
    public void An_offer_is_read_as_it_stands()
    {
        var reading = Written.Offers(Header
            + "L1,\"Norway, the Kingdom\",gown,1000,Piece,100,NOR,2022-03-01,2023-03-01,no,\"KEN; UGA|TZA KEN\"\n");

        Written.FaultsOf(reading).ShouldBeEmpty();
        var offer = reading.Value!.Offers.Single();
        offer.ShouldBe(new Offer("L1", "Norway, the Kingdom", ItemCode.Parse("gown"), 1000, "piece", 100,
            TerritoryCode.Parse("NOR"), new DateOnly(2022, 3, 1), new DateOnly(2023, 3, 1), false, offer.OnlyFor, 2));
        offer.OnlyFor.Select(place => place.ToString()).ShouldBe(["KEN", "TZA", "UGA"]);
        reading.Remarks.ShouldBeEmpty();
    }

    [Fact]
    public void What_is_left_blank_or_out_has_the_stated_default()
    {
        var offers = Written.Offers("lot,donor,item,quantity\nA,X,gown,1000\nB,X,vaccine,7\n").Value!.Offers;

        offers[0].ShouldBe(new Offer("A", "X", ItemCode.Parse("gown"), 1000, "piece", 50, null, null, null, false,
            offers[0].OnlyFor, 2));
        offers[0].OnlyFor.ShouldBeEmpty();
        offers[1].Pack.ShouldBe(7);
        offers[1].ColdChain.ShouldBeTrue();
    }

    [Fact]
    public void Units_that_fill_no_pack_are_remarked_on() =>
        Written.Offers(Header + "L1,X,gown,1010,,100,,,,,\n").Remarks
            .ShouldBe(["Lot L1 (line 2): 10 of 1,010 units do not fill a pack of 100."]);

    [Theory]
    [InlineData("L1,X,gown,-5,,,,,,,", "offers.csv:2:4: found «-5», expected a whole quantity above 0")]
    [InlineData("L1,X,gown,0,,,,,,,", "offers.csv:2:4: found «0», expected a whole quantity above 0")]
    [InlineData("L1,X,gown,2.5,,,,,,,", "offers.csv:2:4: found «2.5», expected a whole quantity above 0")]
    [InlineData("L1,X,gown,,,,,,,,", "offers.csv:2:4: found an empty cell, expected a whole quantity above 0")]
    [InlineData("L1,X,gown,\"1,000\",,,,,,,", "offers.csv:2:4: found «1,000», expected a whole quantity above 0")]
    [InlineData("L1,X,gown,1000000000001,,,,,,,",
        "offers.csv:2:4: found «1000000000001», expected at most 1,000,000,000,000")]
    [InlineData("L1,X,sword,5,,,,,,,",
        "offers.csv:2:3: found «sword», expected the code or name of an item of the disease pack")]
    [InlineData("L1,X,gown,5,box,,,,,,", "offers.csv:2:5: found «box», expected «piece», the unit of gown")]
    [InlineData("L1,X,gown,5,,6,,,,,", "offers.csv:2:6: found «6», expected a pack of at most the quantity, 5")]
    [InlineData("L1,X,gown,5,,0,,,,,",
        "offers.csv:2:6: found «0», expected a whole number of units in a pack, at least 1")]
    [InlineData("L1,X,gown,5,,,Atlantis,,,,",
        "offers.csv:2:7: found «Atlantis», expected a territory, best by its ISO 3166-1 code of three letters, "
        + "such as KEN")]
    [InlineData("L1,X,gown,5,,,,1/3/2022,,,",
        "offers.csv:2:8: found «1/3/2022», expected a date such as 2021-12-31, or an empty cell")]
    [InlineData("L1,X,gown,5,,,,2022-03-02,2022-03-01,,",
        "offers.csv:2:9: found «2022-03-01», expected a day on or after 2022-03-02, when it is available")]
    [InlineData("L1,X,gown,5,,,,,,maybe,", "offers.csv:2:10: found «maybe», expected yes or no")]
    [InlineData("L1,X,gown,5,,,,,,,KEN QQQ",
        "offers.csv:2:11: found «QQQ», expected ISO 3166-1 codes of three letters with spaces between, such as "
        + "KEN UGA")]
    [InlineData(",X,gown,5,,,,,,,", "offers.csv:2:1: found an empty cell, expected a name for the lot")]
    [InlineData("L1,,gown,5,,,,,,,", "offers.csv:2:2: found an empty cell, expected the name of the donor")]
    [InlineData("L1,\"X\nY\",gown,5,,,,,,,",
        "offers.csv:2:2: found «X\\nY», expected the name of the donor, on one line and without control characters")]
    public void A_bad_offer_is_one_line_that_says_what_is_wrong(string row, string fault) =>
        Written.FaultsOf(Written.Offers(Header + row + "\n")).ShouldBe([fault]);

    [Fact]
    public void A_lot_that_stands_twice_names_the_other_line() =>
        Written.FaultsOf(Written.Offers(Header + "L1,X,gown,5,,,,,,,\nL1,Y,gown,5,,,,,,,\n"))
            .ShouldBe(["offers.csv:3:1: found «L1», expected a name of its own for each lot; line 2 has this one"]);

    [Fact]
    public void Every_fault_of_a_line_is_told() =>
        Written.FaultsOf(Written.Offers(Header + "L1,,sword,-1,,,,,,,\n")).Length.ShouldBe(3);

    [Fact]
    public void A_missing_column_is_named() =>
        Written.FaultsOf(Written.Offers("lot,donor,item\nL1,X,gown\n")).Single().ShouldStartWith(
            "offers.csv:1: found no column «quantity», expected a header with lot,donor,item,quantity and, if ");

    [Fact]
    public void A_file_without_a_lot_is_refused() =>
        Written.FaultsOf(Written.Offers(Header))
            .ShouldBe(["offers.csv: found no lot, expected at least one row below the header"]);

    [Fact]
    public void The_deliveries_of_HDX_are_recognised()
    {
        var file = Written.Offers("""
            Country,ISO3,Pipeline,Vaccine,Funder,Doses,Source Url,NewPipeline,Date,
            #country+name,#country+code,#meta,#meta,#meta,#capacity,#meta,#meta,,
            Afghanistan,AFG,Other,AstraZeneca,India,"500,000",https://example.org,India,March,
            oPt,PSE,COVAX,,Global,"1,200",https://example.org,COVAX/Global,,
            Colombia,COL,Other,Abdala ,Procured,30,x,Procured,May 2022,
            ,,,,,,,,,

            """);

        file.Value!.Format.ShouldBe("HDX deliveries");
        file.Value.Deliveries.ShouldBe(
        [
            new Delivery(TerritoryCode.Parse("AFG"), "Afghanistan", "India", DeliverySource.Donor,
                "AstraZeneca", 500_000, "Other", "March", 3),
            new Delivery(TerritoryCode.Parse("PSE"), "oPt", "Global", DeliverySource.SharedFacility,
                "", 1200, "COVAX", "", 4),
            new Delivery(TerritoryCode.Parse("COL"), "Colombia", "Procured", DeliverySource.Purchased,
                "Abdala", 30, "Other", "May 2022", 5),
        ]);
        file.Remarks.ShouldBe(
        [
            "1 of 3 deliveries (1,200 doses) do not name the vaccine.",
            "1 of 3 deliveries (30 doses) were bought by the recipient and are no donations.",
        ]);
    }

    [Theory]
    [InlineData("Kenya,KEN,Other,X,India,-5",
        "offers.csv:2:6: found «-5», expected a whole number of doses above 0, such as 1,200,000")]
    [InlineData("Kenya,KEN,Other,X,India,1.5",
        "offers.csv:2:6: found «1.5», expected a whole number of doses above 0, such as 1,200,000")]
    [InlineData("Kenya,QQQ,Other,X,India,5",
        "offers.csv:2:2: found «QQQ», expected an ISO 3166-1 code of three letters, such as KEN")]
    public void A_bad_delivery_is_refused(string row, string fault) =>
        Written.FaultsOf(Written.Offers($"Country,ISO3,Pipeline,Vaccine,Funder,Doses\n{row}\n")).ShouldBe([fault]);

    [Fact]
    public void The_real_record_of_deliveries_is_read_whole()
    {
        var reading = OfferFileReader.Read(Repository.Reference("covax/covax_deliveries_by_donor.csv"), Written.Find);

        Written.FaultsOf(reading).ShouldBeEmpty();
        reading.Value!.Deliveries.Length.ShouldBe(823);
        reading.Value.Deliveries.Select(delivery => delivery.Recipient).Distinct().Count().ShouldBe(30);
        reading.Value.Deliveries.Count(delivery => delivery.Source == DeliverySource.Purchased).ShouldBe(187);
        reading.Value.Deliveries.Count(delivery => delivery.Source == DeliverySource.Unstated).ShouldBe(64);
    }
}
