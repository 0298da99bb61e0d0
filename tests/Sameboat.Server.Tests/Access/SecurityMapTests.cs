using System.Text.RegularExpressions;
using Sameboat.Server.Tests.Accounts;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Access;

/// <summary>What <c>docs/guide/asvs.md</c> points to.</summary>
public sealed partial class SecurityMapTests
{
    private const int TestsNamedMin = 30;

    [Fact]
    public async Task Every_test_that_the_map_names_exists()
    {
        var map = await File.ReadAllTextAsync(
            Path.Combine(Repository.Root, "docs", "guide", "asvs.md"), TestContext.Current.CancellationToken);
        var named = Sentence().Matches(map).Select(match => match.Groups[1].Value).Distinct().ToList();
        var sources = Directory.EnumerateFiles(
            Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories);
        var known = sources.SelectMany(file => Method().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups[1].Value).ToHashSet();

        named.Count.ShouldBeGreaterThan(TestsNamedMin);
        named.Except(known).ShouldBeEmpty();
    }

    [Fact]
    public async Task Headers_that_protect_a_browser_stand_on_every_answer()
    {
        await using var node = await AccountNode.StartAsync(
            options => options with { PublicAddress = new Uri("https://node.test") });
        using var client = new HttpClient { BaseAddress = node.Node.Address };
        foreach (var path in new[] { "/en", "/en/sign-in", "/api/v1/offers", "/api/v1/nothing", "/health/live" })
        {
            using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
            string Header(string name) => answer.Headers.TryGetValues(name, out var values)
                ? string.Join(", ", values)
                : "";
            var policy = Header("Content-Security-Policy");
            policy.ShouldStartWith("default-src 'none'", Case.Sensitive, path);
            policy.ShouldContain("object-src 'none'", Case.Sensitive, path);
            policy.ShouldContain("frame-ancestors 'none'", Case.Sensitive, path);
            policy.ShouldNotContain("unsafe");
            Header("X-Content-Type-Options").ShouldBe("nosniff", path);
            Header("Referrer-Policy").ShouldBe("no-referrer", path);
            Header("Strict-Transport-Security").ShouldBe("max-age=63072000; includeSubDomains", path);
            Header("Server").ShouldBeEmpty(path);
        }

        using var page = await client.GetAsync("/en/sign-in", TestContext.Current.CancellationToken);
        page.Headers.GetValues("Set-Cookie").ShouldAllBe(one =>
            one.StartsWith("__Host-", StringComparison.Ordinal) && one.Contains("secure", StringComparison.Ordinal));
    }

    [GeneratedRegex("`([A-Z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)+)`")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"public (?:async )?(?:Task|void) ([A-Z]\w+)\(")]
    private static partial Regex Method();
}
