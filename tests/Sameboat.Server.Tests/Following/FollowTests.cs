using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Following;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>What a follower takes, and how it goes on after a cut.</summary>
public sealed class FollowTests
{
    private readonly EntryMaker _maker = new();

    [Fact]
    public async Task What_is_new_is_taken_once_verified_folded_and_served_as_it_was_signed()
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);

        foreach (var size in new[] { 0, 1, 300, 1, 700 })
        {
            await kenya.AppendAsync([.. Enumerable.Range(0, size).Select(n => _maker.Report(kenya.Member, n))]);

            (await peru.PollAsync("ken", kenya.Source())).ShouldBe(PollOutcome.Applied);
            (await peru.PollAsync("ken", kenya.Source())).ShouldBe(PollOutcome.Nothing);
        }

        peru.Verify("ken", kenya.Key).Fault.ShouldBeNull();
        (await peru.Reader.LogAsync("ken", Cancel))!.Checkpoint
            .ShouldBe((await kenya.Reader.LogAsync("ken", Cancel))!.Checkpoint);
        (await peru.StateAsync()).ShouldBe(await kenya.StateAsync());
        Directory.Exists(Path.Combine(peru.Folder, "following", "ken")).ShouldBeFalse("what is applied is let go");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task A_fetch_that_is_cut_goes_on_where_it_was(int answers)
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);
        var source = new FileSource(kenya.Origin, kenya.SigningKey, Reports(kenya.Member, 1_500))
        {
            AnswersLeft = answers,
        };

        (await peru.PollAsync("ken", source)).ShouldBe(PollOutcome.Unreachable);
        (await peru.SizeAsync("ken")).ShouldBe(-1, "all or nothing");
        (await peru.RowAsync("ken")).Fault.ShouldBe("cut");

        source.AnswersLeft = int.MaxValue;
        source.Asked.Clear();
        (await peru.PollAsync("ken", source)).ShouldBe(PollOutcome.Applied);
        source.Asked.Count(path => path.StartsWith("tile/entries", StringComparison.Ordinal))
            .ShouldBe(6 - (answers - 1), "what had come is not fetched again");
        peru.Verify("ken", kenya.Key).Checkpoint!.Size.ShouldBe(1_500);
        (await peru.RowAsync("ken")).Fault.ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_questions_at_once_take_the_same_entries_once()
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);
        await kenya.AppendAsync([.. Enumerable.Range(0, 40).Select(n => _maker.Report(kenya.Member, n))]);
        var again = new FollowedLogs(
            peru.Database, Directory.CreateDirectory(Path.Combine(peru.Folder, "b")).FullName, peru.Clock);

        var outcomes = await Task.WhenAll(
            peru.PollAsync("ken", kenya.Source()), again.PollAsync("ken", kenya.Source(), Cancel));

        outcomes.ShouldContain(PollOutcome.Applied);
        outcomes.ShouldAllBe(one => one == PollOutcome.Applied || one == PollOutcome.Busy
            || one == PollOutcome.Nothing);
        peru.Verify("ken", kenya.Key).Checkpoint!.Size.ShouldBe(40);
    }

    [Fact]
    public async Task What_may_not_count_in_a_log_is_kept_shown_and_without_effect()
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);
        var good = _maker.Report(kenya.Member, 1);
        var foreign = _maker.Report(peru.Member, 1);
        var twice = _maker.Report(kenya.Member, 2) with { Id = good.Id };
        byte[][] entries =
        [
            good.ToCanonicalBytes(), "no entry"u8.ToArray(), foreign.ToCanonicalBytes(), twice.ToCanonicalBytes(),
            good.ToCanonicalBytes(), _maker.Report(kenya.Member, 3).ToCanonicalBytes(),
        ];
        (await peru.PollAsync("ken", new FileSource(kenya.Origin, kenya.SigningKey, entries[..4])))
            .ShouldBe(PollOutcome.Applied);
        (await peru.PollAsync("ken", new FileSource(kenya.Origin, kenya.SigningKey, entries)))
            .ShouldBe(PollOutcome.Applied);

        peru.Verify("ken", kenya.Key).Checkpoint!.Size.ShouldBe(6);
        await using var db = peru.Database.Open();
        var effects = new List<string>();
        foreach (var row in await db.Entries.OrderBy(row => row.Position).ToListAsync(Cancel))
        {
            var view = await EntryEffects.ReadAsync(db, row.Member, row.Id, Cancel);
            view.Effect.ShouldBe(view.Reason.Length == 0 ? Effect.Applied : Effect.WithoutEffect);
            effects.Add(view.Reason);
        }

        effects.ShouldBe(
            ["", EntryPlacing.NotAnEntry, EntryPlacing.OtherAuthor, EntryPlacing.IdTwice, EntryPlacing.IdTwice, ""]);
        (await db.Situations.CountAsync(Cancel)).ShouldBe(2);

        // A copy in another's log is no reason to refuse or to skip what its author appends.
        await peru.AppendAsync(foreign);
        (await peru.SizeAsync("per")).ShouldBe(1);
        await RestoreAsync(peru);
    }

    [Fact]
    public async Task Five_thousand_entries_come_in_two_parts_from_a_cold_start()
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);
        var source = new FileSource(kenya.Origin, kenya.SigningKey, Reports(kenya.Member, 5_000));
        var parts = new List<long>();
        var logs = new FollowedLogs(peru.Database, peru.Folder, peru.Clock)
        {
            BatchTaken = (_, size) => parts.Add(size),
        };
        var began = Stopwatch.GetTimestamp();

        (await logs.PollAsync("ken", source, Cancel)).ShouldBe(PollOutcome.Applied);

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Patience.Limit);
        parts.ShouldBe([FollowedLogWriter.BatchEntriesMax, 5_000]);
        (await peru.SizeAsync("ken")).ShouldBe(5_000);
    }

    // A backup of a follower gives back the followed logs, what counts for nothing in them included.
    private static async Task RestoreAsync(FollowNode node)
    {
        var state = await node.StateAsync();
        var file = Path.Combine(node.Folder, "backup.zip");
        var again = Directory.CreateDirectory(Path.Combine(node.Folder, "again")).FullName;
        await NodeBackup.WriteAsync(null, node.Folder, file, Cancel);
        await NodeBackup.RestoreAsync(null, again, file, Cancel);

        (await PureFold.StoredAsync(NodeDatabase.Sqlite(again))).ShouldBe(state);
        await using var here = node.Database.Open();
        await using var there = NodeDatabase.Sqlite(again).Open();
        (await IdsAsync(there)).ShouldBe(await IdsAsync(here));
        (await there.FollowedLogs.CountAsync(Cancel)).ShouldBe(1);

        static Task<List<Guid>> IdsAsync(NodeContext db) => db.Entries
            .OrderBy(row => row.Member).ThenBy(row => row.Position).Select(row => row.Id).ToListAsync(Cancel);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<byte[]> Reports(MemberId member, int count) =>
        Enumerable.Range(0, count).Select(n => _maker.Report(member, n).ToCanonicalBytes());
}
