using System.Net;
using System.Text.Json.Nodes;

namespace Sameboat.Server.Tests.Chain;

/// <summary>A round from frozen inputs over the answers to what is allocated anew.</summary>
public sealed class RoundTests
{
    [Fact]
    public async Task A_plan_is_worked_out_again_from_the_logs_byte_for_byte_whatever_came_after()
    {
        await using var node = await RoundNode.OpenAsync();
        await node.ActAsync("plan");
        (await node.StateAsync()).ShouldBe("Proposed");
        (await node.LinesAsync()).Count.ShouldBeGreaterThan(1);

        // Later offers and reports are not in what was frozen.
        await node.OfferAsync("per", "p2", 5_000);
        await node.ReportAsync("nga", "NGA", 5, "2026-03-09");
        var replay = await node.ReplayAsync();

        replay["same"]!.GetValue<bool>().ShouldBeTrue(replay.ToJsonString());
        replay["statements"]!.GetValue<int>().ShouldBe(3, "a plan, its certificate and the word that it is there");
        replay["acts"]!.ToJsonString().ShouldBe("[\"proposed\"]");
    }

    [Fact]
    public async Task Only_the_parties_to_a_line_answer_for_it_and_each_is_heard()
    {
        await using var node = await RoundNode.SubmittedAsync();
        var line = (await node.LinesAsync())[0];
        var donor = line["donor"]!.GetValue<string>();
        var stranger = donor == "per" ? "fra" : "per";

        var refused = await node.AnswerAsync(stranger, line, accepts: true);
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Body["code"]!.GetValue<string>().ShouldBe("not-a-party");
        var beyond = line.DeepClone().AsObject();
        beyond["line"] = 999;
        (await node.AnswerAsync(donor, beyond, accepts: true)).Body["code"]!.GetValue<string>()
            .ShouldBe("line-unknown");

        (await node.AnswerAsync(donor, line, accepts: true)).Status.ShouldBe(HttpStatusCode.Created);
        (await node.LinesAsync())[0]["answer"]!.GetValue<string>().ShouldBe("Open", "the recipient has not answered");
        (await node.AnswerAsync(line["recipient"]!.GetValue<string>(), line, accepts: true)).Status
            .ShouldBe(HttpStatusCode.Created);
        (await node.LinesAsync())[0]["answer"]!.GetValue<string>().ShouldBe("Accepted");
    }

