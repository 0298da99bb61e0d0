using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Data.Sqlite;
using Sameboat.Server.Accounts;
using Sameboat.Tests;

namespace Sameboat.Server.Tests.Operations;

/// <summary>A stop while clients write, and the unit that starts and stops a node.</summary>
public sealed class StopTests : IDisposable
{
    private const int Writers = 8;
    private const int EnoughWrites = 40;

    private static readonly TimeSpan VerifyTimeMax = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-stop-").FullName;

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_stop_answers_what_it_has_heard_and_whatever_was_acknowledged_is_kept()
    {
        var options = new NodeOptions { Port = 0, DataFolder = _folder };
        var (token, _) = await MemberAccess.IssueAsync(
            options, new TokenOrder("ken", "reporter,publisher", "desk", 7, "node.test", null, null, Exercise: true),
            TestContext.Current.CancellationToken);
        var node = await RunningNode.StartAsync(options, TestContext.Current.CancellationToken);
        var done = new ConcurrentBag<string>();
        var statuses = new ConcurrentBag<HttpStatusCode>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = Client(node, token!);
        var writing = Enumerable.Range(0, Writers).Select(writer => WriteAsync(
            client, writer, id =>
            {
                done.Add(id);
                if (done.Count >= EnoughWrites)
                {
                    enough.TrySetResult();
                }
            },
            statuses)).ToList();
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await node.DisposeAsync();
        await Task.WhenAll(writing);

        statuses.Distinct().ShouldBeSubsetOf([HttpStatusCode.Created, HttpStatusCode.ServiceUnavailable]);
        await using var again = await RunningNode.StartAsync(options, TestContext.Current.CancellationToken);
        using var reader = Client(again, token!);
        foreach (var id in done)
        {
            using var answer = await reader.GetAsync(
                $"/api/v1/situations/ken/{id}", TestContext.Current.CancellationToken);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, id);
        }
    }

    [Fact]
    public void The_unit_is_one_that_systemd_takes()
    {
        if (!File.Exists("/usr/bin/systemd-analyze"))
        {
            Assert.Skip("systemd-analyze is not on this machine: the unit is not verified.");
        }

        // The program need not be installed here, so that another stands in its place.
        var unit = Path.Combine(_folder, "sameboat.service");
        var text = File.ReadAllText(Path.Combine(Repository.Root, "packaging", "sameboat.service"));
        text.ShouldContain("ExecStart=/opt/sameboat/sameboat serve ");
        File.WriteAllText(unit, text.Replace("/opt/sameboat/sameboat", "/bin/true", StringComparison.Ordinal));
        using var process = Process.Start(new ProcessStartInfo("/usr/bin/systemd-analyze", ["verify", unit])
        {
            RedirectStandardError = true,
        })!;
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit(VerifyTimeMax).ShouldBeTrue();

        said.ShouldNotContain(unit);
        process.ExitCode.ShouldBe(0, said);
    }

    // Until the node hears no more: an answer that was promised and does not come would end it the same way, and what
    // it had acknowledged is looked for afterwards.
    private static async Task WriteAsync(
        HttpClient client, int writer, Action<string> acknowledged, ConcurrentBag<HttpStatusCode> statuses)
    {
        for (var number = 0; ; number++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"w{writer}-{number}");
            try
            {
                using var answer = await client.PostAsync("/api/v1/situations", new StringContent(
                    $$"""
                    {"id":"{{id}}","outbreak":"outbreak/convener/fever","place":"KEN","first":"2026-01-05",
                     "cases":[1],"deaths":[0]}
                    """, Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
                statuses.Add(answer.StatusCode);
                if (answer.StatusCode == HttpStatusCode.Created)
                {
                    acknowledged(id);
                }
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static HttpClient Client(RunningNode node, string token)
    {
        var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}
