using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Following;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>A long log is taken in parts of bounded size, and whoever is cut off goes on at the last part.</summary>
[Collection(DatabaseTests.Name)]
public sealed class FollowInPartsTests(PostgresServer postgres)
{
    private const int Part = FollowedLogWriter.BatchEntriesMax;
    private const int Entries = (2 * Part) + 300;

    private readonly EntryMaker _maker = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Provider.Sqlite, 1)]
    [InlineData(Provider.Sqlite, 2)]
    [InlineData(Provider.Postgres, 1)]
    public async Task A_follower_that_is_cut_off_goes_on_at_the_last_part_and_fetches_nothing_again(
        Provider provider, int parts)
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per", await ConnectionAsync(provider));
        await peru.FollowAsync(kenya.Key);
        byte[][] entries = [.. Reports(kenya.Member, Entries + 40)];
        await CutAsync(peru, Source(kenya, entries[..Entries]), parts);

        // Nothing is served that no checkpoint here vouches for.
        (await peru.SizeAsync("ken")).ShouldBe(-1);
        Entry.TryParse(entries[0], out var first, out _).ShouldBeTrue();
        (await peru.Reader.EntryAsync(first!.Id, Cancel)).ShouldBeNull();
        await using (var db = peru.Database.Open())
        {
            (await NewestEntries.ReadAsync(db, 20, Cancel)).ShouldBeEmpty();
        }

        // Another process, its files gone, and the log has grown meanwhile.
        Directory.Delete(Path.Combine(peru.Folder, "following"), recursive: true);
        var grown = Source(kenya, entries);
        var again = new FollowedLogs(peru.Database, peru.Folder, peru.Clock);
        (await again.PollAsync("ken", grown, Cancel)).ShouldBe(PollOutcome.Applied);

        grown.Asked.Where(path => path.StartsWith("tile", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .ShouldBe(Bundles(parts * Part, entries.Length), "what is held is not fetched again");
        await AsAtOnceAsync(peru, kenya, entries);
        (await peru.RowAsync("ken")).TakenNote.ShouldBeEmpty();
        (await again.PollAsync("ken", grown, Cancel)).ShouldBe(PollOutcome.Nothing);
    }

    [Fact]
    public async Task A_log_that_turns_out_to_have_two_histories_on_the_way_is_stopped_with_both_notes()
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);
        byte[][] entries = [.. Reports(kenya.Member, Entries)];
        await CutAsync(peru, Source(kenya, entries), 1);

        byte[][] other = [.. entries[1..], .. Reports(kenya.Member, 10)];
        (await peru.PollAsync("ken", Source(kenya, other))).ShouldBe(PollOutcome.Evidence);

        var evidence = (await peru.EvidenceAsync()).ShouldHaveSingleItem();
        evidence.Code.ShouldBe(EvidenceCodes.NotAnExtension);
        Size(evidence.Held).ShouldBe(Entries);
        Size(evidence.Found).ShouldBe(other.Length);
    }

    [Theory]
    [InlineData(0, "Stale")]
    [InlineData(1, "Evidence")]
    public async Task A_smaller_checkpoint_on_the_way_is_a_copy_that_lags_or_another_history(
        int firstLeftOut, string outcome)
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);
        byte[][] entries = [.. Reports(kenya.Member, Entries)];
        await CutAsync(peru, Source(kenya, entries), 1);

        (await peru.PollAsync("ken", Source(kenya, entries[firstLeftOut..1_000]))).ToString().ShouldBe(outcome);

        (await peru.EvidenceAsync()).Count.ShouldBe(firstLeftOut);
    }

    [Fact]
    public async Task A_checkpoint_that_ends_where_the_parts_do_needs_no_more_entries()
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);
        byte[][] entries = [.. Reports(kenya.Member, Entries)];
        await CutAsync(peru, Source(kenya, entries), 1);

        (await peru.PollAsync("ken", Source(kenya, entries[..Part]))).ShouldBe(PollOutcome.Applied);
        await AsAtOnceAsync(peru, kenya, entries[..Part]);
        (await peru.PollAsync("ken", Source(kenya, entries))).ShouldBe(PollOutcome.Applied);
        await AsAtOnceAsync(peru, kenya, entries);
    }

    [Fact]
    public async Task An_append_of_ones_own_waits_for_one_part_and_not_for_all()
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per");
        await peru.FollowAsync(kenya.Key);
        var source = Source(kenya, [.. Reports(kenya.Member, 4 * Part)]);
        Task? append = null;
        var ended = new List<long>();
        var logs = new FollowedLogs(peru.Database, peru.Folder, peru.Clock)
        {
            BatchTaken = (_, size) =>
            {
                append ??= peru.AppendAsync(_maker.Report(peru.Member, 1));
                ended.Add(append.IsCompleted ? size : 0);
            },
        };

        (await logs.PollAsync("ken", source, Cancel)).ShouldBe(PollOutcome.Applied);
        await append!;

        ended[^1].ShouldBeGreaterThan(0, "the append stood in the record before the last part");
    }

    private static async Task CutAsync(FollowNode node, FileSource source, int parts)
    {
        using var cut = new CancellationTokenSource();
        var logs = new FollowedLogs(node.Database, node.Folder, node.Clock)
        {
            BatchTaken = (_, size) => (size >= parts * Part ? cut.CancelAsync() : Task.CompletedTask).Wait(Cancel),
        };

        await Should.ThrowAsync<OperationCanceledException>(() => logs.PollAsync("ken", source, cut.Token));

        (await node.RowAsync("ken")).TakenSize.ShouldBe(parts * Part);
    }

    // The same end as of a node that took it all at once.
    private static async Task AsAtOnceAsync(FollowNode node, FollowNode author, byte[][] entries)
    {
        await using var whole = await FollowNode.StartAsync("per");
        await whole.FollowAsync(author.Key);
        (await whole.PollAsync("ken", Source(author, entries))).ShouldBe(PollOutcome.Applied);

        (await node.StateAsync()).ShouldBe(await whole.StateAsync());
        var log = node.Verify("ken", author.Key);
        log.Fault.ShouldBeNull();
        log.Checkpoint!.Size.ShouldBe(entries.Length);
        await using var here = node.Database.Open();
        await using var there = whole.Database.Open();
        (await here.TileHashes.CountAsync(Cancel)).ShouldBe(await there.TileHashes.CountAsync(Cancel));
    }

    private static FileSource Source(FollowNode author, byte[][] entries) =>
        new(author.Origin, author.SigningKey, entries);

    private static IEnumerable<string> Bundles(int from, int size) => TilePath.AllFor(size)
        .Where(path => path.IsEntries && path.Index >= from / TilePath.FullWidth)
        .Select(path => path.ToString())
        .Order(StringComparer.Ordinal);

    private static long Size(string note)
    {
        SignedNote.TryParse(System.Text.Encoding.UTF8.GetBytes(note), out var signed, out _).ShouldBeTrue();
        Checkpoint.TryParse(signed!.Text, out var checkpoint).ShouldBeTrue();
        return checkpoint!.Size;
    }

    private async Task<string?> ConnectionAsync(Provider provider) =>
        provider == Provider.Sqlite ? null : await postgres.NewDatabaseAsync();

    private IEnumerable<byte[]> Reports(MemberId member, int count) =>
        Enumerable.Range(0, count).Select(number => _maker.Report(member, number).ToCanonicalBytes());
}
