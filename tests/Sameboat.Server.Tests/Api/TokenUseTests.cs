using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Sameboat.Fuzzing;
using Sameboat.Server.Tests.Access;
using Sameboat.Server.Tests.Chain;

namespace Sameboat.Server.Tests.Api;

/// <summary>What the interface does with a token that does not hold, and what its document says of tokens.</summary>
public sealed class TokenUseTests
{
    [Theory]
    [InlineData("offers")]
    [InlineData("offers/ken/none")]
    [InlineData("members")]
    [InlineData("scoreboard")]
    [InlineData("conservation?outbreak=x")]
    [InlineData("requests/ken/none/answers")]
    [InlineData("inbox")]
    [InlineData("nowhere")]
    public async Task A_token_that_does_not_hold_is_refused_on_a_read_and_not_taken_for_none(string path)
    {
        await using var node = await ApiNode.StartAsync();
        var token = await node.TokenAsync("ken", "Officer");
        foreach (var wrong in new[]
        {
            "Bearer sameboat-" + new string('0', 64), "Bearer x", "Basic eDp5", "sameboat", $"Bearer {token}x",
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + path);
            request.Headers.TryAddWithoutValidation("Authorization", wrong);
            using var answer = await node.Client.SendAsync(request, TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, wrong);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
            answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"sameboat\", error=\"invalid_token\"");
            var problem = JsonNode.Parse(
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            problem["code"]!.GetValue<string>().ShouldBe("unauthenticated");
            problem["detail"]!.GetValue<string>().ShouldContain("revoked");
        }

        using var right = new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + path);
        right.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var good = await node.Client.SendAsync(right, TestContext.Current.CancellationToken);
        good.StatusCode.ShouldNotBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Whoever_needs_a_token_and_names_none_is_told_how()
    {
        await using var node = await ApiNode.StartAsync();
        using var answer = await node.Client.GetAsync("/api/v1/tokens", TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ToString().ShouldBe("Bearer realm=\"sameboat\"");
    }

    [Fact]
    public async Task The_document_says_of_every_operation_what_the_rules_say_of_tokens()
    {
        await using var node = await ApiNode.StartAsync();
        var surface = new ApiSurface(
            await node.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken));
        var wrong = new List<string>();
        foreach (var operation in surface.Operations)
        {
            var told = string.Join(' ', operation.Node["security"]!.AsArray()
                .Select(one => one!.AsObject().ContainsKey("bearer") ? "bearer" : "none"));
            var expected = Expected(operation.Method, operation.Path);
            if (told != expected || operation.Node["responses"]!["401"] is null)
            {
                wrong.Add($"{operation.Method} {operation.Path}: «{told}», expected «{expected}», with 401");
            }
        }

        surface.Operations.Count.ShouldBeGreaterThan(100);
        wrong.ShouldBeEmpty();
    }

    // By the table that the matrix of access is asked with.
    private static string Expected(string method, string path) =>
        AccessRules.Others.TryGetValue($"{method} {path}", out var rule)
            ? rule switch
            {
                Shown.Everybody or Shown.PublicOnly => "",
                Shown.Audience => "none bearer",
                _ => "bearer",
            }
            : method == "GET" ? "none bearer" : "bearer";
}
