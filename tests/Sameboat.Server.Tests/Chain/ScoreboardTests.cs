using System.Text.Json.Nodes;
using CsCheck;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Scoreboard;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Tests.Chain;

/// <summary>The figures of the scoreboard, each from a ledger small enough to be worked out by hand.</summary>
public sealed class ScoreboardTests
{
    private const long DayMicroseconds = 86_400_000_000;
    private const int Asked = 100;

    // The times in remission under 6-mercaptopurine of Freireich et al. (1963, Blood 21:699), the usual example of the
    // estimate: its median is 23 weeks.
    [Fact]
    public void The_median_counts_those_that_wait_as_longer_than_they_have_waited()
    {
        int[] ended = [6, 6, 6, 7, 10, 13, 16, 22, 23];
        int[] goOn = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
        var waits = ended.Select(days => Wait(days, hasArrived: true))
            .Concat(goOn.Select(days => Wait(days, hasArrived: false)))
            .ToList();

        Waiting.MedianDays(waits).ShouldBe(23);
        Waiting.MedianDays(waits[ended.Length..]).ShouldBeNull("while nothing has arrived no middle is known");
    }

    [Fact]
    public void Without_anything_still_waiting_the_median_is_the_middle_one() =>
        Gen.Int[0, 60].Array[1, 30].Sample(days =>
        {
            var sorted = days.Order().ToArray();

            Waiting.MedianDays([.. days.Select(day => Wait(day, hasArrived: true))])
                .ShouldBe(sorted[(sorted.Length - 1) / 2]);
        });

    [Theory]
    [InlineData(Scores.MedianFrom - 1, null)]
    [InlineData(Scores.MedianFrom, 3)]
    public void Of_few_lines_no_median_is_given(int lines, int? median)
    {
        var score = Scores.Speed("gown", [.. Enumerable.Repeat(Wait(3, hasArrived: true), lines)]);

        score.MedianDays.ShouldBe(median);
        (score.FewestDays, score.MostDays, score.LongestWaitDays).ShouldBe((3, 3, null));
    }

    [Theory]
    [InlineData(100, 0, 0, 110, 109, false, "Kept")]
    [InlineData(100, 0, 0, 110, 111, false, "Late")]
    [InlineData(100, 0, 0, null, 111, false, "Unknown")]
    [InlineData(90, 10, 0, 110, 109, false, "Short")]
    [InlineData(90, 0, 10, 110, 109, false, "Late")]
    [InlineData(0, 0, 100, 130, null, false, "Open")]
    [InlineData(0, 0, 100, 110, null, false, "Late")]
    [InlineData(0, 0, 100, null, null, false, "Unknown")]
    [InlineData(0, 0, 100, 130, null, true, "Lapsed")]
    [InlineData(100, 0, 0, 110, 109, true, "Kept")]
    public void A_promise_is_what_the_donors_own_words_and_the_consignees_note_make_it(
        int received, int damaged, int open, int? expected, int? arrived, bool isLapsed, string fate)
    {
        var line = SentLine("c1", 100).Count(received, damaged, 100 - received - damaged - open, 0);
        var sending = new Promises.Sending(line, Sent("c1", ConsignmentState.InTransit, expected), arrived);

        Promises.FateOf(PlanLine, [sending], isLapsed, today: 120).ToString().ShouldBe(fate);
    }

    [Fact]
    public void A_promise_of_which_nothing_was_sent_is_open_and_one_whose_sending_was_given_up_has_lapsed()
    {
        var given = new Promises.Sending(SentLine("c1", 100), Sent("c1", ConsignmentState.Cancelled, 110), null);

        Promises.FateOf(PlanLine, [], isLapsed: false, today: 120).ShouldBe(PromiseFate.Open);
        Promises.FateOf(PlanLine, [given], isLapsed: false, today: 120).ShouldBe(PromiseFate.Lapsed);
    }

    [Fact]
    public void From_the_ledger_come_the_wait_the_share_met_and_the_promise()
    {
        var scores = Scores.Of(Ledger(received: 60, arrivedOn: Asked + 8, expected: Asked + 7));

        scores.AsOf.ShouldBe(Asked + 8);
        scores.All.ShouldBe(new SpeedScore("", 2, 1, null, 8, 8, 8));
        scores.MetByItem.Single().ShouldBe(new MetScore("gown", 200, 100, 40, 60, 0.3));
        scores.MetByPlace.Single().Share.ShouldBe(0.3);
        scores.Donors.Single().ShouldBe(new PromiseScore("per", 1, 0, 1, 0, 0, 0, 0));
    }

