using System.Diagnostics;
using System.Text;
using Sameboat.Commands;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>A node whose logs another cosigns: what was seen is served, and an old copy is never extended.</summary>
public sealed class WitnessAskingTests : IDisposable
{
    private static readonly MemberId Kenya = MemberId.Parse("ken");

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-witnessed-").FullName;
    private readonly EntryMaker _maker = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_log_is_cosigned_and_an_old_copy_of_it_is_not_extended()
    {
        await using var witness = await RunningNode.StartAsync(Options("witness"), Cancel);
        var cosigner = await CosignerAsync(witness);
        Directory.CreateDirectory(In("first"));
        using var keys = new LogKeys(In("first"));
        var database = NodeDatabase.Sqlite(In("first"));
        await database.MigrateAsync(Cancel);
        var store = new LogStore(database, keys, new MovedClock());
        await store.OpenLogsAsync([(Kenya, TestNode.OriginOf(Kenya))], Cancel);
        await AppendAsync(store, 0, 10);
        var key = keys.KeyOf(Kenya, TestNode.OriginOf(Kenya)).VerifierKey;
        var source = new WitnessSource(witness.Address, cosigner);
        await using (var first = await RunningNode.StartAsync(Options("first", source), Cancel))
        {
            await FollowAsync(first, key);
            await CosignedAsync(first, key, cosigner, 10);

            // An old copy, as a backup would be: what comes after it is witnessed too.
            await RunAsync("backup", In("old.tar.gz"), "--data", In("first"));
            await AppendAsync(store, 10, 290);
            await CosignedAsync(first, key, cosigner, 300);
        }

        await RunAsync("restore", In("old.tar.gz"), "--data", In("restored"));
        Directory.CreateDirectory(In("restored/keys"));
        File.Copy(In("first/keys/ken.key"), In("restored/keys/ken.key"));
        await using var second = await RunningNode.StartAsync(Options("restored", source), Cancel);
        using var restoredKeys = new LogKeys(In("restored"));
        var restored = new LogStore(NodeDatabase.Sqlite(In("restored")), restoredKeys, new MovedClock());
        var refused = (await restored.AppendAsync([_maker.Report(Kenya, 999)], Cancel))
            .ShouldBeOfType<AppendOutcome.Refused>();
        refused.Reason.ShouldBe(AppendRefusal.BehindWitnesses);
        refused.Sentence.ShouldContain("300 entries");
    }

    [Fact]
    public async Task A_witness_that_is_away_or_another_holds_up_nothing_and_vouches_for_nothing()
    {
        await using var witness = await RunningNode.StartAsync(Options("witness"), Cancel);
        var cosigner = await CosignerAsync(witness);
        var stranger = SigningKey.FromSeed("stranger.example", new byte[SigningKey.SeedLength], KeyKind.Witness);
        await using var node = await FollowNode.StartAsync("ken");
        await node.AppendAsync(_maker.Report(Kenya, 1));
        var asking = new WitnessAsking(node.Database);
        var log = (await asking.OwnLogsAsync(Cancel)).ShouldHaveSingleItem();
        using var client = new HttpClient();

        var away = await asking.AskAsync(
            client, new WitnessSource(new Uri("http://127.0.0.1:9/"), cosigner), log, 0, Cancel);
        away.Size.ShouldBeNull();
        away.Fault.ShouldContain("cannot be asked");

        var unknown = await asking.AskAsync(client, new WitnessSource(witness.Address, cosigner), log, 0, Cancel);
        unknown.Size.ShouldBeNull();
        unknown.Fault.ShouldContain("404");

        await FollowAsync(In("witness"), log.VerifierKey, await ExportedAsync(node));
        var other = await asking.AskAsync(
            client, new WitnessSource(witness.Address, stranger.VerifierKey), log, 0, Cancel);
        other.Size.ShouldBeNull();
        other.Fault.ShouldContain("not signed by it");

        // It had been cosigned all the same; asked again from the start, the witness says how much it has seen.
        (await asking.AskAsync(client, new WitnessSource(witness.Address, cosigner), log, 0, Cancel)).Size.ShouldBe(1);
        (await asking.LatestAsync(client, new WitnessSource(witness.Address, cosigner), log, Cancel)).Size.ShouldBe(1);
    }

    [Theory]
    [InlineData("http://node.example")]
    [InlineData("http://node.example#no-key")]
    [InlineData("ftp://node.example#w+1+x")]
    public async Task A_witness_of_another_form_is_refused(string text)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var code = await SameboatProgram.RunAsync(
            ["serve", "--witness", text], new Terminal(output, error, false, new MovedClock()));

        code.ShouldNotBe(ExitCode.Done);
        error.ToString().ShouldContain($"--witness: found «{text}», expected {WitnessSource.Form}");
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<VerifierKey> CosignerAsync(RunningNode witness)
    {
        using var client = new HttpClient { BaseAddress = witness.Address };
        return VerifierKey.Parse((await client.GetStringAsync("/witness/key", Cancel)).Trim());
    }

    private async Task AppendAsync(LogStore store, int from, int count) =>
        (await store.AppendAsync([.. Enumerable.Range(from, count).Select(n => _maker.Report(Kenya, n))], Cancel))
            .ShouldBeOfType<AppendOutcome.Done>();

    private Task FollowAsync(RunningNode first, VerifierKey key) =>
        FollowAsync(In("witness"), key.ToString(), $"{first.Address}log/ken");

    private static Task FollowAsync(string data, string key, string source) =>
        RunAsync("follow", "add", source, "--key", key, "--data", data);

    private async Task<string> ExportedAsync(FollowNode node)
    {
        await RunAsync("log", "export", In("stick"), "--member", "ken", "--data", node.Folder);
        await RunAsync("log", "import", In("stick/log/ken"), "--key", node.Key, "--data", In("witness"));
        return In("stick/log/ken");
    }

    private static async Task CosignedAsync(RunningNode first, VerifierKey key, VerifierKey cosigner, long size)
    {
        using var client = new HttpClient { BaseAddress = first.Address };
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var bytes = await client.GetByteArrayAsync("/log/ken/checkpoint", Cancel);
            SignedNote.TryParse(bytes, out var note, out _).ShouldBeTrue();
            if (note!.Check(key, cosigner).Verified.Length == 2)
            {
                Checkpoint.Open(bytes, key, out _)!.Size.ShouldBe(size);
                return;
            }

            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience.Limit, Encoding.UTF8.GetString(bytes));
            await Task.Delay(50, Cancel);
        }
    }

    private NodeOptions Options(string folder, params WitnessSource[] witnesses) =>
        new() { Port = 0, DataFolder = In(folder), Operator = "ken", Witnesses = [.. witnesses] };

    private string In(string name) => Path.Combine(_folder, name);

    private static async Task RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await SameboatProgram.RunAsync(args, new Terminal(output, error, false, new MovedClock()));
        error.ToString().ShouldBeEmpty();
        code.ShouldBe(ExitCode.Done);
    }
}
