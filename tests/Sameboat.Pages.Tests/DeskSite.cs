using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sameboat.Pages.Tests;
using Sameboat.Server;
using Sameboat.Server.Accounts;

[assembly: AssemblyFixture(typeof(DeskSite))]

namespace Sameboat.Pages.Tests;

/// <summary>
/// A node on which a member has reported, asked, offered and convened a round whose plan is with its parties, and an
/// account of that member. It starts when the first test asks for it.
/// </summary>
public sealed partial class DeskSite : IAsyncDisposable
{
    internal const string Password = "seven quiet harbours";

    private const string Outbreak = "outbreak/ken/cough";
    private const string Roles = "reporter,requester,donor,logistics,publisher";
    private const int Days = 56;

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-desk-").FullName;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private RunningNode? _node;
    private System.Net.Cookie? _session;

    /// <summary>Where the node answers.</summary>
    internal Uri Address => _node!.Address;

    /// <summary>A window in which the account is signed in.</summary>
    internal async Task<IBrowserContext> WindowAsync(ExerciseNode browser, int width, bool script)
    {
        await StartAsync();
        var window = await browser.WindowAsync(width, script, site: Address);
        await window.AddCookiesAsync(
        [
            new Microsoft.Playwright.Cookie
            {
                Name = _session!.Name, Value = _session.Value, Url = Address.ToString(),
            },
        ]);
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_node is not null)
        {
            await _node.DisposeAsync();
        }

        _gate.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_session is null)
            {
                _node = await RunningNode.StartAsync(
                    new NodeOptions { Port = 0, DataFolder = _folder }, TestContext.Current.CancellationToken);
                _session = await SetUpAsync();
                await FillAsync();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task<System.Net.Cookie> SetUpAsync()
    {
        using var handler = new HttpClientHandler { CookieContainer = new CookieContainer() };
        using var client = new HttpClient(handler) { BaseAddress = Address };
        var path = _node!.SetUp!.PathAndQuery;
        using var answer = await client.GetAsync(path, TestContext.Current.CancellationToken);
        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var fields = Hidden().Matches(page).ToDictionary(
            match => Regex.Match(match.Value, "name=\"([^\"]*)\"").Groups[1].Value,
            match => WebUtility.HtmlDecode(Regex.Match(match.Value, "value=\"([^\"]*)\"").Groups[1].Value));
        var secret = Regex.Match(page, "secret=([A-Z2-7]+)").Groups[1].Value;
        foreach (var (name, text) in new[]
        {
            ("member", "ken"), ("member-name", "Ministry of Health"), ("territory", "ken"),
            ("label", "Operations officer"), ("name", "first"), ("password", Password),
            ("code", PasskeyTests.Code(secret, answer.Headers.Date!.Value.ToUnixTimeMilliseconds())),
        })
        {
            fields[name] = text;
        }

        using var content = new FormUrlEncodedContent(fields);
        using var made = await client.PostAsync(path, content, TestContext.Current.CancellationToken);
        made.EnsureSuccessStatusCode();
        return handler.CookieContainer.GetCookies(Address).Single(cookie => cookie.Name == "sameboat");
    }

    private async Task FillAsync()
    {
        var (first, second) = (await TokenAsync("Planner"), await TokenAsync("Director"));
        await PostAsync(first, "outbreaks", """
            {"id":"cough","name":"Cough","pack":"exercise-fever","declared":"2026-01-05","exercise":true}
            """);
        var counts = string.Join(',', Enumerable.Range(0, Days).Select(day => 600 + (day * 3)));
        var deaths = string.Join(',', Enumerable.Repeat(1, Days));
        await PostAsync(first, "situations",
            $$"""{"id":"w","outbreak":"{{Outbreak}}","place":"KEN","first":"2026-01-05","cases":[{{counts}}],"""
            + $$"""
            "deaths":[{{deaths}}],"exercise":true}
            """);
        await PostAsync(first, "offers",
            $$"""
            {"id":"a","outbreak":"{{Outbreak}}","kind":"Goods","lot":"store-7","item":"gown","unit":"each",
            "quantity":400,"pack":10,"exercise":true}
            """);
        await PostAsync(first, "requests",
            $$"""
            {"id":"spring","outbreak":"{{Outbreak}}","lines":[{"place":"KEN","item":"gown","unit":"each",
            "quantity":900,"needed_by":"2026-02-01"}],"exercise":true}
            """);
        await PostAsync(first, "rounds",
            $$"""
            {"id":"one","outbreak":"{{Outbreak}}","as_of":"2026-03-01","weeks":4,"seed":"7","exercise":true}
            """);
        foreach (var (token, act, body) in new[]
        {
            (first, "plan", "{}"), (first, "reviewed", "{}"), (second, "decided", """{"reason":"It is fair."}"""),
            (second, "submitted", """{"answer_by":"2026-03-20"}"""),
        })
        {
            await PostAsync(token, $"rounds/ken/one/{act}", body);
        }
    }

    private async Task<string> TokenAsync(string label)
    {
        var (token, refusal) = await MemberAccess.IssueAsync(
            new NodeOptions { DataFolder = _folder },
            new TokenOrder("ken", Roles, label, 7, "node.test", null, null, Exercise: true),
            TestContext.Current.CancellationToken);
        refusal.ShouldBeEmpty();
        return token!;
    }

    private async Task PostAsync(string token, string path, string body)
    {
        using var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/{path}")
        {
            Content = JsonContent.Create(JsonNode.Parse(body)),
        };
        if (path.Contains('/', StringComparison.Ordinal))
        {
            using var now = await client.GetAsync(
                $"/api/v1/{path[..path.LastIndexOf('/')]}", TestContext.Current.CancellationToken);
            request.Headers.TryAddWithoutValidation("If-Match", now.Headers.ETag!.Tag);
        }

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        answer.IsSuccessStatusCode.ShouldBeTrue(
            $"{path}: {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
    }

    [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
    private static partial Regex Hidden();
}
