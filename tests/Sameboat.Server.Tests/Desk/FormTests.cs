using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sameboat.Server.Accounts;
using Sameboat.Server.Tests.Accounts;

namespace Sameboat.Server.Tests.Desk;

public sealed class FormTests
{
    private const string Paste = "lines.paste";

    [Fact]
    public async Task A_request_is_typed_sent_twice_and_written_once()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = await node.FoundAsync();
        await DeskNode.DeclareAsync(visitor);
        await visitor.OpenAsync(DeskNode.NewRequest);
        var form = visitor.Page;

        (await DeskNode.SendAsync(visitor, DeskNode.NewRequest, DeskNode.TwoLines)).ShouldBe(200, visitor.Page);
        visitor.Path.ShouldStartWith("/en/desk/at/request/ken/request-2026-03-02-");
        var sent = DeskNode.Fields(form, DeskNode.NewRequest);
        (await visitor.PostAsync(
            DeskNode.NewRequest,
            new Dictionary<string, string>(sent.Concat(DeskNode.TwoLines).GroupBy(one => one.Key)
                .Select(one => one.Last())) { ["do"] = "send" })).ShouldBe(200);

        var rows = (await RequestsAsync(visitor))["items"]!.AsArray();
        rows.Count.ShouldBe(1);
        visitor.Page.ShouldContain("submitted");
        visitor.Page.ShouldContain("1,200");
    }

    [Fact]
    public async Task What_is_refused_stands_beside_its_field_and_nothing_that_was_typed_is_lost()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = await node.FoundAsync();
        await DeskNode.DeclareAsync(visitor);
        await visitor.OpenAsync(DeskNode.NewRequest);

        (await DeskNode.SendAsync(visitor, DeskNode.NewRequest, new Dictionary<string, string>(DeskNode.TwoLines)
        {
            ["lines.0.quantity"] = "many", ["lines.1.place"] = "Atlantis",
        })).ShouldBe(422);

        visitor.Page.ShouldContain("2 fields need another look");
        visitor.Page.ShouldContain("href=\"#lines.0.quantity\"");
        visitor.Page.ShouldContain("id=\"lines.0.quantity-fault\"");
        var kept = DeskNode.Fields(visitor.Page, DeskNode.NewRequest);
        kept["lines.0.quantity"].ShouldBe("many");
        kept["lines.1.place"].ShouldBe("Atlantis");
        kept["lines.1.needed_by"].ShouldBe("2026-02-01");

        await visitor.OpenAsync("/en/desk");
        visitor.Page.ShouldContain($"/en/desk/new/request?draft={kept["draft"]}");
        await visitor.OpenAsync($"{DeskNode.NewRequest}?draft={kept["draft"]}");
        DeskNode.Fields(visitor.Page, DeskNode.NewRequest)["lines.0.quantity"].ShouldBe("many");

        (await DeskNode.SendAsync(visitor, DeskNode.NewRequest, DeskNode.TwoLines)).ShouldBe(200);
        await visitor.OpenAsync("/en/desk");
        visitor.Page.ShouldNotContain("?draft=", customMessage: "what is sent is no draft");
    }

    [Fact]
    public async Task Rows_are_pasted_from_a_spreadsheet_below_their_names_and_told_by_their_number()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = await node.FoundAsync();
        await DeskNode.DeclareAsync(visitor);
        await visitor.OpenAsync(DeskNode.NewRequest);

        (await DeskNode.SendAsync(visitor, DeskNode.NewRequest, new Dictionary<string, string>
        {
            [Paste] = "Item\tPlace\tUnit\tAmount\r\nors\tKEN\tsachet\t500\r\ngown\tKEN\teach\t-3\r\n",
        })).ShouldBe(422);
        visitor.Page.ShouldContain("Row 3: Write a whole number from 1 to");

        (await DeskNode.SendAsync(visitor, DeskNode.NewRequest, new Dictionary<string, string>
        {
            [Paste] = "KEN\tors\tsachet\t500\t2026-02-01\nKEN\tgown\teach\t30\n",
        })).ShouldBe(200, visitor.Page);
        visitor.Page.ShouldContain("2026-02-01");
        visitor.Page.ShouldContain("gown");
    }

    [Fact]
    public async Task Two_windows_that_edit_one_request_are_shown_both_versions_and_neither_is_lost()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = await node.FoundAsync();
        await DeskNode.DeclareAsync(visitor);
        await visitor.OpenAsync(DeskNode.NewRequest);
        await DeskNode.SendAsync(visitor, DeskNode.NewRequest, DeskNode.TwoLines);
        var edit = $"/en/desk/do/{Subject(visitor.Path)}/submitted";
        await visitor.OpenAsync(edit);
        var other = visitor.Page;

        (await DeskNode.SendAsync(
            visitor, edit, new Dictionary<string, string> { ["lines.0.quantity"] = "1300" })).ShouldBe(200);
        var mine = DeskNode.Fields(other, edit);
        mine["lines.0.quantity"] = "777";
        mine["do"] = "send";
        (await visitor.PostAsync(edit, mine)).ShouldBe(409);
        visitor.Page.ShouldContain("1,300");
        visitor.Page.ShouldContain("777");

        (await DeskNode.SendAsync(visitor, edit, [])).ShouldBe(200, visitor.Page);
        visitor.Page.ShouldContain("777");
    }

    [Fact]
    public async Task A_form_whose_session_has_ended_is_there_again_after_signing_in()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = await node.FoundAsync();
        await DeskNode.DeclareAsync(visitor);
        await visitor.OpenAsync(DeskNode.NewRequest);
        node.Clock.Move(TimeSpan.FromHours(2));

        await DeskNode.SendAsync(visitor, DeskNode.NewRequest, DeskNode.TwoLines);
        visitor.Path.ShouldStartWith("/en/sign-in?to=");
        (await visitor.SubmitAsync(visitor.Path, new Dictionary<string, string>
        {
            ["name"] = "first", ["password"] = AccountNode.Password,
            ["code"] = Totp.Code(visitor.Authenticator, Totp.StepOf(node.Clock.GetUtcNow())),
        })).ShouldBe(200);

        visitor.Path.ShouldStartWith("/en/desk/new/request?draft=");
        DeskNode.Fields(visitor.Page, DeskNode.NewRequest)["lines.0.quantity"].ShouldBe("1,200");
        (await DeskNode.SendAsync(visitor, DeskNode.NewRequest, [])).ShouldBe(200, visitor.Page);
    }

    [Fact]
    public async Task A_seal_of_another_node_or_none_keeps_no_draft()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = await node.FoundAsync();
        using var stranger = node.Visit();

        (await stranger.PostAsync(DeskNode.NewRequest, new Dictionary<string, string>(DeskNode.TwoLines)
        {
            ["seat"] = "CfDJ8AAAAAAAAAAA", ["do"] = "draft",
        })).ShouldBe(400);

        await visitor.OpenAsync("/en/desk");
        visitor.Page.ShouldNotContain("?draft=");
    }

    [Fact]
    public async Task Whoever_submitted_a_request_does_not_validate_it_and_another_does_by_one_button()
    {
        await using var node = await AccountNode.StartAsync();
        using var first = await node.FoundAsync();
        await DeskNode.DeclareAsync(first);
        await first.OpenAsync(DeskNode.NewRequest);
        await DeskNode.SendAsync(first, DeskNode.NewRequest, DeskNode.TwoLines);
        var subject = Subject(first.Path);
        first.Page.ShouldContain("another account has to do it");
        using var second = await DeskNode.InviteAsync(node, first, "second", "Head of supply");

        await second.OpenAsync($"/en/desk/at/{subject}");
        (await DeskNode.SendAsync(second, $"/en/desk/do/{subject}/validated", [])).ShouldBe(200, second.Page);
        second.Page.ShouldContain("validated");
        (await DeskNode.SendAsync(second, $"/en/desk/do/{subject}/withdrawn", [])).ShouldBe(422, "without a reason");
        (await DeskNode.SendAsync(second, $"/en/desk/do/{subject}/withdrawn", new Dictionary<string, string>
        {
            ["reason"] = "Asked for twice.",
        })).ShouldBe(200);
        second.Page.ShouldContain("Asked for twice.");
    }

    [Fact]
    public async Task A_situation_is_reported_day_by_day_and_an_offer_is_made()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = await node.FoundAsync();
        await DeskNode.DeclareAsync(visitor);
        await visitor.OpenAsync("/en/desk/new/situation");

        (await DeskNode.SendAsync(visitor, "/en/desk/new/situation", new Dictionary<string, string>
        {
            ["place"] = "ken", ["first"] = "2026-02-23", ["cases"] = "12\n15\n-\n1 009", ["deaths"] = "0\n1\n-\n2",
        })).ShouldBe(200, visitor.Page);
        WebUtility.HtmlDecode(visitor.Page).ShouldContain("12 15 – 1009");

        await visitor.OpenAsync("/en/desk/new/offer");
        (await DeskNode.SendAsync(visitor, "/en/desk/new/offer", new Dictionary<string, string>
        {
            ["kind"] = "Goods", ["lot"] = "store-7", ["item"] = "ors", ["unit"] = "sachet", ["quantity"] = "5000",
            ["only_for"] = "KEN, vnm",
        })).ShouldBe(200, visitor.Page);
        visitor.Page.ShouldContain("KEN VNM");
    }

    private static string Subject(string path) => path["/en/desk/at/".Length..].Split('?')[0];

    private static async Task<JsonObject> RequestsAsync(Visitor visitor) =>
        (await visitor.Client.GetFromJsonAsync<JsonObject>(
            "/api/v1/requests", TestContext.Current.CancellationToken))!;
}
