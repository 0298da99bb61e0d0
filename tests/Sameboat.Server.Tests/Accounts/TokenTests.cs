using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Sameboat.Server.Accounts;
using Sameboat.Server.Tests.Chain;

namespace Sameboat.Server.Tests.Accounts;

public sealed class TokenTests
{
    [Fact]
    public async Task An_administrator_makes_lists_and_revokes_tokens_and_a_revoked_one_is_refused_at_once()
    {
        await using var node = await ApiNode.StartAsync();
        var admin = await node.TokenAsync("ken", "Administrator");
        var (status, _, made) = await node.PostAsync(admin, "tokens", new JsonObject
        {
            ["label"] = "Stock program", ["roles"] = new JsonArray("donor", "logistics"), ["days"] = 30,
        });
        status.ShouldBe(HttpStatusCode.Created);
        var token = made["token"]!.GetValue<string>();

        var list = await SendAsync(node, HttpMethod.Get, "tokens", admin);
        list.Text.ShouldContain("Stock program");
        list.Text.ShouldNotContain(token);
        (await SendAsync(node, HttpMethod.Get, "tokens", token)).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await SendAsync(node, HttpMethod.Delete, $"tokens/{made["id"]}", admin)).Status
            .ShouldBe(HttpStatusCode.NoContent);
        (await SendAsync(node, HttpMethod.Get, "tokens", token)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync(node, HttpMethod.Delete, $"tokens/{made["id"]}", admin)).Status
            .ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(node, HttpMethod.Get, "tokens", null)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_tokens_of_another_member_are_not_there()
    {
        await using var node = await ApiNode.StartAsync();
        var kenya = await node.TokenAsync("ken", "Administrator");
        var peru = await node.TokenAsync("per", "Administrator of Peru");
        var id = JsonNode.Parse((await SendAsync(node, HttpMethod.Get, "tokens", peru)).Text)!
            ["items"]![0]!["id"]!.GetValue<string>();

        (await SendAsync(node, HttpMethod.Get, "tokens", kenya)).Text.ShouldNotContain(id);
        (await SendAsync(node, HttpMethod.Delete, $"tokens/{id}", kenya)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await SendAsync(node, HttpMethod.Get, "tokens", peru)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("""{"label":"","roles":["donor"],"days":1}""")]
    [InlineData("""{"label":"x","roles":[],"days":1}""")]
    [InlineData("""{"label":"x","roles":["donor","king"],"days":1}""")]
    [InlineData("""{"label":"x","roles":["donor",7],"days":1}""")]
    [InlineData("""{"label":"x","roles":"donor","days":1}""")]
    [InlineData("""{"label":"x","roles":["donor"],"days":0}""")]
    [InlineData("""{"label":"x","roles":["donor"],"days":367}""")]
    [InlineData("""{"label":"x","roles":["donor"]}""")]
    [InlineData("""[]""")]
    [InlineData("""{"label":"x","label":"y","roles":["donor"],"days":1}""")]
    public async Task A_token_that_is_asked_for_wrongly_is_refused_with_a_problem(string body)
    {
        await using var node = await ApiNode.StartAsync();
        var admin = await node.TokenAsync("ken", "Administrator");
        var answer = await SendAsync(node, HttpMethod.Post, "tokens", admin, body);

        answer.Status.ShouldBe(HttpStatusCode.BadRequest);
        JsonNode.Parse(answer.Text)!["code"]!.GetValue<string>().ShouldBe("malformed");
    }

    [Fact]
    public async Task Requests_beyond_the_limit_of_an_address_get_429_and_are_told_when_to_come_back()
    {
        await using var node = await ApiNode.StartAsync(
            limits: new RateLimits(PerAddress: 1, PerToken: 0, PerMember: 0));
        var answers = new List<HttpResponseMessage>();
        for (var request = 0; request < RateLimits.BurstSeconds + 5; request++)
        {
            answers.Add(await node.Client.GetAsync("/health/live", TestContext.Current.CancellationToken));
        }

        var refused = answers.First(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.Zero);
        refused.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBeGreaterThanOrEqualTo(RateLimits.BurstSeconds);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task Requests_are_limited_by_token_and_by_member_and_others_are_not_touched(
        int perToken, int perMember)
    {
        await using var node = await ApiNode.StartAsync(limits: new RateLimits(PerAddress: 0, perToken, perMember));
        var first = await node.TokenAsync("ken", "First");
        var second = await node.TokenAsync("ken", "Second");
        var peru = await node.TokenAsync("per", "Peru");
        await SendAsync(node, HttpMethod.Get, "tokens", second);
        var statuses = new List<HttpStatusCode>();
        for (var request = 0; request < RateLimits.BurstSeconds + 5; request++)
        {
            statuses.Add((await SendAsync(node, HttpMethod.Get, "tokens", first)).Status);
        }

        statuses.ShouldContain(HttpStatusCode.TooManyRequests);
        (await SendAsync(node, HttpMethod.Get, "tokens", second)).Status
            .ShouldBe(perMember > 0 ? HttpStatusCode.TooManyRequests : HttpStatusCode.OK);
        (await SendAsync(node, HttpMethod.Get, "tokens", peru)).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(
        ApiNode node, HttpMethod method, string path, string? token, string? body = null)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/" + path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        request.Content = body is null
            ? null
            : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
