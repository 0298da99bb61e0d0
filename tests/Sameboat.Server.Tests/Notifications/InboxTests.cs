using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Sameboat.Server.Accounts;
using Sameboat.Server.Notifications;
using Sameboat.Server.Tests.Accounts;
using Sameboat.Server.Tests.Chain;
using Sameboat.Server.Web;

namespace Sameboat.Server.Tests.Notifications;

/// <summary>Subscriptions and inbox over HTTP: by a token, and by a browser without scripts.</summary>
public sealed class InboxTests
{
    private static readonly TimeSpan NewsTime = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_token_subscribes_is_told_acknowledges_and_sees_nothing_of_others()
    {
        await using var node = await ApiNode.StartAsync();
        var per = await node.TokenAsync("per", "desk");
        var other = await node.TokenAsync("per", "another desk");
        var ken = await node.TokenAsync("ken", "desk", territory: "KEN", name: "Kenya");
        await ApiTests.DeclareAsync(node);
        var made = await node.PostAsync(per, "subscriptions", new JsonObject
        {
            ["name"] = "Kenya", ["channel"] = "inbox", ["places"] = "KEN", ["outbreaks"] = RoundNode.Outbreak,
            ["types"] = "report", ["severity"] = "information",
        });
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToJsonString());
        (await node.PostAsync(ken, "situations", Report("w1"))).Status.ShouldBe(HttpStatusCode.Created);

        var told = await ToldAsync(node, per);

