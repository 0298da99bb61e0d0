using System.Text;
using Sameboat.Commands;
using Sameboat.Record;
using Sameboat.Server.Following;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>A log changes its key by an entry, and whoever knows the old key goes on without being told.</summary>
[Collection(DatabaseTests.Name)]
public sealed class KeyRotationTests(PostgresServer postgres) : IDisposable
{
    private static readonly MemberId Kenya = MemberId.Parse("ken");

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-rotated-").FullName;
    private readonly EntryMaker _maker = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Each_key_signs_up_to_the_entry_that_names_the_next(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var first = node.Keys.KeyOf(Kenya, TestNode.OriginOf(Kenya)).VerifierKey;
        await AppendAsync(node.Store, 0, 300);

        var second = (await RotateAsync(node)).To;
        await AppendAsync(node.Store, 300, 10);
        var third = (await RotateAsync(node)).To;
        await AppendAsync(node.Store, 310, 1);

        // By whichever key is known, and by the store that was open all the while.
        foreach (var key in new[] { first, second, third })
        {
            var log = LogVerifier.Verify(path => Read(node, path), key);
            log.Fault.ShouldBeNull();
            log.SignedBy.ShouldBe(third);
            log.Checkpoint!.Size.ShouldBe(313);
        }

        node.Restart();
        await AppendAsync(node.Store, 311, 1);
        File.Exists(node.Keys.PathOf(Kenya) + ".next").ShouldBeFalse();
        var stranger = SigningKey.FromSeed(first.Name, new byte[SigningKey.SeedLength]).VerifierKey;
        LogVerifier.Verify(path => Read(node, path), stranger).Fault!.Code.ShouldBe(LogRefusal.SignatureFails);
    }

    [Fact]
    public async Task A_follower_and_a_reader_of_files_pass_from_key_to_key()
    {
        await using var node = await FollowNode.StartAsync("ken");
        await using var other = await FollowNode.StartAsync("per");
        var first = node.Key;
        await node.AppendAsync([.. Enumerable.Range(0, 20).Select(n => _maker.Report(Kenya, n))]);
        await other.FollowAsync(first);
        (await other.PollAsync("ken", node.Source())).ShouldBe(PollOutcome.Applied);

        await RunAsync("log", "rotate", "--member", "ken", "--data", node.Folder);
        await node.AppendAsync([.. Enumerable.Range(20, 20).Select(n => _maker.Report(Kenya, n))]);
        var told = await RunAsync("log", "rotate", "--member", "ken", "--data", node.Folder);
        await node.AppendAsync(_maker.Report(Kenya, 99));

        while (await other.PollAsync("ken", node.Source()) == PollOutcome.Applied)
        {
            // One poll takes the log up to the next handover.
        }

        (await other.SizeAsync("ken")).ShouldBe(43);
        var row = await other.RowAsync("ken");
        row.Fault.ShouldBeEmpty();
        told.ShouldContain(row.VerifierKey);

        await RunAsync("log", "export", In("stick"), "--member", "ken", "--data", other.Folder);
        (await RunAsync("log", "verify", In("stick/log/ken"), "--key", first)).ShouldContain(row.VerifierKey);
        (await RunAsync("log", "verify", In("stick/log/ken"), "--key", row.VerifierKey)).ShouldNotContain("handed");
        (await RunAsync("log", "import", In("stick/log/ken"), "--key", first, "--data", In("third")))
            .ShouldContain("held up to 43 entries");
        (await RunAsync("log", "import", In("stick/log/ken"), "--key", first, "--data", In("third")))
            .ShouldContain("nothing new");
        (await RunAsync("follow", "list", "--data", In("third"))).ShouldContain("43 entries");
    }

    [Fact]
    public async Task A_handover_that_the_old_key_did_not_sign_changes_nothing()
    {
        await using var other = await FollowNode.StartAsync("per");
        var origin = TestNode.OriginOf(Kenya);
        var held = SigningKey.FromSeed(origin, Enumerable.Repeat((byte)1, SigningKey.SeedLength).ToArray());
        var thief = SigningKey.FromSeed(origin, Enumerable.Repeat((byte)2, SigningKey.SeedLength).ToArray());
        var entry = _maker.Report(Kenya, 1).ToCanonicalBytes();
        var rotated = new Entry(
            LogKeys.DrawId(1_700_000_000_000), KeyHandover.Kind, Kenya,
            KeyFold.SubjectOf(Kenya, 1), new HybridTime(1_700_000_000_000_000),
            KeyHandover.Statement(thief.VerifierKey))
            .ToCanonicalBytes();
        await other.FollowAsync(held.VerifierKey.ToString());
        (await other.PollAsync("ken", new FileSource(origin, held, [entry]))).ShouldBe(PollOutcome.Applied);

        var forged = new FileSource(origin, thief, [entry, rotated]);
        forged.Files[KeyHandover.PathOf(1)] = forged.Files[TilePath.Checkpoint];
        (await other.PollAsync("ken", forged)).ShouldBe(PollOutcome.Refused);

        (await other.SizeAsync("ken")).ShouldBe(1);
        (await other.RowAsync("ken")).VerifierKey.ShouldBe(held.VerifierKey.ToString());
        LogVerifier.Verify(forged.Files.GetValueOrDefault, held.VerifierKey).Fault!.Code
            .ShouldBe(LogRefusal.SignatureFails);
    }

    [Theory]
    [InlineData("nobody", "No log of nobody is written here.")]
    [InlineData("no name", "expected a member's name")]
    public async Task What_cannot_be_rotated_is_refused_in_one_line(string member, string told)
    {
        Directory.CreateDirectory(In("empty"));
        using var output = new StringWriter();
        using var error = new StringWriter();

        var code = await SameboatProgram.RunAsync(
            ["log", "rotate", "--member", member, "--data", In("empty")],
            new Terminal(output, error, false, new MovedClock()));

        code.ShouldBe(ExitCode.Refused);
        error.ToString().ShouldContain(told);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    // As another process does while the node runs.
    private static async Task<KeyHandover> RotateAsync(TestNode node)
    {
        using var keys = new LogKeys(node.Folder);
        return await new KeyRotation(node.Database, keys, node.Clock).RotateAsync(Kenya, Cancel);
    }

    private async Task AppendAsync(LogStore store, int from, int count) =>
        (await store.AppendAsync([.. Enumerable.Range(from, count).Select(n => _maker.Report(Kenya, n))], Cancel))
            .ShouldBeOfType<AppendOutcome.Done>();

    private static byte[]? Read(TestNode node, string path)
    {
        if (!KeyHandover.TryParsePath(path, out var number))
        {
            return TestNode.ReadFile(node.Reader, Kenya, path);
        }

        using var db = node.Database.Open();
        return db.HandoverAsync(Kenya.ToString(), number, Cancel).GetAwaiter().GetResult();
    }

    private string In(string name) => Path.Combine(_folder, name);

    private static async Task<string> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await SameboatProgram.RunAsync(args, new Terminal(output, error, false, new MovedClock()));
        error.ToString().ShouldBeEmpty();
        code.ShouldBe(ExitCode.Done);
        return output.ToString();
    }
}
