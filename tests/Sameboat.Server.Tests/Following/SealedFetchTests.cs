using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Sameboat.Commands;
using Sameboat.Record;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>Bodies that are not public go to the nodes of those entitled, and to no other.</summary>
public sealed class SealedFetchTests : IDisposable
{
    private static readonly MemberId Kenya = MemberId.Parse("ken");

    private readonly string _folder = Directory.CreateTempSubdirectory("sameboat-sealed-").FullName;
    private readonly EntryMaker _maker = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_follower_is_handed_what_is_for_its_member_and_nothing_else()
    {
        var author = await OpenAsync("ken");
        await OpenAsync("per");
        await OpenAsync("npl");
        await using var first = await RunningNode.StartAsync(Options("ken"), Cancel);
        await using var second = await RunningNode.StartAsync(Options("per"), Cancel);
        await using var third = await RunningNode.StartAsync(Options("npl"), Cancel);

        // The author's node knows who asks by their logs; both others follow the author's.
        await FollowAsync("ken", "per", second);
        await FollowAsync("ken", "npl", third);
        await FollowAsync("per", "ken", first);
        await FollowAsync("npl", "ken", first);
        var salts = new List<byte[]>();
        foreach (var (lot, recipients) in new[] { ("A", new[] { "per" }), ("B", ["npl", "per"]), ("C", []) })
        {
            var (entry, salt, body) = Offer(lot, recipients);
            salts.Add(salt);
            await new SealedBodies(NodeDatabase.Sqlite(In("ken"))).KeepAsync(entry, salt, body, Cancel);
            (await author.AppendAsync([entry], Cancel)).ShouldBeOfType<AppendOutcome.Done>();
        }

        await HeldAsync("per", [.. salts]);
        await HeldAsync("npl", salts[1], salts[2]);
        (await SeenAsync("per", "per")).ShouldBe(3);
        (await SeenAsync("per", "")).ShouldBe(0, "whoever reads without an account sees none of them");
        (await SeenAsync("npl", "npl")).ShouldBe(2);
    }

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<LogStore> OpenAsync(string member)
    {
        Directory.CreateDirectory(In(member));
        var database = NodeDatabase.Sqlite(In(member));
        await database.MigrateAsync(Cancel);
        var id = MemberId.Parse(member);
        var store = new LogStore(database, new LogKeys(In(member)), new MovedClock());
        await store.OpenLogsAsync([(id, TestNode.OriginOf(id))], Cancel);
        return store;
    }

    private async Task FollowAsync(string follower, string member, RunningNode node)
    {
        var id = MemberId.Parse(member);
        using var keys = new LogKeys(In(member));
        using var error = new StringWriter();
        var code = await SameboatProgram.RunAsync(
            ["follow", "add", $"{node.Address}log/{member}", "--key",
                keys.KeyOf(id, TestNode.OriginOf(id)).VerifierKey.ToString(), "--data", In(follower)],
            new Terminal(TextWriter.Null, error, false, new MovedClock()));
        code.ShouldBe(ExitCode.Done, error.ToString());
    }

    private async Task HeldAsync(string member, params byte[][] salts)
    {
        var expected = salts.Select(Convert.ToHexString).Order().ToList();
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            await using var db = NodeDatabase.Sqlite(In(member)).Open();
            var held = (await db.SealedBodies.AsNoTracking().Select(row => row.Salt).ToListAsync(Cancel))
                .Select(Convert.ToHexString).Order().ToList();
            if (held.SequenceEqual(expected))
            {
                return;
            }

            Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience.Limit, $"{member} holds {held.Count}");
            await Task.Delay(100, Cancel);
        }
    }

    private async Task<int> SeenAsync(string node, string viewer)
    {
        await using var db = NodeDatabase.Sqlite(In(node)).Open();
        db.Viewer = viewer.Length == 0 ? null : viewer;
        return await db.Set<OfferRow>().CountAsync(Cancel);
    }

    private (Entry Entry, byte[] Salt, byte[] Body) Offer(string lot, string[] recipients)
    {
        var subject = $"offer/ken/{lot.ToLowerInvariant()}";
        var open = _maker.Next(Kenya, OfferFold.Kind, subject, OfferFold.Statement(
            new OfferRow
            {
                Subject = subject,
                Outbreak = "outbreak/convener/fever",
                Member = "ken",
                Kind = nameof(OfferKind.Goods),
                Lot = lot,
                Item = "item-1",
                Unit = "each",
                Quantity = 50,
                Pack = 10,
                Origin = "",
                Available = null,
                Expires = null,
                ColdChain = false,
                OnlyFor = "",
            },
            exercise: true));
        var salt = LogKeys.DrawSalt();
        var visibility = recipients.Length == 0 ? Visibility.Members : Visibility.Parties;
        return (SealedBodies.Seal(open, salt, visibility, recipients.Select(MemberId.Parse)), salt,
            CanonicalJson.Serialize(open.Body));
    }

    private NodeOptions Options(string folder) => new() { Port = 0, DataFolder = In(folder) };

    private string In(string name) => Path.Combine(_folder, name);
}
