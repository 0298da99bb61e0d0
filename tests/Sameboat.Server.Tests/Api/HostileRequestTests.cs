using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Sameboat.Fuzzing;
using Sameboat.Server.Tests.Chain;

namespace Sameboat.Server.Tests.Api;

/// <summary>
/// Every bad body that the document can tell, at every operation that takes one: a problem with a code, a pointer to
/// the member, and nothing stored.
/// </summary>
public sealed class HostileRequestTests
{
    private static readonly string[] Whole =
    [
        "", " ", "[]", "1", "null", "\"a\"", "{", "{\"a\":1", "{\"a\":1}x", "{\"a\":\"\\ud800\"}", "{\"\\udc00\":1}",
        "{\"id\":\"a\",\"id\":\"b\"}", "{'id':1}", "{\"a\":NaN}", "// x", "{\"a\":1,}",
    ];

    [Fact]
    public async Task A_body_that_breaks_one_rule_of_its_schema_is_refused_where_it_breaks_it()
    {
        await using var node = await ApiNode.StartAsync();
        var token = await node.TokenAsync("ken", "first", territory: "KEN", name: "Kenya");
        await ApiTests.DeclareAsync(node);
        var surface = new ApiSurface(await DocumentAsync(node));
        var maker = new BodyMaker(surface, new SeededRandom(1));
        maker.Names.AddRange("outbreak/convener/fever", "plan/convener/p-1");
        var before = await SizeAsync(node);
        var tried = 0;
        foreach (var operation in Writes(surface))
        {
            var schema = operation.BodySchema(surface)!;
            foreach (var broken in BrokenBodies.Of(surface, schema, (JsonObject)maker.Of(schema)!))
            {
                var body = broken.Make().ToJsonString();
                var (status, problem) = await SendAsync(node, token, operation, Json(body));
                var said = $"{operation}: {broken.What} at {broken.Pointer}: {body}";
                ((int)status).ShouldBeInRange(400, 499, said);
                problem["code"]!.GetValue<string>().ShouldNotBeEmpty(said);
                problem["pointer"].ShouldNotBeNull(said).GetValue<string>().ShouldBe(broken.Pointer, said);
                tried++;
            }
        }

        tried.ShouldBeGreaterThan(1_000);
        (await SizeAsync(node)).ShouldBe(before);
    }

