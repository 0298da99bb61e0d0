using System.Net;
using System.Net.Sockets;
using Sameboat.Record;
using Sameboat.Server.Tests.Exercise;

namespace Sameboat.Server.Tests;

/// <summary>A node as a program and over HTTP, playing the exercise.</summary>
public sealed class NodeTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-test-").FullName;

    [Fact]
    public async Task The_exercise_is_played_once_is_the_same_every_time_and_every_log_verifies()
    {
        var cancellation = TestContext.Current.CancellationToken;
        string[] logs = ["ken", "tkl", "exercise-secretariat", "exercise-relief-pool"];
        var bundles = new List<string>();
        var checkpoints = new List<string>();
        foreach (var folder in new[] { "first", "first", "second" })
        {
            await using var node = await RunningNode.StartAsync(Options(folder), cancellation);
            using var client = new HttpClient { BaseAddress = node.Address };
            foreach (var log in logs)
            {
                var verified = await VerifyAsync(client, log);
                verified.Fault.ShouldBeNull();
                verified.Checkpoint!.Size.ShouldBeGreaterThan(1);
                verified.HeldBy!.IsByItself.ShouldBeFalse("the node holds every key of an exercise");

                bundles.Add(string.Join('\n', PlayedExercise.Bytes(verified.Entries().Select(bytes =>
                    Entry.TryParse(bytes.Span, out var entry, out _) ? entry : throw new InvalidDataException(log)))));
            }

            checkpoints.Add(await client.GetStringAsync("/log/ken/checkpoint", cancellation));
        }

        bundles[..logs.Length].ShouldBe(bundles[logs.Length..(2 * logs.Length)]);
        bundles[..logs.Length].ShouldBe(bundles[(2 * logs.Length)..]);
        checkpoints[1].ShouldBe(checkpoints[0], "a second start on a folder appends nothing");
        checkpoints[2].ShouldNotBe(checkpoints[0], "the same entries, signed by another node's key");
    }

    [Fact]
    public async Task Every_entry_of_the_exercise_says_that_it_is_one()
    {
        await using var node = await RunningNode.StartAsync(Options("data"), TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = node.Address };
        foreach (var log in new[] { "ken", "exercise-secretariat", "exercise-medical-teams" })
        {
            foreach (var bytes in (await VerifyAsync(client, log)).Entries())
            {
                Entry.TryParse(bytes.Span, out var entry, out _).ShouldBeTrue();
                entry!.Body["exercise"]?.GetValue<bool>().ShouldBeTrue(entry.Kind);
            }
        }
    }

    [Fact]
    public async Task Tiles_may_be_kept_for_ever_and_a_checkpoint_for_seconds()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var node = await RunningNode.StartAsync(Options("data"), cancellation);
        using var client = new HttpClient { BaseAddress = node.Address };

        using var checkpoint = await client.GetAsync("/log/ken/checkpoint", cancellation);
        checkpoint.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; charset=utf-8");
        checkpoint.Headers.CacheControl!.MaxAge!.Value.ShouldBeLessThan(TimeSpan.FromSeconds(5));

        using var tile = await client.GetAsync("/log/ken/tile/0/000.p/3", cancellation);
        tile.Content.Headers.ContentType!.ToString().ShouldBe("application/octet-stream");
        tile.Content.Headers.ContentLength.ShouldBe(3 * MerkleHash.Length);
        tile.Headers.CacheControl!.ToString().ShouldContain("immutable");

        foreach (var absent in new[] { "tile/0/000", "tile/0/000.p/255", "tile/1/000.p/1", "tile/0/00x", "tile/9/000" })
        {
            using var answer = await client.GetAsync($"/log/ken/{absent}", cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, absent);
        }
    }

    [Fact]
    public async Task A_page_that_the_reader_has_is_not_sent_again()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var node = await RunningNode.StartAsync(Options("data"), cancellation);
        using var client = new HttpClient { BaseAddress = node.Address };
        using var first = await client.GetAsync("/en/plan", cancellation);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/en/plan");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await client.SendAsync(request, cancellation);

        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        first.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
        (await client.GetStringAsync("/health/ready", cancellation))
            .ShouldBe("ready\ndatabase: ok\ndisk: ok\n");
        (await client.GetStringAsync("/health/live", cancellation)).ShouldBe("live");
    }

    [Fact]
    public async Task A_port_in_use_gives_one_clear_line_and_exit_code_1()
    {
        using var holder = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        var port = ((IPEndPoint)holder.LocalEndpoint).Port;
        var (code, output, error) = await RunAsync(Options("data") with { Port = port });

        code.ShouldBe(1);
        output.ShouldBeEmpty();
        error.Trim().ShouldBe($"Port {port} of 127.0.0.1 is in use. Name another with --port; 0 takes a free one.");
    }

    [Fact]
    public async Task A_second_node_on_one_data_folder_is_refused_in_one_line()
    {
        await using var node = await RunningNode.StartAsync(
            Options("data") with { ExerciseSeed = null }, TestContext.Current.CancellationToken);

        var (code, _, error) = await RunAsync(Options("data"));

        code.ShouldBe(1);
        error.Trim().ShouldStartWith("Another node runs on ");
        error.Trim().ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_node_that_is_told_to_stop_ends_with_code_0_after_saying_where_it_answered()
    {
        using var stop = new CancellationTokenSource();
        using var output = new StopAtLine(stop);
        using var error = new StringWriter();

        var code = await NodeHost.RunAsync(Options("data"), output, error, stop.Token);

        code.ShouldBe(0);
        output.ToString().ShouldContain("http://127.0.0.1:");
        output.ToString().ShouldContain("EXERCISE");
        error.ToString().ShouldBeEmpty();
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private NodeOptions Options(string folder) => new()
    {
        Port = 0,
        DataFolder = Path.Combine(_folder, folder),
        ExerciseSeed = NodeOptions.ExerciseSeedDefault,
    };

    private static async Task<(int Code, string Output, string Error)> RunAsync(NodeOptions options)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await NodeHost.RunAsync(options, output, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private static async Task<LogVerification> VerifyAsync(HttpClient client, string log)
    {
        var page = await client.GetStringAsync($"/en/record/logs/{log}");
        var start = page.IndexOf("exercise.sameboat.invalid/log/" + log + "&#x2B;", StringComparison.Ordinal);
        var key = WebUtility.HtmlDecode(page[start..page.IndexOf('<', start)]);
        return LogVerifier.Verify(path => Fetch(client, $"/log/{log}/{path}"), VerifierKey.Parse(key));
    }

    private static byte[]? Fetch(HttpClient client, string path) => Task.Run(async () =>
    {
        using var answer = await client.GetAsync(path);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadAsByteArrayAsync() : null;
    }).GetAwaiter().GetResult();

    /// <summary>Stops the node as soon as it has said its last line.</summary>
    private sealed class StopAtLine(CancellationTokenSource stop) : StringWriter
    {
        public override async Task WriteLineAsync(string? value)
        {
            await base.WriteLineAsync(value);
            if (value?.StartsWith("Ctrl-C", StringComparison.Ordinal) == true)
            {
                await stop.CancelAsync();
            }
        }
    }
}