    [Fact]
    public void What_is_sent_beyond_a_need_meets_no_more_than_the_need() =>
        Scores.Of(Ledger(received: 100, arrivedOn: Asked + 3, expected: Asked + 7) with
        {
            Needs = [Need(50)],
        }).MetByItem.Single().Share.ShouldBe(1);

    [Fact]
    public async Task The_interface_gives_the_figures_and_null_where_one_is_not_known()
    {
        await using var node = await ApiNode.StartAsync();
        (await node.Client.GetAsync("/api/v1/scoreboard", TestContext.Current.CancellationToken))
            .StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        var token = await node.TokenAsync("per", "desk", territory: "PER", name: "Peru");
        await node.PostAsync(token, "outbreaks", new JsonObject
        {
            ["id"] = "fever", ["name"] = "Fever", ["pack"] = "cholera", ["declared"] = "2025-01-05",
        });

        var shown = await node.GetAsync("scoreboard?outbreak=outbreak/per/fever");

        shown["as_of"].ShouldBeNull();
        shown["all"]!["median_days"].ShouldBeNull();
        shown["all"]!["lines"]!.GetValue<int>().ShouldBe(0);
        shown["median_from_lines"]!.GetValue<int>().ShouldBe(Scores.MedianFrom);
        shown["donors"]!.AsArray().Count.ShouldBe(0);
    }

    private static PlanLineRow PlanLine { get; } = new()
    {
        Subject = "plan/who/p1", Line = 0, Round = "round/who/r1", Item = "gown", Lot = "a1", Donor = "per",
        Place = "KEN", Quantity = 100,
    };

    private static ChainLedger Ledger(int received, int arrivedOn, int expected) => new(
        [Need(200)],
        [
            new RequestRow
            {
                Subject = "request/ken/r1", Member = "ken", Outbreak = "o", State = nameof(RequestState.Published),
            },
        ],
        [Line(0, 100), Line(1, 100)],
        [],
        [PlanLine],
        [
            new AcceptanceRow
            {
                Subject = "acceptance/per/a", Member = "per", Plan = PlanLine.Subject, Line = 0,
                State = nameof(AcceptanceState.Given),
            },
        ],
        [Sent("c1", ConsignmentState.PartlyReceived, expected)],
        [SentLine("c1", 100).Count(received, 0, 0, 0)],
        [],
        [],
        new[]
        {
            Step("request/ken/r1", "published", Asked), Step("consignment/per/c1", "arrived", arrivedOn),
        }.ToLookup(step => step.Subject));

    private static NeedLineRow Need(long quantity) => new()
    {
        Subject = "need/ken/n", Line = 0, Outbreak = "o", Member = "ken", Place = "KEN", Item = "gown",
        Unit = "each", Quantity = quantity, Basis = "",
    };

    private static LineWait Wait(int days, bool hasArrived) => new(Line(0, 1), Asked, days, hasArrived);

    private static RequestLineRow Line(int number, long quantity) => new()
    {
        Subject = "request/ken/r1", Line = number, Outbreak = "o", Member = "ken", Place = "KEN", Item = "gown",
        Unit = "each", Quantity = quantity, NeededBy = null, Need = "",
    };

    private static ConsignmentRow Sent(string name, ConsignmentState state, int? expected) => new()
    {
        Subject = $"consignment/per/{name}", Member = "per", Consignee = "ken", Outbreak = "o",
        State = state.ToString(), Destination = "KEN", Waybill = "", Expected = expected,
    };

    private static ConsignmentLineRow SentLine(string name, long quantity) => new()
    {
        Subject = $"consignment/per/{name}", Line = 0, Plan = PlanLine.Subject, PlanLine = 0, Item = "gown",
        Unit = "each", Lot = "a1", Expires = null, Quantity = quantity,
    };

    private static StepRow Step(string subject, string verb, int day) => new()
    {
        Subject = subject, Step = 0, Verb = verb, State = "", Member = "", By = "", Reason = "",
        At = (day - ChainLedger.UnixDay) * DayMicroseconds,
    };
}
