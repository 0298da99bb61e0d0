using System.Net;
using System.Text.Json.Nodes;
using CsCheck;
using Sameboat.Server.Members;
using Sameboat.Server.Tests.Chain;

namespace Sameboat.Server.Tests.Accounts;

public sealed class AdmissionTests
{
    [Fact]
    public void More_than_half_of_the_admitted_admit_and_half_does_not()
    {
        string[] founders = ["a", "b", "c", "d"];

        Admission.Admitted(founders, [Word("a", "x", 1), Word("b", "x", 2)]).ShouldNotContain("x");
        Admission.Admitted(founders, [Word("a", "x", 1), Word("b", "x", 2), Word("c", "x", 3)]).ShouldContain("x");
        Admission.Admitted(founders, [Word("a", "x", 1), Word("a", "x", 2, "again"), Word("a", "x", 3, "more")])
            .ShouldNotContain("x", "one member has one word");
    }

    [Fact]
    public void The_word_of_a_newcomer_counts_only_once_it_is_admitted()
    {
        string[] founders = ["a"];

        Admission.Admitted(founders, [Word("x", "y", 1), Word("y", "x", 2)]).ShouldBe(["a"]);
        Admission.Admitted(founders, [Word("x", "y", 1), Word("a", "x", 2), Word("a", "y", 3)])
            .ShouldBe(["a", "x", "y"], ignoreOrder: true);
    }

    [Fact]
    public void An_endorsement_that_is_withdrawn_before_the_majority_does_not_count_and_after_it_changes_nothing()
    {
        string[] founders = ["a", "b"];
        var first = Word("a", "x", 1) with { Withdrawn = 2 };

        Admission.Admitted(founders, [first, Word("b", "x", 3)]).ShouldNotContain("x");
        Admission.Admitted(founders, [first with { Withdrawn = 4 }, Word("b", "x", 3)]).ShouldContain("x");
    }

    [Fact]
    public void Who_is_admitted_does_not_hang_on_the_order_in_which_endorsements_arrive()
    {
        var words = Gen.Select(Gen.Char['a', 'h'], Gen.Char['a', 'h'], Gen.Long[1, 20])
            .Where((by, whom, _) => by != whom)
            .Select((by, whom, at) => Word($"{by}", $"{whom}", at, $"{at}"))
            .Array[0, 40];
        Gen.Select(words, Gen.Int[0, 40]).Sample((rows, turn) =>
        {
            var distinct = rows.DistinctBy(row => row.Subject).ToArray();
            var other = distinct.Skip(turn % (distinct.Length + 1)).Concat(distinct.Take(turn % (distinct.Length + 1)))
                .Reverse();
            Admission.Admitted(["a", "b", "c"], distinct)
                .ShouldBe(Admission.Admitted(["a", "b", "c"], other), ignoreOrder: true);
        }, iter: 500);
    }

    [Fact]
    public void Of_two_claims_the_admitted_goes_first_then_the_earlier_and_the_quorum_before_both()
    {
        HashSet<string> admitted = ["a", "b", "c"];

        Admission.Holder("ken", [new("x", 1), new("a", 9)], admitted, []).ShouldBe("a");
        Admission.Holder("ken", [new("b", 2), new("a", 9)], admitted, []).ShouldBe("b");
        Admission.Holder("ken", [new("b", 2), new("a", 9)], admitted,
        [
            Word("a", "a", 1) with { Territory = "ken" }, Word("c", "a", 2) with { Territory = "ken" },
        ]).ShouldBe("a");
        Admission.Holder("ken", [new("b", 2), new("a", 9)], admitted, [Word("c", "a", 2) with { Territory = "ken" }])
            .ShouldBe("b", "one of three is no quorum");
        Admission.Holder("ken", [], admitted, []).ShouldBeNull();
    }