        (told["type"]!.GetValue<string>(), told["thread"]!.GetValue<string>(), told["severity"]!.GetValue<string>())
            .ShouldBe(("report", "situation/ken/w1", "information"));
        var id = told["id"]!.GetValue<string>();
        (await ItemsAsync(node, other, "inbox")).ShouldBeEmpty();
        (await ItemsAsync(node, other, "subscriptions")).ShouldBeEmpty();
        (await SendAsync(node, HttpMethod.Post, other, $"inbox/{id}/acknowledged")).ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(node, HttpMethod.Post, per, $"inbox/{id}/acknowledged")).ShouldBe(HttpStatusCode.NoContent);
        (await ItemsAsync(node, per, "inbox?acknowledged=false")).ShouldBeEmpty();
        (await ItemsAsync(node, per, "inbox?acknowledged=true")).Count.ShouldBe(1);

        var subscription = made.Body["id"]!.GetValue<string>();
        (await SendAsync(node, HttpMethod.Delete, other, $"subscriptions/{subscription}"))
            .ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(node, HttpMethod.Delete, per, $"subscriptions/{subscription}"))
            .ShouldBe(HttpStatusCode.NoContent);
        (await ItemsAsync(node, per, "inbox")).ShouldBeEmpty();
        (await SendAsync(node, HttpMethod.Get, "", "inbox")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_cannot_be_a_subscription_is_refused_at_its_member_and_nothing_is_stored()
    {
        await using var node = await ApiNode.StartAsync();
        var per = await node.TokenAsync("per", "desk");
        foreach (var (change, pointer) in new (Action<JsonObject> Change, string Pointer)[]
        {
            (body => body.Remove("name"), "/name"),
            (body => body["name"] = "", "/name"),
            (body => body["places"] = "Kenya", "/places"),
            (body => body["types"] = "gossip", "/types"),
            (body => body["severity"] = "7", "/severity"),
            (body => body["channel"] = "pigeon", "/channel"),
            (body => body["more"] = 1, "/more"),
            (body => body["channel"] = "mail", "/target"),
            (body => (body["channel"], body["target"]) = ("webhook", "http://per.example/"), "/target"),
            (body => (body["channel"], body["target"]) = ("webhook", "https://a:b@per.example/"), "/target"),
            (body => (body["channel"], body["target"]) = ("webhook", "file:///etc/passwd"), "/target"),
        })
        {
            var body = new JsonObject { ["name"] = "all", ["channel"] = "inbox" };
            change(body);
            var answer = await node.PostAsync(per, "subscriptions", body);
            answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity, body.ToJsonString());
            answer.Body["pointer"]!.GetValue<string>().ShouldBe(pointer);
        }

        (await ItemsAsync(node, per, "subscriptions")).ShouldBeEmpty();
        for (var number = 0; number < NewsLimits.SubscriptionsMax; number++)
        {
            (await node.PostAsync(per, "subscriptions", new JsonObject { ["name"] = "all", ["channel"] = "inbox" }))
                .Status.ShouldBe(HttpStatusCode.Created);
        }

        (await node.PostAsync(per, "subscriptions", new JsonObject { ["name"] = "all", ["channel"] = "inbox" }))
            .Status.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task The_parties_to_a_plan_are_told_how_many_lines_wait_for_each()
    {
        await using var node = await RoundNode.OpenAsync();
        foreach (var member in new[] { "ken", "per", "convener" })
        {
            await node.Api.PostAsync(node[member], "subscriptions", new JsonObject
            {
                ["name"] = "lines", ["channel"] = "inbox", ["types"] = "plan-line", ["severity"] = "action",
            });
        }

        await node.ActAsync("plan");
        await node.StepAsync("reviewed", []);
        await node.StepAsync("decided", new JsonObject { ["reason"] = "fair" }, "convener-");
        await node.StepAsync("submitted", []);

        var lines = await node.LinesAsync();
        foreach (var member in new[] { "ken", "per" })
        {
            var told = await ToldAsync(node.Api, node[member]);
            told["thread"]!.GetValue<string>().ShouldBe("round/convener/one");
            told["detail"]!.GetValue<string>().ShouldBe($"{lines.Count(line =>
                line["donor"]!.GetValue<string>() == member || line["recipient"]!.GetValue<string>() == member)}");
        }

        (await ItemsAsync(node.Api, node["convener"], "inbox")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_browser_without_scripts_subscribes_reads_and_acknowledges_in_seven_languages()
    {
        await using var node = await AccountNode.StartAsync();
        using var visitor = node.Visit();
        await visitor.OpenAsync("/en/inbox");
        visitor.Path.ShouldBe("/en/sign-in?to=%2Finbox");
        using var first = await node.FoundAsync();
        await first.OpenAsync("/en/inbox");
        (await first.SubmitAsync("/en/inbox", Form("places", "Kenya and more"), "make")).ShouldBe(422);
        first.Page.ShouldContain("Something in the form is not as expected");
        (await first.SubmitAsync("/en/inbox", Form("places", "ken, per"), "make")).ShouldBe(200, first.Page);

        await ReportAsync(node);
        var until = DateTimeOffset.MinValue + NewsTime;
        for (var waited = DateTimeOffset.MinValue; waited < until; waited += TimeSpan.FromMilliseconds(250))
        {
            await first.OpenAsync("/en/inbox");
            if (first.Page.Contains("reports new counts", StringComparison.Ordinal))
            {
                break;
            }

            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        first.Page.ShouldContain("Kenya reports new counts for Kenya.");
        first.Page.ShouldContain("1 message not acknowledged.");
        foreach (var culture in Words.Cultures)
        {
            (await first.OpenAsync($"/{culture}/inbox")).ShouldBe(200);
            WebUtility.HtmlDecode(first.Page).ShouldContain(Words.Of(culture)!["news.type.report"]);
        }

        await first.OpenAsync("/en/inbox");
        (await first.SubmitAsync("/en/inbox", [], "seen")).ShouldBe(200);
        first.Page.ShouldContain("0 messages not acknowledged.");
        (await first.SubmitAsync("/en/inbox", [], "end")).ShouldBe(200);
        first.Page.ShouldContain("Nothing yet.");
    }

    private static Dictionary<string, string> Form(string name, string value) => new()
    {
        ["name"] = "mine", ["places"] = "", ["severity"] = "information", ["channel"] = "inbox",
        ["digest"] = "immediately", [name] = value,
    };

    private static async Task ReportAsync(AccountNode node)
    {
        var (token, refusal) = await MemberAccess.IssueAsync(
            new NodeOptions { DataFolder = node.Folder, Clock = node.Clock },
            new TokenOrder("ken", ApiNode.AllRoles, "desk", 7, "127.0.0.1", null, null, Exercise: false),
            TestContext.Current.CancellationToken);
        refusal.ShouldBeEmpty();
        using var client = new HttpClient { BaseAddress = node.Node.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.PostAsync("/api/v1/situations", new StringContent(
            Report("w1").ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created,
            await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static JsonObject Report(string id) => new()
    {
        ["id"] = id,
        ["outbreak"] = RoundNode.Outbreak,
        ["place"] = "KEN",
        ["first"] = "2026-01-05",
        ["cases"] = new JsonArray(1, 2),
        ["deaths"] = new JsonArray(0, 0),
    };

    private static async Task<JsonObject> ToldAsync(ApiNode node, string token)
    {
        for (var waited = TimeSpan.Zero; waited < NewsTime; waited += TimeSpan.FromMilliseconds(250))
        {
            if (await ItemsAsync(node, token, "inbox") is [{ } first, ..])
            {
                return first;
            }

            await Task.Delay(250, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("Nothing was told.");
    }

    private static async Task<List<JsonObject>> ItemsAsync(ApiNode node, string token, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return [.. JsonNode.Parse(text)!["items"]!.AsArray().Select(item => item!.AsObject())];
    }

    private static async Task<HttpStatusCode> SendAsync(ApiNode node, HttpMethod method, string token, string path)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        if (token.Length > 0)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }
}
