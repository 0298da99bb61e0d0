using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;

namespace Sameboat.Server.Tests.Chain;

/// <summary>What is counted of promises, sources and money.</summary>
public sealed class HonestyTests
{
    private const int Today = 740_000;

    [Fact]
    public void Late_short_lapsed_and_twice_promised_are_counted_for_each_donor()
    {
        ConsignmentRow[] sent = [Sent("c1", 10, 14), Sent("c2", 10, 9), Sent("c3", null, 12), Sent("c4", 10, null)];
        var rows = new ChainRows(
            [],
            [Offer("o1", 100, "Accepted"), Offer("o2", 40, "Lapsed")],
            [Planned("round/convener/one", 60), Planned("round/convener/two", 60)],
            sent,
            [Line("c1", 50, 40, 10), Line("c4", 70, 0, 0)],
            []);

        var donor = HonestyLists.Donors(rows).Single();
        (donor.Offers, donor.Lapsed, donor.LapsedUnits).ShouldBe((2, 1, 40));
        (donor.Sent, donor.Arrived, donor.Dated, donor.Late).ShouldBe((4, 3, 2, 1));
        (donor.SentUnits, donor.ShortUnits, donor.MedianLateDays).ShouldBe((50, 10, -1));
        var twice = HonestyLists.DoublePromises(rows);
        twice.Select(one => (one.Code, one.Found, one.Allowed)).ShouldBe(
            [(HonestyLists.LotPromisedTwice, 120, 100), (HonestyLists.LotSentTwice, 120, 100)]);
        HonestyLists.Expiries(rows, Today).Select(one => (one.Subject, one.DaysLeft)).ShouldBe(
            [("consignment/per/c4", 30), ("offer/per/o1", 60)]);
    }

    [Fact]
    public void More_asked_than_needed_and_more_planned_than_asked_are_found()
    {
        var rows = new ChainRows(
            [Asked("request/ken/r1", 80), Asked("request/ken/r2", 30), Asked("request/ken/r3", 500)], [],
            [Planned("round/convener/one", 120)], [], [], [])
        {
            Needs = [Need(100)],
            Published = new HashSet<string> { "request/ken/r1", "request/ken/r2" },
        };

        QuantityChain.Check(rows).Where(one => one.Code != QuantityChain.OfferExceeded)
            .Select(one => (one.Code, one.Found, one.Allowed)).ShouldBe(
                [(QuantityChain.NeedExceeded, 110, 100), (QuantityChain.RequestExceeded, 120, 110)]);
        var declined = new HashSet<string> { "round/convener/one" };
        QuantityChain.Check(rows with { Needs = [Need(110)], DeclinedRounds = declined })
            .Where(one => one.Code != QuantityChain.OfferExceeded).ShouldBeEmpty();
    }

    [Fact]
    public void A_range_of_arrival_stands_on_enough_arrivals_or_is_not_given()
    {
        var past = Enumerable.Range(0, 10).Select(number => Sent($"c{number}", 10, 10 + number)).ToList();
        var open = Sent("open", 100, null);

        new Lateness(past).Of(open, []).ShouldBe(new ArrivalRange(100, 100, 108, Lateness.ByRoute, 10));
        new Lateness(past.Take(4)).Of(open, []).ShouldBe(new ArrivalRange(100, null, null, Lateness.Stated, 4));
        new Lateness(past).Of(Sent("none", null, null), []).ShouldBe(
            new ArrivalRange(null, null, null, Lateness.Unknown, 0));
    }

