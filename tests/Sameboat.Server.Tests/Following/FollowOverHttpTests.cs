using System.Diagnostics;
using System.Text.Json.Nodes;
using Sameboat.Commands;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>Two nodes in one process, over HTTP and by a folder, with the commands that an operator types.</summary>
public sealed class FollowOverHttpTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-follow-").FullName;
    private readonly EntryMaker _maker = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_running_node_takes_up_a_log_sees_what_is_new_and_stops_at_a_fork()
    {
        var kenya = MemberId.Parse("ken");
        await using var first = await RunningNode.StartAsync(Options("first"), Cancel);
        await using var second = await RunningNode.StartAsync(Options("second"), Cancel);
        var database = NodeDatabase.Sqlite(In("first"));
        using var keys = new LogKeys(In("first"));
        var store = new LogStore(database, keys, new MovedClock());
        var origin = TestNode.OriginOf(kenya);
        await store.OpenLogsAsync([(kenya, origin)], Cancel);
        await store.AppendAsync([.. Enumerable.Range(0, 300).Select(n => _maker.Report(kenya, n))], Cancel);
        var key = keys.KeyOf(kenya, origin);

        var added = await RunAsync("follow", "add", $"{first.Address}log/ken", "--key", key.VerifierKey.ToString(),
            "--data", In("second"));
        added.ShouldContain("following the log of ken");
        await SeeAsync(second, first);

        await store.AppendAsync([_maker.Report(kenya, 300)], Cancel);
        await SeeAsync(second, first);
        (await RunAsync("follow", "list", "--data", In("second"))).ShouldStartWith("ken: following, 301 entries, ");

        // The same log by a folder is the same log.
        (await RunAsync("log", "export", In("stick"), "--member", "ken", "--data", In("first")))
            .ShouldContain($"301 entries, key {key.VerifierKey}");
        var import = new[] { "log", "import", In("stick/log/ken"), "--key", key.VerifierKey.ToString(), "--data" };
        (await RunAsync([.. import, In("third")])).ShouldContain("held up to 301 entries");
        (await RunAsync([.. import, In("third")])).ShouldContain("nothing new: 301 entries");
        (await RunAsync([.. import, In("second")])).ShouldContain("nothing new: 301 entries");
        (await PureFold.StoredAsync(NodeDatabase.Sqlite(In("third"))))
            .ShouldBe(await PureFold.StoredAsync(NodeDatabase.Sqlite(In("second"))));

        await ForkAsync(second, key, origin, import);
        (await RunAsync("follow", "remove", "ken", "--data", In("second"))).ShouldContain("what was taken");
        (await RunAsync("follow", "list", "--data", In("second"))).Trim().ShouldBe("no log is followed");
    }

    [Theory]
    [InlineData("follow add ftp://x --key k", "expected an address")]
    [InlineData("follow add http://127.0.0.1:9/log/ken --key k", "--key: found «k», expected the verifier key")]
    [InlineData("follow remove ken", "is not followed")]
    [InlineData("log import nowhere --key k", "found no checkpoint in nowhere")]
    [InlineData("log export stick", "No log is held here.")]
    public async Task What_cannot_be_is_refused_in_one_line(string line, string told)
    {
        var (code, _, error) = await TryAsync([.. line.Split(' '), "--data", In("empty")]);

        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain(told);
        error.Trim().ShouldNotContain("\n");
        Directory.Exists("stick").ShouldBeFalse();
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task ForkAsync(RunningNode second, SigningKey key, string origin, string[] import)
    {
        var forked = In("forked");
        foreach (var file in LogFiles.Build(origin, key, [_maker.Report(MemberId.Parse("ken"), 5).ToCanonicalBytes()]))
        {
            var path = Path.Combine(forked, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, file.Bytes.ToArray(), Cancel);
        }

        var (code, _, error) = await TryAsync([import[0], import[1], forked, .. import[3..], In("second")]);
        code.ShouldBe(ExitCode.Refused);
        error.ShouldContain("two histories");
        (await RunAsync("follow", "list", "--data", In("second"))).ShouldStartWith("ken: stopped, 301 entries");
        using var client = new HttpClient { BaseAddress = second.Address };
        var evidence = JsonNode.Parse(await client.GetStringAsync("/api/v1/evidence", Cancel))!.AsArray();
        var one = evidence.ShouldHaveSingleItem()!;
        ((string?)one["member"]).ShouldBe("ken");
        ((string?)one["code"]).ShouldBe("shrunk-to-another-history");
        foreach (var culture in new[] { "en", "ar", "zh-Hans" })
        {
            (await client.GetStringAsync($"/{culture}/record", Cancel)).ShouldContain("shrunk-to-another-history");
        }
    }

    private static async Task SeeAsync(RunningNode second, RunningNode first)
    {
        using var client = new HttpClient();
        var wanted = await client.GetStringAsync($"{first.Address}log/ken/checkpoint", Cancel);
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            using var answer = await client.GetAsync($"{second.Address}log/ken/checkpoint", Cancel);
            if (answer.IsSuccessStatusCode && await answer.Content.ReadAsStringAsync(Cancel) == wanted)
            {
                return;
            }

            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience.Limit);
            await Task.Delay(50, Cancel);
        }
    }

    private NodeOptions Options(string folder) => new() { Port = 0, DataFolder = In(folder) };

    private string In(string name) => Path.Combine(_folder, name);

    private static async Task<string> RunAsync(params string[] args)
    {
        var (code, output, error) = await TryAsync(args);
        error.ShouldBeEmpty();
        code.ShouldBe(ExitCode.Done);
        return output;
    }

    private static async Task<(int Code, string Output, string Error)> TryAsync(params string[] args)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await SameboatProgram.RunAsync(args, new Terminal(output, error, false, new MovedClock()));
        return (code, output.ToString(), error.ToString());
    }
}