    [Fact]
    public async Task Over_the_interface_a_newcomer_is_admitted_by_a_majority_and_a_double_claim_is_shown()
    {
        await using var node = await ApiNode.StartAsync(founders: [MemberId.Parse("one"), MemberId.Parse("two")]);
        var one = await node.TokenAsync("one", "Officer", territory: "ken", name: "One");
        var two = await node.TokenAsync("two", "Officer", name: "Two");
        await node.TokenAsync("new", "Officer", territory: "ken", name: "New");
        (await StandingAsync(node))
            .ShouldBe(["new introduced without-effect", "one admitted contested", "two admitted none"]);

        (await EndorseAsync(node, one, null)).ShouldBe(HttpStatusCode.Created);
        (await StandingAsync(node))[0].ShouldBe("new introduced without-effect");
        (await EndorseAsync(node, two, null)).ShouldBe(HttpStatusCode.Created);
        (await StandingAsync(node))[0].ShouldBe("new admitted without-effect");
        foreach (var token in new[] { one, two })
        {
            (await EndorseAsync(node, token, "ken")).ShouldBe(HttpStatusCode.Created);
        }

        (await StandingAsync(node))
            .ShouldBe(["new admitted contested", "one admitted without-effect", "two admitted none"]);
        (await node.PostAsync(one, "endorsements", new JsonObject { ["id"] = "self", ["member"] = "one" })).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public void Who_has_left_counts_no_more_and_fewer_are_a_quorum_then()
    {
        string[] founders = ["a", "b", "c", "d"];
        EndorsementRow[] words = [Word("a", "x", 5), Word("b", "x", 6)];

        Admission.Admitted(founders, words).ShouldNotContain("x");
        Admission.Admitted(founders, words, [("d", 1)]).ShouldBe(["a", "b", "c", "x"], ignoreOrder: true);
        Admission.Admitted(founders, words, [("d", 9)]).ShouldBe(["a", "b", "c", "x"], ignoreOrder: true);
        Admission.Admitted(founders, words, [("b", 1)]).ShouldBe(["a", "c", "d"], ignoreOrder: true);
        Admission.Admitted(founders, [.. words, Word("c", "x", 7)], [("x", 8)])
            .ShouldBe(founders, ignoreOrder: true);
    }

    [Fact]
    public async Task Who_has_left_begins_nothing_new_and_ends_what_it_owes()
    {
        await using var node = await ApiNode.StartAsync(
            founders: [MemberId.Parse("one"), MemberId.Parse("two"), MemberId.Parse("ken")]);
        var one = await node.TokenAsync("one", "Officer", name: "One");
        var two = await node.TokenAsync("two", "Officer", name: "Two");
        var ken = await node.TokenAsync("ken", "Officer", territory: "ken", name: "Kenya");
        await ApiTests.DeclareAsync(node);
        (await OfferAsync(node, ken, "first")).Status.ShouldBe(HttpStatusCode.Created);
        (await node.PostAsync(one, "members/ken/left", new JsonObject { ["reason"] = "x" })).Body["code"]!
            .GetValue<string>().ShouldBe("not-the-owner");
        (await node.PostAsync(ken, "members/ken/left", [])).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var leaving = new JsonObject { ["reason"] = "Another arrangement." };

        (await node.PostAsync(ken, "members/ken/left", leaving)).Status.ShouldBe(HttpStatusCode.OK);
        (await node.PostAsync(ken, "members/ken/left", leaving)).Body["already_done"]!.GetValue<bool>().ShouldBeTrue();

        (await StandingAsync(node))[0].ShouldBe("ken left holds");
        var (status, _, problem) = await OfferAsync(node, ken, "second");
        status.ShouldBe(HttpStatusCode.Forbidden);
        problem["code"]!.GetValue<string>().ShouldBe("member-left");
        (await SendAsync(node, ken, "sent")).Body["code"]!.GetValue<string>().ShouldBe("member-left");
        (await node.PostAsync(ken, "offers/ken/first/withdrawn", new JsonObject { ["reason"] = "left" }, "\"v1\""))
            .Status.ShouldBe(HttpStatusCode.OK, "what it began it may end");
        (await node.Client.GetStringAsync("/en/members/ken", TestContext.Current.CancellationToken))
            .ShouldContain("This member has left");
        (await node.PostAsync(ken, "members/ken/returned", leaving)).Status.ShouldBe(HttpStatusCode.OK);
        (await OfferAsync(node, ken, "third")).Status.ShouldBe(HttpStatusCode.Created);
    }

    private static Task<(HttpStatusCode Status, string Tag, JsonObject Body)> OfferAsync(
        ApiNode node, string token, string id) => node.PostAsync(token, "offers", new JsonObject
    {
        ["id"] = id, ["outbreak"] = "outbreak/convener/fever", ["kind"] = "Goods", ["lot"] = id, ["item"] = "gown",
        ["unit"] = "each", ["quantity"] = 10, ["pack"] = 1,
    });

    private static Task<(HttpStatusCode Status, string Tag, JsonObject Body)> SendAsync(
        ApiNode node, string token, string id) => node.PostAsync(token, "consignments", new JsonObject
    {
        ["id"] = id, ["outbreak"] = "outbreak/convener/fever", ["consignee"] = "one", ["destination"] = "FRA",
        ["lines"] = new JsonArray(new JsonObject
        {
            ["item"] = "gown", ["unit"] = "each", ["lot"] = "a", ["quantity"] = 1,
        }),
    });

    private static async Task<HttpStatusCode> EndorseAsync(ApiNode node, string token, string? territory) =>
        (await node.PostAsync(token, "endorsements", new JsonObject
        {
            ["id"] = territory is null ? "new" : $"new-{territory}",
            ["member"] = "new",
            ["territory"] = territory,
        })).Status;

    private static async Task<string[]> StandingAsync(ApiNode node) =>
    [
        .. (await node.GetAsync("members"))["items"]!.AsArray()
            .Select(one => $"{one!["member"]} {one["standing"]} {one["claim"]}"),
    ];

    private static EndorsementRow Word(string by, string whom, long at, string name = "") => new()
    {
        Subject = $"endorsement/{by}/{whom}{name}",
        Member = by,
        For = whom,
        Territory = "",
        Given = at,
        Withdrawn = 0,
        State = nameof(EndorsementState.Given),
    };
}
