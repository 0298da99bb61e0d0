using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sameboat.Server.Accounts;
using Sameboat.Server.Operations;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Accounts;
using Sameboat.Server.Tests.Commands;
using Sameboat.Server.Tests.Notifications;
using Sameboat.Server.Web;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Operations;

/// <summary>What an operator relies on: health, log, telemetry, settings, and the page of administrators.</summary>
public sealed class OperationsTests : IDisposable
{
    private const string Secret = "b7f3a9c1d5";

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-operations-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Readiness_names_what_is_wrong_and_no_host_or_path()
    {
        var readiness = new NodeReadiness();
        readiness.Open();
        var gone = NodeDatabase.Of("Host=127.0.0.1;Port=1;Database=x;Username=x;Password=hidden;Timeout=1", _folder);
        var options = new NodeOptions { DataFolder = Path.Combine(_folder, "gone") };

        var report = await new NodeHealth(gone, options, readiness).LookAsync(TestContext.Current.CancellationToken);

        report.IsReady.ShouldBeFalse();
        report.Text.ShouldBe(
            "not ready\ndatabase: does not answer\ndisk: the data folder cannot be looked at\n");
        var early = new NodeHealth(gone, options, new NodeReadiness());
        (await early.LookAsync(TestContext.Current.CancellationToken)).Text.ShouldStartWith("preparing\n");
    }

    [Fact]
    public async Task The_log_of_requests_tells_id_route_status_duration_and_member_and_no_secret()
    {
        var events = new KeptEvents(LogLevel.Trace);
        var options = new NodeOptions { DataFolder = _folder, LogsRequests = true };
        var (token, _) = await MemberAccess.IssueAsync(
            options, new TokenOrder("ken", "reporter", "desk", 7, "node.test", null, null, Exercise: true),
            TestContext.Current.CancellationToken);
        await using var app = await events.StartNodeAsync(options);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);

        using var shown = await client.GetAsync($"/en/set-up/{Secret}", TestContext.Current.CancellationToken);
        using var inbox = await client.GetAsync(
            $"/api/v1/inbox?{Secret}=1", TestContext.Current.CancellationToken);
        using var posted = await client.PostAsync("/api/v1/situations", new StringContent(
            $$"""{"id":"{{Secret}}"}""", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        using var nowhere = await client.GetAsync($"/{Secret}/a/b/c", TestContext.Current.CancellationToken);

        var lines = events.Lines.Where(line => line.Category == RequestLog.Category).Select(line => line.Text).ToList();
        lines.Count.ShouldBe(4);
        lines[0].ShouldMatch(
            "^GET /\\{culture:maxlength\\(8\\)\\}/set-up/\\{secret:maxlength\\(64\\)\\} 404 [0-9.]+ ms");
        lines[1].ShouldContain("GET /api/v1/inbox 400 ");
        lines[1].ShouldEndWith(", member ken");
        lines[2].ShouldContain($"request {posted.Headers.GetValues(RequestLog.IdHeader).Single()}, member ken");
        lines[3].ShouldStartWith("GET - 404 ");
        events.Lines.ShouldAllBe(line => !line.Text.Contains(Secret) && !line.Text.Contains(token!));
    }

    [Fact]
    public async Task Telemetry_goes_to_the_collector_that_is_named_with_no_secret_and_nowhere_else()
    {
        await using var catcher = await HookCatcher.StartAsync();
        await using (var node = await RunningNode.StartAsync(
            new NodeOptions { Port = 0, DataFolder = _folder, Telemetry = catcher.Address },
            TestContext.Current.CancellationToken))
        {
            using var client = new HttpClient { BaseAddress = node.Address };
            using var answer = await client.GetAsync(
                $"/en/set-up/{Secret}?a={Secret}", TestContext.Current.CancellationToken);
        }

        catcher.Messages.Select(message => message.Path).ShouldContain("/v1/traces");
        var text = string.Concat(catcher.Messages.Select(message => Encoding.Latin1.GetString(message.Body)));
        text.ShouldContain("set-up/{secret");
        text.ShouldNotContain(Secret);

        var services = new ServiceCollection();
        services.AddTelemetry(new NodeOptions());
        services.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_of_administrators_shows_the_node_to_them_alone()
    {
        await using var node = await AccountNode.StartAsync(options => options with
        {
            RateLimits = RateLimits.Usual, PublicAddress = null,
        });
        using var stranger = node.Visit();
        await stranger.OpenAsync("/en/admin");
        stranger.Path.ShouldBe("/en/sign-in?to=%2Fadmin");
        using var first = await node.FoundAsync();
        foreach (var culture in Words.Cultures)
        {
            (await first.OpenAsync($"/{culture}/admin")).ShouldBe(200, culture);
            first.Page.ShouldContain("--requests-per-member");
        }

        await first.OpenAsync("/en/admin");
        first.Page.ShouldContain("It answers and writes.");
        first.Page.ShouldContain("none known");
        first.Page.ShouldContain(">ken</th>");
        var backup = Path.Combine(_folder, "b.zip");
        await NodeBackup.WriteAsync(null, node.Folder, backup, TestContext.Current.CancellationToken);
        await first.OpenAsync("/en/admin");
        first.Page.ShouldNotContain("none known");

        await first.OpenAsync("/en/account/people");
        await first.SubmitAsync("/en/account/people", new Dictionary<string, string>
        {
            ["label"] = "Reporter", ["role"] = "Reporter",
        }, "invite");
        using var second = node.Visit();
        await second.OpenAsync(new Uri(first.Once()).PathAndQuery);
        (await second.SetUpAsync("second", node.Clock)).ShouldBe(200, second.Page);
        (await second.OpenAsync("/en/admin")).ShouldBe(403);
        second.Page.ShouldNotContain("--requests-per-member");
    }

    [Fact]
    public async Task Every_setting_of_serve_is_in_the_guide_and_the_guide_has_no_other()
    {
        using var folder = new CommandFolder();
        var (_, help, _) = await folder.RunAsync("serve --help");
        var told = Options(help.Split('\n').Where(line => line.StartsWith("  -", StringComparison.Ordinal)))
            .Except(["--help", "--version"]);
        var guide = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "guide", "running-a-node.md"));
        var tabled = Options(guide.Where(line => line.StartsWith("| `--", StringComparison.Ordinal)));

        tabled.Order().ShouldBe(told.Order());
    }

    [Theory]
    [InlineData("--mail https://mail.example --mail-from a@b.example", "--mail: found «https://mail.example»")]
    [InlineData("--mail smtp://u:p@mail.example --mail-from a@b.example", "without a password")]
    [InlineData("--mail smtp://mail.example", "expected both or neither")]
    [InlineData("--mail smtp://mail.example --mail-from nobody", "--mail-from: found «nobody»")]
    [InlineData("--telemetry localhost", "--telemetry (or OTEL_EXPORTER_OTLP_ENDPOINT): found «localhost»")]
    public async Task A_setting_that_cannot_be_read_ends_the_start_with_a_line(string arguments, string line)
    {
        using var folder = new CommandFolder();
        var (code, _, error) = await folder.RunAsync($"serve {arguments}");

        code.ShouldBe(2);
        error.ShouldContain(line);
    }

    private static IEnumerable<string> Options(IEnumerable<string> lines) => lines
        .Select(line => Regex.Match(line, "--[a-z-]+").Value)
        .Where(option => option.Length > 0)
        .Distinct();

    /// <summary>Keeps the events that a node writes.</summary>
}