    [Fact]
    public void Pledges_are_in_no_total_and_no_cent_is_lost_between_years() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Int[2024, 2028], Gen.Int[0, 5], Gen.Bool).Sample(
            (amount, first, more, pledged) =>
            {
                var row = Money("EUR", amount, pledged ? 0 : amount, "1.0871", first, first + more);

                var totals = ContributionTotals.Of([row], []);

                totals.CommittedByYear.Values.Sum().ShouldBe(totals.CommittedCents);
                totals.CommittedCents.ShouldBe(
                    pledged ? 0 : (long)Math.Round(amount * 1.0871m, MidpointRounding.ToEven));
                totals.Rates.Length.ShouldBe(pledged ? 0 : 1);
            });

    [Fact]
    public void A_currency_without_minor_units_is_turned_by_its_own_rule_and_one_without_a_rate_is_named()
    {
        var totals = ContributionTotals.Of(
            [
                Money("JPY", 1_000_000, 1_000_000, "0.0067", 2026, 2026), Money("CHF", 500, 500, "", 2026, 2026),
                Money("USD", 250, 250, "", 2026, 2026),
            ],
            []);

        totals.CommittedCents.ShouldBe(670_000 + 250);
        totals.WithoutRate.ShouldBe(["contribution/per/CHF"]);
    }

    [Fact]
    public async Task Sources_stand_side_by_side_the_official_one_marked_and_contradictions_are_flagged()
    {
        await using var node = await RoundNode.OpenAsync();
        async Task<HttpStatusCode> ReportAsync(string member, string id, string first, int cases, int? all) =>
            await node.DoAsync(member, "situations", new JsonObject
            {
                ["id"] = id, ["outbreak"] = "outbreak/convener/other", ["place"] = "KEN", ["first"] = first,
                ["cases"] = new JsonArray(cases), ["deaths"] = new JsonArray(0), ["cumulative_cases"] = all,
                ["source"] = member == "ken" ? null : "hospital survey",
            });

        (await ReportAsync("ken", "a", "2026-01-01", 50, 40)).ShouldBe(HttpStatusCode.Conflict);
        (await ReportAsync("ken", "b", "2026-01-02", 50, 60)).ShouldBe(HttpStatusCode.Created);
        (await ReportAsync("ken", "c", "2026-01-03", 50, 90)).ShouldBe(HttpStatusCode.Created);
        (await ReportAsync("per", "d", "2026-01-02", 70, null)).ShouldBe(HttpStatusCode.Created);

        var sources = (await node.Api.GetAsync("sources?outbreak=outbreak/convener/other&place=KEN"))["sources"]!
            .AsArray();
        sources.Select(one => (one!["member"]!.GetValue<string>(), one["official"]!.GetValue<bool>()))
            .ShouldBe([("ken", true), ("per", false)]);
        sources[0]!["flags"]![0]!["code"]!.GetValue<string>().ShouldBe(SourceComparison.CasesAbove);
        (await node.Api.GetAsync("situations/ken/b"))["revisions"]!.AsArray().Count.ShouldBe(1);
        (await node.Api.GetAsync("honesty?outbreak=outbreak/convener/fever"))["donors"]!.AsArray().Count.ShouldBe(2);
    }

    private static ConsignmentRow Sent(string name, int? promised, int? arrived) => new()
    {
        Subject = $"consignment/per/{name}", Member = "per", Consignee = "ken", Outbreak = "", Destination = "KEN",
        Waybill = "", Expected = promised, Promised = promised, Arrived = arrived,
        State = arrived is null ? "InTransit" : "Reconciled",
    };

    private static ConsignmentLineRow Line(string name, long quantity, long received, long damaged) => new()
    {
        Subject = $"consignment/per/{name}", Line = 0, Plan = "", PlanLine = -1, Item = "gown", Unit = "each",
        Lot = "a1", Expires = Today + 30, Quantity = quantity, Received = received, Damaged = damaged,
    };

    private static OfferRow Offer(string name, long quantity, string state) => new()
    {
        Subject = $"offer/per/{name}", Outbreak = "", Member = "per", Kind = "Goods",
        Lot = name == "o1" ? "a1" : name, Item = "gown", Unit = "each", Quantity = quantity, Pack = 1, Origin = "",
        Available = null, Expires = Today + 60, ColdChain = false, OnlyFor = "", State = state,
    };

    private static PlanLineRow Planned(string round, long quantity) => new()
    {
        Subject = round.Replace("round", "plan", StringComparison.Ordinal), Line = 0, Round = round, Item = "gown",
        Lot = "a1", Donor = "per", Place = "KEN", Quantity = quantity,
    };

    private static RequestLineRow Asked(string subject, long quantity) => new()
    {
        Subject = subject, Line = 0, Outbreak = "", Member = "ken", Place = "KEN", Item = "gown", Unit = "each",
        Quantity = quantity, NeededBy = null, Need = "need/ken/1",
    };

    private static NeedLineRow Need(long quantity) => new()
    {
        Subject = "need/ken/1", Line = 0, Outbreak = "", Member = "ken", Place = "KEN", Item = "gown", Unit = "each",
        Quantity = quantity, Basis = "",
    };

    private static ContributionRow Money(
        string currency, long amount, long committed, string rate, int first, int last) => new()
    {
        Subject = $"contribution/per/{currency}", Member = "per", Recipient = "ken", Outbreak = "",
        Currency = currency, Amount = amount, Committed = committed, Paid = 0, Rate = rate, RateDay = null,
        FirstYear = first, LastYear = last, State = committed == 0 ? "Pledged" : "Committed",
    };
}