    [Fact]
    public async Task What_is_declined_is_allocated_anew_around_what_was_accepted_and_anybody_can_replay_it()
    {
        await using var node = await RoundNode.SubmittedAsync();
        var lines = await node.LinesAsync();
        var declined = lines.First(line => line["donor"]!.GetValue<string>() == "fra");
        var early = await node.Api.PostAsync(
            node["convener"], "rounds/convener/one/settlement", [], await node.TagAsync());
        early.Body["code"]!.GetValue<string>().ShouldBe("answers-missing");
        foreach (var line in lines)
        {
            await node.AnswerAsync(line["donor"]!.GetValue<string>(), line, accepts: true);
            await node.AnswerAsync(
                line["recipient"]!.GetValue<string>(), line, accepts: !ReferenceEquals(line, declined));
        }

        await node.ActAsync("settlement");
        (await node.StateAsync()).ShouldBe("PartlyAccepted");
        await node.ActAsync("reallocation");
        (await node.StateAsync()).ShouldBe("Proposed");

        var again = await node.LinesAsync();
        again.Count.ShouldBeGreaterThanOrEqualTo(lines.Count);
        var struck = again.Single(line => line["line"]!.GetValue<int>() == declined["line"]!.GetValue<int>());
        struck["answer"]!.GetValue<string>().ShouldBe("Struck");
        foreach (var kept in lines.Where(line => !ReferenceEquals(line, declined)))
        {
            again.Single(line => line["line"]!.GetValue<int>() == kept["line"]!.GetValue<int>())["quantity"]!
                .GetValue<long>().ShouldBe(kept["quantity"]!.GetValue<long>());
        }

        again.Where(line => line["quantity"]!.GetValue<long>() > 0)
            .ShouldNotContain(line => line["lot"]!.GetValue<string>() == declined["lot"]!.GetValue<string>()
                && line["place"]!.GetValue<string>() == declined["place"]!.GetValue<string>());
        again.GroupBy(line => line["lot"]!.GetValue<string>())
            .ShouldAllBe(lot => lot.Sum(line => line["quantity"]!.GetValue<long>()) <= (lot.Key == "p1" ? 400 : 900));
        var replay = await node.ReplayAsync();
        replay["same"]!.GetValue<bool>().ShouldBeTrue(replay.ToJsonString());
        replay["acts"]!.ToJsonString().ShouldBe("[\"proposed\",\"settled\",\"reallocated\"]");
        (await node.Api.GetAsync($"conservation?outbreak={RoundNode.Outbreak}"))["findings"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Who_has_not_answered_when_the_day_is_over_counts_as_declining()
    {
        await using var node = await RoundNode.SubmittedAsync(answerBy: "2020-01-01");

        await node.ActAsync("settlement");

        (await node.StateAsync()).ShouldBe("Declined");
        (await node.Api.GetAsync("rounds/convener/one"))["settlement"]!.ToJsonString()
            .ShouldBe("{\"follows\":true,\"difference\":null}");
        var replay = await node.ReplayAsync();
        replay["same"]!.GetValue<bool>().ShouldBeTrue(replay.ToJsonString());
    }

    [Fact]
    public async Task A_settlement_that_the_answers_do_not_bear_out_is_refused_and_in_a_log_has_no_effect_or_is_marked()
    {
        await using var node = await RoundNode.SubmittedAsync();
        var heads = await node.HeadsAsync();
        JsonObject Claim(string outcome, int accepted, int declined) => new()
        {
            ["outcome"] = outcome, ["accepted"] = accepted, ["declined"] = declined, ["unanswered"] = 0,
            ["day"] = "2026-03-02", ["inputs"] = heads.DeepClone(), ["exercise"] = false,
        };

        // By hand over the interface: without its grounds it is no statement, with them it must follow from them.
        var tag = await node.TagAsync();
        (await node.Api.PostAsync(
            node["convener"], "rounds/convener/one/settled", new JsonObject { ["outcome"] = "Accepted" },
            tag)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        foreach (var claim in new[] { Claim("Accepted", 4, 0), Claim("Declined", 0, 4), Claim("Accepted", 0, 3) })
        {
            var (status, _, problem) = await node.Api.PostAsync(
                node["convener"], "rounds/convener/one/settled", claim, tag);
            status.ShouldBe(HttpStatusCode.Conflict);
            problem["code"]!.GetValue<string>().ShouldBe("does-not-follow");
        }

        // Past the interface, in the convener's own log: what contradicts itself has no effect.
        await node.AppendAsync("round.settled", Claim("Accepted", 4, 1));
        (await node.StateAsync()).ShouldBe("AwaitingAcceptance");
        (await node.Api.GetAsync("rounds/convener/one"))["settlement"].ShouldBeNull();

        // What holds by itself and not by the answers counts for the fold, and is marked wherever it is read.
        await node.AppendAsync("round.settled", Claim("Accepted", 4, 0));
        (await node.StateAsync()).ShouldBe("Accepted");
        var round = await node.Api.GetAsync("rounds/convener/one");
        round["settlement"]!["follows"]!.GetValue<bool>().ShouldBeFalse();
        round["settlement"]!["difference"]!.GetValue<string>().ShouldContain("nothing yet");
        (await node.Api.Client.GetStringAsync("/en/plan", TestContext.Current.CancellationToken))
            .ShouldContain("claims an outcome that the answers it names do not come to");
        var replay = await node.ReplayAsync();
        replay["same"]!.GetValue<bool>().ShouldBeFalse();
        replay["difference"]!.GetValue<string>().ShouldContain("round.settled");
    }

    [Fact]
    public async Task A_place_that_asks_not_to_be_sent_an_item_is_sent_none_and_the_reason_says_so()
    {
        await using var node = await RoundNode.OpenAsync();
        var list = new JsonObject
        {
            ["id"] = "gowns", ["place"] = "KEN", ["item"] = "gown", ["reason"] = "because-of-politics",
        };
        (await node.DoAsync("ken", "refusals", list)).ShouldBe(HttpStatusCode.UnprocessableEntity);
        list["reason"] = "enough-in-stock";
        list["id"] = "gowns";
        (await node.DoAsync("ken", "refusals", list)).ShouldBe(HttpStatusCode.Created);

        // A list for the place of another does nothing.
        var foreign = new JsonObject
        {
            ["id"] = "theirs", ["place"] = "NGA", ["category"] = "protection", ["reason"] = "not-registered",
        };
        (await node.DoAsync("per", "refusals", foreign)).ShouldBe(HttpStatusCode.Created);
        await node.ActAsync("plan");

        var lines = await node.LinesAsync();
        lines.ShouldNotBeEmpty();
        lines.ShouldAllBe(line => line["place"]!.GetValue<string>() == "NGA");
        (await node.ReplayAsync())["same"]!.GetValue<bool>().ShouldBeTrue();
    }
}
