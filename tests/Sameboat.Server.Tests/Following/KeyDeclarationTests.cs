using Sameboat.Commands;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>A node that keeps a member's key says so in the member's log, and anyone is shown it.</summary>
[Collection(DatabaseTests.Name)]
public sealed class KeyDeclarationTests(PostgresServer postgres) : IDisposable
{
    private const string Host = "Regional host «A&B»";

    private static readonly MemberId Kenya = MemberId.Parse("ken");
    private static readonly MemberId Peru = MemberId.Parse("per");

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-held-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task It_is_said_once_kept_at_a_rotation_and_ended_by_one_to_the_members_own_key(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        (await DeclareAsync(node, null)).ShouldBe(3, "each log whose key is here, by the host in its origin");
        (await HostAsync(node)).ShouldBe("node.test");
        (await DeclareAsync(node, null)).ShouldBe(0);
        (await DeclareAsync(node, Host)).ShouldBe(3);
        (await DeclareAsync(node, Host)).ShouldBe(0);
        (await DeclareAsync(node, null)).ShouldBe(0, "what names somebody is left as it is");
        (await HostAsync(node)).ShouldBe(Host);
        (await HeldByAsync(node))!.Host.ShouldBe(Host);

        await RotateAsync(node, isOwn: false);
        (await HostAsync(node)).ShouldBe(Host);
        (await HeldByAsync(node))!.Host.ShouldBe(Host);

        await RotateAsync(node, isOwn: true);
        (await HostAsync(node)).ShouldBeNull();
        (await HeldByAsync(node))!.IsByItself.ShouldBeTrue();
        (await DeclareAsync(node, null)).ShouldBe(0, "the member holds its key itself, and the log says so");
        var state = await PureFold.StoredAsync(node.Database);
        await Projections.RebuildAsync(node.Database, Cancel);
        (await PureFold.StoredAsync(node.Database)).ShouldBe(state);
    }

    [Fact]
    public async Task A_rotation_that_nobody_declares_anything_of_ends_what_was_said()
    {
        await using var node = await TestNode.StartAsync(Provider.Sqlite, postgres);
        await DeclareAsync(node, Host);

        using (var keys = new LogKeys(node.Folder))
        {
            await new KeyRotation(node.Database, keys, node.Clock).RotateAsync(Kenya, Cancel);
        }

        (await HostAsync(node)).ShouldBeNull();
        (await HeldByAsync(node)).ShouldBeNull();
    }

    [Fact]
    public async Task What_another_says_of_a_members_key_has_no_effect()
    {
        await using var node = await TestNode.StartAsync(Provider.Sqlite, postgres);
        await DeclareAsync(node, Host);
        var key = node.Keys.KeyOf(Kenya, TestNode.OriginOf(Kenya)).VerifierKey;
        var entry = node.Next(
            Peru, KeyHolding.Kind, KeyHolding.SubjectOf(Kenya).ToString(), KeyHolding.Statement("thief", key));

        await node.AppendAsync(entry);

        (await HostAsync(node)).ShouldBe(Host);
        await using var db = node.Database.Open();
        (await EntryEffects.ReadAsync(db, "per", entry.Id.Value, Cancel)).Reason.ShouldBe(FoldReasons.NotTheOwner);
    }

    [Fact]
    public async Task A_member_that_runs_its_own_node_need_not_say_anything_and_may_take_its_key_back()
    {
        await using var node = await TestNode.StartAsync(Provider.Sqlite, postgres);

        (await DeclareAsync(node, "ken")).ShouldBe(2, "ken holds the keys of the two others");
        (await HostAsync(node)).ShouldBeNull();
        (await DeclareAsync(node, Host)).ShouldBe(3);
        (await DeclareAsync(node, "ken")).ShouldBe(3);
        (await HostAsync(node)).ShouldBeNull();
        (await HeldByAsync(node))!.IsByItself.ShouldBeTrue();
    }

    [Fact]
    public async Task The_pages_and_the_verifier_tell_who_signs()
    {
        var options = new NodeOptions
        {
            DataFolder = _folder, Port = 0, Operator = Host, Clock = new MovedClock(),
        };
        var (token, refusal) = await MemberAccess.IssueAsync(
            options, new TokenOrder("ken", "reporter", "Desk", 3, "node.test", "Kenya", "KEN", Exercise: false),
            Cancel);
        token.ShouldNotBeNull(refusal);
        await using var node = await RunningNode.StartAsync(options, Cancel);
        using var client = new HttpClient { BaseAddress = node.Address };

        foreach (var page in new[] { "/en/record", "/en/record/logs/ken", "/en/members/ken", "/ar/record/logs/ken" })
        {
            System.Net.WebUtility.HtmlDecode(await client.GetStringAsync(page, Cancel))
                .ShouldContain(Host, Case.Sensitive, page);
        }

        using var output = new StringWriter();
        (await SameboatProgram.RunAsync(
            ["log", "verify", $"{node.Address}log/ken"],
            new Terminal(output, TextWriter.Null, false, new MovedClock()))).ShouldBe(ExitCode.Done);
        output.ToString().ShouldContain($"the log says that {Host} holds the key and signs for ken");
    }

    public void Dispose()
    {
        NodeDatabase.CloseFiles();
        Directory.Delete(_folder, recursive: true);
    }

    private static Task<int> DeclareAsync(TestNode node, string? host) =>
        new KeyDeclaration(node.Database, node.Store, node.Keys, node.Clock).DeclareAsync(host, null, Cancel);

    private static Task<string> RotateAsync(TestNode node, bool isOwn) =>
        NodeKeys.RotateAsync(node.Connection, node.Folder, "ken", isOwn, node.Clock, Cancel);

    private static async Task<string?> HostAsync(TestNode node)
    {
        await using var db = node.Database.Open();
        return await db.HostAsync("ken", Cancel);
    }

    private static async Task<KeyHolding?> HeldByAsync(TestNode node)
    {
        var log = await node.Reader.LogAsync("ken", Cancel);
        var verified = LogVerifier.Verify(
            path => node.ReadFile(Kenya, path), VerifierKey.Parse(log!.VerifierKey));
        verified.Fault.ShouldBeNull();
        return verified.HeldBy;
    }
}
