using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage;

/// <summary>State is a function of the set of entries: thousands of random histories, in memory and stored.</summary>
[Collection(DatabaseTests.Name)]
public sealed class HistoryTests(PostgresServer postgres)
{
    private const int EntriesMax = 48;
    private const int EntriesStored = 24;

    [Fact]
    public void Any_interleaving_of_the_logs_gives_the_same_state() => Gen.Select(Gen.ULong, Gen.Int[1, EntriesMax])
        .Sample(
            (seed, count) =>
            {
                var said = new RandomHistory(seed, "x").Make(count);
                var rows = PureFold.Rows(said.Select(one => one.Entry));
                var bodies = said.Select(one => one.Held).OfType<SealedBodyRow>().ToList();
                var shuffled = rows.ToArray();
                new SeededRandom(seed).Shuffle(shuffled.AsSpan());

                PureFold.State(shuffled, bodies).ShouldBe(PureFold.State(rows, bodies));
            },
            iter: 2_000);

    [Fact]
    public void Every_entry_of_any_form_is_answered_for_exactly_once() => Gen.Select(Gen.ULong, Gen.Int[1, EntriesMax])
        .Sample(
            (seed, count) =>
            {
                var random = new RandomHistory(seed, "x");
                foreach (var subject in random.Make(count).GroupBy(one => one.Entry.Subject))
                {
                    var history = subject
                        .Select(one => new HistoryEntry(
                            one.Entry with { Body = random.Any(4) as JsonObject ?? one.Entry.Body }))
                        .ToList();

                    var outcome = EntityFolding.Fold(subject.Key, history, _ => seed % 2 == 0);

                    outcome.Effects.Select(effect => effect.Entry).ShouldBe(
                        history.Select(one => one.Entry), ignoreOrder: true);
                    outcome.Effects.ShouldAllBe(effect =>
                        effect.Effect == Effect.Applied
                            ? effect.Reason.Length == 0
                            : FoldReasons.All.Contains(effect.Reason));
                }
            },
            iter: 2_000);

    [Fact]
    public void What_a_stranger_says_of_an_owned_entity_changes_nothing_whatever_time_it_claims() =>
        Gen.Select(Gen.ULong, Gen.Int[1, EntriesMax]).Sample(
            (seed, count) =>
            {
                var said = new RandomHistory(seed, "x").Make(count);
                var stranger = MemberId.Parse("stranger");
                var intrusions = said.Select((one, index) => one.Entry with
                {
                    Id = EntityId.Create(index, new byte[EntityId.RandomBytes]),
                    Author = stranger,
                    At = new HybridTime(index % 2 == 0 ? 0 : HybridTime.UnixMicrosecondsMax),
                });
                var rows = PureFold.Rows(said.Select(one => one.Entry));
                var bodies = said.Select(one => one.Held).OfType<SealedBodyRow>().ToList();
                List<EntryRow> all = [.. rows, .. PureFold.Rows(intrusions)];

                var state = PureFold.State(all, bodies);

                state.Where(row => !IsOf(row, stranger)).ShouldBe(PureFold.State(rows, bodies));
                state.Count(row => IsOf(row, stranger)).ShouldBe(said.Count, "each is shown as without effect");
            },
            iter: 1_000);

    [Theory]
    [InlineData(Provider.Sqlite, 150)]
    [InlineData(Provider.Postgres, 100)]
    public async Task Stored_state_is_the_state_of_the_set_and_a_rebuild_changes_nothing(
        Provider provider, int histories)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var node = await TestNode.StartAsync(provider, postgres);
        for (var number = 1; number <= histories; number++)
        {
            await SayAsync(node, (ulong)number);
        }

        var incremental = await PureFold.StoredAsync(node.Database);
        await Projections.RebuildAsync(node.Database, cancellation);
        (await PureFold.StoredAsync(node.Database)).ShouldBe(incremental);

        await using var db = node.Database.Open();
        var entries = await db.Entries.AsNoTracking().ToListAsync(cancellation);
        var bodies = await db.SealedBodies.AsNoTracking().ToListAsync(cancellation);
        PureFold.State(entries, bodies).ShouldBe(incremental);
        string[] met =
        [
            FoldReasons.NotTheOwner, FoldReasons.ReferenceUnseen, FoldReasons.Sealed, FoldReasons.Erased,
            FoldReasons.KindIsPublic, FoldReasons.WrongReference, FoldReasons.EntityUnseen, FoldReasons.PartsMissing,
        ];
        foreach (var reason in met)
        {
            incremental.ShouldContain(row => row.Contains($"\"{reason}\"", StringComparison.Ordinal), reason);
        }
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Two_writers_at_once_never_leave_an_entry_waiting_for_what_is_there(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        for (var number = 0; number < 8; number++)
        {
            var tag = string.Create(CultureInfo.InvariantCulture, $"t{number}");
            var said = new RandomHistory((ulong)number, tag).Make(EntriesMax).Select(one => one.Entry).ToList();
            await Task.WhenAll(said.GroupBy(entry => entry.Author).Select(async log =>
            {
                foreach (var entry in log)
                {
                    await node.AppendAsync(entry);
                }
            }));
        }

        var incremental = await PureFold.StoredAsync(node.Database);
        await Projections.RebuildAsync(node.Database, TestContext.Current.CancellationToken);
        (await PureFold.StoredAsync(node.Database)).ShouldBe(incremental);
    }

    // One history, log by log in order, the logs interleaved at random, in batches; bodies before their entry or after.
    private static async Task SayAsync(TestNode node, ulong seed)
    {
        var random = new SeededRandom(seed);
        var said = new RandomHistory(seed, string.Create(CultureInfo.InvariantCulture, $"h{seed}")).Make(EntriesStored);
        var logs = said.GroupBy(one => one.Entry.Author).Select(log => new Queue<Said>(log)).ToList();
        while (logs.Count > 0)
        {
            var log = logs[random.NextBelow(logs.Count)];
            var batch = new List<Said>();
            for (var size = 1 + random.NextBelow(8); size > 0 && log.Count > 0; size--)
            {
                batch.Add(log.Dequeue());
            }

            var early = random.NextBelow(2) == 0;
            if (early)
            {
                await node.HoldAsync(batch, appended: false);
            }

            await node.AppendAsync([.. batch.Select(one => one.Entry)]);
            if (!early)
            {
                await node.HoldAsync(batch, appended: true);
            }

            logs.RemoveAll(one => one.Count == 0);
        }
    }

    private static bool IsOf(string row, MemberId member) =>
        row.StartsWith(nameof(EffectRow), StringComparison.Ordinal)
        && row.Contains($"\"Member\":\"{member}\"", StringComparison.Ordinal);
}