    [Fact]
    public async Task A_body_that_is_no_body_is_refused_everywhere()
    {
        await using var node = await ApiNode.StartAsync();
        var token = await node.TokenAsync("ken", "first", territory: "KEN", name: "Kenya");
        var surface = new ApiSurface(await DocumentAsync(node));
        var before = await SizeAsync(node);
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 500)) + "1" + new string('}', 500);
        var contents = Whole.Append(deep).Select(text => ((Func<HttpContent>)(() => Json(text)), text))
            .Append((() => Json("{\"a\":\"" + new string('a', 70_000) + "\"}"), "a long body"))
            .Append((() => new ByteArrayContent([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            }, "no UTF-8"))
            .Append((() => new StringContent("{}", Encoding.UTF8, "text/plain"), "text/plain"))
            .Append((() => new StringContent("<a/>", Encoding.UTF8, "application/xml"), "application/xml"))
            .Append((() => new ByteArrayContent([]), "no media type"))
            .ToList();
        foreach (var operation in Writes(surface))
        {
            foreach (var (content, said) in contents)
            {
                var (status, problem) = await SendAsync(node, token, operation, content());
                ((int)status).ShouldBeInRange(400, 499, $"{operation}: {said}");
                problem["code"]!.GetValue<string>()
                    .ShouldBeOneOf("malformed", "too-long", "not-json", "unreadable", "import-refused");
            }
        }

        (await SizeAsync(node)).ShouldBe(before);
    }

    [Fact]
    public async Task What_belongs_to_another_or_has_changed_is_refused()
    {
        await using var node = await ApiNode.StartAsync();
        var ken = await node.TokenAsync("ken", "first", territory: "KEN", name: "Kenya");
        var per = await node.TokenAsync("per", "other", territory: "PER", name: "Peru");
        await ApiTests.DeclareAsync(node);
        var request = new JsonObject
        {
            ["id"] = "r1",
            ["outbreak"] = "outbreak/convener/fever",
            ["lines"] = new JsonArray(new JsonObject
            {
                ["place"] = "KEN", ["item"] = "ors", ["unit"] = "sachet", ["quantity"] = 1,
            }),
        };
        (await node.PostAsync(ken, "requests", request)).Status.ShouldBe(HttpStatusCode.Created);
        var before = await SizeAsync(node);

        (await node.PostAsync(per, "requests/ken/r1/validated", [], "\"v1\"")).Body["code"]!.GetValue<string>()
            .ShouldBe("not-the-owner");
        foreach (var stale in new[]
        {
            "\"v0\"", "\"v2\"", "\"v99\"", "v1", "*", "\"v1\", \"v2\"", "W/\"v1\"", "\"v-1\"",
        })
        {
            (await node.PostAsync(ken, "requests/ken/r1/withdrawn", new JsonObject { ["reason"] = "x" }, stale))
                .Status.ShouldBe(HttpStatusCode.PreconditionFailed, stale);
        }

        foreach (var name in new[] { "nobody/r1", "ken/none", "ken/..%2fr1", "ken/%27--", "KEN/r1", "ken/r1%0a" })
        {
            var answer = await node.PostAsync(
                ken, $"requests/{name}/withdrawn", new JsonObject { ["reason"] = "x" }, "\"v1\"");
            ((int)answer.Status).ShouldBeInRange(400, 499, name);
        }

        (await SizeAsync(node)).ShouldBe(before);
    }

    [Fact]
    public async Task What_is_asked_in_a_way_that_nothing_answers_to_is_a_problem_as_well()
    {
        await using var node = await ApiNode.StartAsync();
        foreach (var (method, path, status) in new[]
        {
            ("PUT", "requests", 405), ("DELETE", "requests/ken/r1", 405), ("GET", "nothing", 404),
            ("GET", "requests?member=%00", 400), ("GET", "requests/ken/none", 404), ("PATCH", "", 404),
            ("GET", "requests?member=" + new string('a', 300), 400), ("GET", "requests?limit=1&limit=2", 400),
            ("GET", "requests?format=exe", 400), ("GET", "log/ken/entries/1/effect", 404),
        })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/api/v1/" + path);
            using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
            ((int)answer.StatusCode).ShouldBe(status, path);
            answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json", path);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            body!["code"]!.GetValue<string>().ShouldNotBeEmpty();
        }
    }

    private static IEnumerable<ApiOperation> Writes(ApiSurface surface) =>
        surface.Operations.Where(one => one.Method == "POST" && one.BodySchema(surface)?["properties"] is not null);

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static Task<string> DocumentAsync(ApiNode node) =>
        node.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken);

    // How many entries the logs hold, by their checkpoints.
    private static async Task<string> SizeAsync(ApiNode node)
    {
        var sizes = new StringBuilder();
        foreach (var member in new[] { "ken", "per", "convener" })
        {
            using var answer = await node.Client.GetAsync(
                $"/log/{member}/checkpoint", TestContext.Current.CancellationToken);
            sizes.Append(CultureInfo.InvariantCulture, $"{member} ").AppendLine(
                answer.IsSuccessStatusCode
                    ? (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n')[1]
                    : "none");
        }

        return sizes.ToString();
    }

    private static async Task<(HttpStatusCode Status, JsonObject Problem)> SendAsync(
        ApiNode node, string token, ApiOperation operation, HttpContent content)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            operation.Path.Replace("{owner}", "ken", StringComparison.Ordinal)
                .Replace("{name}", "r1", StringComparison.Ordinal))
        {
            Content = content,
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.TryAddWithoutValidation("If-Match", "\"v1\"");
        using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", operation.ToString());
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(text)!.AsObject());
    }
}
