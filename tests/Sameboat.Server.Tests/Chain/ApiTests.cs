using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Sameboat.Server.Tests.Chain;

/// <summary>What the interface does and refuses, over HTTP.</summary>
public sealed class ApiTests
{
    private const string Outbreak = "outbreak/convener/fever";

    [Fact]
    public async Task A_write_needs_a_token_a_role_a_version_and_a_form()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await node.TokenAsync("ken", "first", territory: "KEN", name: "Kenya");
        var reporter = await node.TokenAsync("ken", "reader", "reporter");
        await DeclareAsync(node);

        await ShouldRefuseAsync(node.PostAsync("", "requests", Request("r1")), HttpStatusCode.Unauthorized,
            "unauthenticated");
        await ShouldRefuseAsync(node.PostAsync(reporter, "requests", Request("r1")), HttpStatusCode.Forbidden,
            "role-missing");
        await ShouldRefuseAsync(node.PostAsync(ken, "requests", Request("Not A Slug")), HttpStatusCode.BadRequest,
            "malformed");
        var empty = Request("r1");
        empty["lines"] = new JsonArray();
        await ShouldRefuseAsync(node.PostAsync(ken, "requests", empty), HttpStatusCode.UnprocessableEntity,
            "unreadable");

        var made = await node.PostAsync(ken, "requests", Request("r1"));
        made.Status.ShouldBe(HttpStatusCode.Created);
        made.Tag.ShouldBe("\"v1\"");
        await ShouldRefuseAsync(node.PostAsync(ken, "requests/ken/r1/withdrawn", []),
            HttpStatusCode.PreconditionRequired, "if-match-missing");
        await ShouldRefuseAsync(node.PostAsync(ken, "requests/ken/r1/withdrawn", [], "\"v1\""),
            HttpStatusCode.UnprocessableEntity, "reason-missing");
        await ShouldRefuseAsync(node.PostAsync(ken, "requests/ken/r1/validated", [], "\"v1\""),
            HttpStatusCode.Conflict, "four-eyes");
    }

    [Fact]
    public async Task Of_two_editors_of_one_version_the_second_is_told()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await node.TokenAsync("ken", "first");
        await DeclareAsync(node);
        await node.PostAsync(ken, "requests", Request("r1"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(number => node.PostAsync(
            ken, "requests/ken/r1/submitted", Request(null, 100 + number), "\"v1\"")));

        answers.Count(answer => answer.Status == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed).ShouldBe(7);
    }

    [Fact]
    public async Task A_write_that_is_sent_again_with_its_key_is_done_once()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await node.TokenAsync("ken", "first");
        await DeclareAsync(node);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            node.PostAsync(ken, "requests", Request("r1"), key: "one")));
        answers.ShouldAllBe(answer => answer.Tag == "\"v1\"");
        answers.Count(answer => answer.Status == HttpStatusCode.Created).ShouldBe(1);

        await ShouldRefuseAsync(node.PostAsync(ken, "requests", Request("r2"), key: "one"),
            HttpStatusCode.UnprocessableEntity, "key-reused");
        await ShouldRefuseAsync(node.PostAsync(ken, "requests", Request("r1")), HttpStatusCode.Conflict, "exists");
    }

    [Fact]
    public async Task A_list_is_paged_by_links_filtered_by_and_and_given_as_csv()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await node.TokenAsync("ken", "first");
        await DeclareAsync(node);
        foreach (var number in Enumerable.Range(1, 5))
        {
            (await node.PostAsync(ken, "requests", Request($"r{number}"))).Status.ShouldBe(HttpStatusCode.Created);
        }

        var seen = new List<string>();
        var next = "/api/v1/requests?limit=2&member=ken&state=Submitted";
        while (next is not null)
        {
            using var page = await node.Client.GetAsync(next, TestContext.Current.CancellationToken);
            var read = JsonNode.Parse(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            seen.AddRange(read["items"]!.AsArray().Select(item => item!["subject"]!.GetValue<string>()));
            next = page.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        seen.ShouldBe(Enumerable.Range(1, 5).Select(number => $"request/ken/r{number}"));
        (await node.GetAsync("requests?member=ken&state=Published"))["items"]!.AsArray().Count.ShouldBe(0);
        using var csv = new HttpRequestMessage(HttpMethod.Get, "/api/v1/requests?limit=1");
        csv.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/csv"));
        using var answer = await node.Client.SendAsync(csv, TestContext.Current.CancellationToken);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldBe($"subject,member,outbreak,state\r\nrequest/ken/r1,ken,{Outbreak},Submitted\r\n");
        string[] refusals =
        [
            "requests?limit=0", "requests?limit=x", "requests?cursor=*", "requests?colour=red", "requests?state=",
            "conservation",
        ];
        foreach (var bad in refusals)
        {
            using var refused = await node.Client.GetAsync("/api/v1/" + bad, TestContext.Current.CancellationToken);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest, bad);
            refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", bad);
        }
    }

    [Fact]
    public async Task A_courier_that_brings_a_part_makes_no_stock_disappear()
    {
        await using var node = await ApiNode.StartAsync();
        var per = await node.TokenAsync("per", "sender");
        var ken = await node.TokenAsync("ken", "store");
        await DeclareAsync(node);
        (await node.PostAsync(per, "consignments", Consignment())).Status.ShouldBe(HttpStatusCode.Created);
        var tag = "\"v1\"";
        foreach (var verb in new[] { "packed", "dispatched", "departed", "arrived" })
        {
            tag = (await node.PostAsync(per, $"consignments/per/c1/{verb}", [], tag)).Tag;
        }

        await ShouldRefuseAsync(node.PostAsync(per, "consignments/per/c1/received", Note("n1", 10, 0), tag),
            HttpStatusCode.Forbidden, "not-a-party");
        await ShouldRefuseAsync(node.PostAsync(ken, "consignments/per/c1/received", Note("n1", 101, 0), tag),
            HttpStatusCode.Conflict, "more-than-there-is");
        var first = await node.PostAsync(ken, "consignments/per/c1/received", Note("n1", 60, 5), tag);
        first.Status.ShouldBe(HttpStatusCode.OK);
        var again = await node.PostAsync(ken, "consignments/per/c1/received", Note("n1", 60, 5), first.Tag);
        again.Body["already_done"]!.GetValue<bool>().ShouldBeTrue();

        var line = (await node.GetAsync("consignments/per/c1"))["lines"]![0]!;
        line["received"]!.GetValue<long>().ShouldBe(60);
        line["damaged"]!.GetValue<long>().ShouldBe(5);
        line["open"]!.GetValue<long>().ShouldBe(35);
        (await node.PostAsync(ken, "consignments/per/c1/received", Note("n2", 35, 0), first.Tag)).Status
            .ShouldBe(HttpStatusCode.OK);
        (await node.GetAsync("consignments/per/c1"))["state"]!.GetValue<string>().ShouldBe("Received");
    }

    internal static async Task DeclareAsync(ApiNode node)
    {
        var convener = await node.TokenAsync("convener", "secretary");
        (await node.PostAsync(convener, "outbreaks", new JsonObject
        {
            ["id"] = "fever",
            ["name"] = "Fever",
            ["pack"] = "exercise-fever",
            ["declared"] = "2026-01-05",
        })).Status.ShouldBe(HttpStatusCode.Created);
    }

    private static JsonObject Request(string? name, long quantity = 100)
    {
        var body = new JsonObject
        {
            ["outbreak"] = Outbreak,
            ["lines"] = new JsonArray(new JsonObject
            {
                ["place"] = "KEN",
                ["item"] = "ors",
                ["unit"] = "sachet",
                ["quantity"] = quantity,
                ["needed_by"] = "2026-02-01",
            }),
        };
        if (name is not null)
        {
            body["id"] = name;
        }

        return body;
    }

    private static JsonObject Consignment() => new()
    {
        ["id"] = "c1",
        ["outbreak"] = Outbreak,
        ["consignee"] = "ken",
        ["destination"] = "KEN",
        ["lines"] = new JsonArray(new JsonObject
        {
            ["item"] = "ors",
            ["unit"] = "sachet",
            ["lot"] = "a1",
            ["quantity"] = 100,
            ["expires"] = "2027-01-01",
        }),
    };

    private static JsonObject Note(string note, long received, long damaged) => new()
    {
        ["note"] = note,
        ["lines"] = new JsonArray(new JsonObject
        {
            ["line"] = 0,
            ["received"] = received,
            ["damaged"] = damaged,
            ["reason"] = "wet",
        }),
    };

    private static async Task ShouldRefuseAsync(
        Task<(HttpStatusCode Status, string Tag, JsonObject Body)> answer, HttpStatusCode status, string code)
    {
        var (found, _, body) = await answer;
        body["code"]!.GetValue<string>().ShouldBe(code);
        found.ShouldBe(status);
        body["title"]!.GetValue<string>().ShouldNotBeEmpty();
    }
}
