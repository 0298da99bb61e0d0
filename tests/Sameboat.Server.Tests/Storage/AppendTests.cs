using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage;

[Collection(DatabaseTests.Name)]
public sealed class AppendTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Positions_run_from_zero_without_a_gap_and_the_log_verifies(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        foreach (var size in new[] { 1, 254, 1, 1, 600, 3 })
        {
            await node.AppendAsync([.. Enumerable.Range(0, size).Select(n => node.Report(TestNode.Kenya, n))]);
        }

        await using var db = node.Database.Open();
        var positions = await db.Entries.OrderBy(row => row.Position).Select(row => row.Position)
            .ToListAsync(TestContext.Current.CancellationToken);
        positions.ShouldBe(Enumerable.Range(0, 860).Select(n => (long)n));
        var verified = node.Verify(TestNode.Kenya);
        verified.Fault.ShouldBeNull();
        verified.Checkpoint!.Size.ShouldBe(860);
        verified.SignedBy.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_entry_appended_again_is_already_done_and_changes_nothing(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var first = node.Report(TestNode.Kenya, 1);
        var second = node.Report(TestNode.Kenya, 2);
        await node.AppendAsync(first);
        var checkpoint = node.ReadFile(TestNode.Kenya, "checkpoint");

        (await node.AppendAsync(first)).Places.ShouldBe([new Placed("ken", 0, AlreadyDone: true)]);
        node.ReadFile(TestNode.Kenya, "checkpoint").ShouldBe(checkpoint);

        (await node.AppendAsync(second, first, second)).Places.ShouldBe(
        [
            new Placed("ken", 1, AlreadyDone: false),
            new Placed("ken", 0, AlreadyDone: true),
            new Placed("ken", 1, AlreadyDone: true),
        ]);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task The_same_id_with_other_content_is_refused_and_nothing_of_the_batch_is_stored(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var first = node.Report(TestNode.Kenya, 1);
        await node.AppendAsync(first);
        var other = first with { Subject = "another" };

        var outcome = await node.Store.AppendAsync(
            [node.Report(TestNode.Kenya, 2), other], TestContext.Current.CancellationToken);

        var refused = outcome.ShouldBeOfType<AppendOutcome.Refused>();
        refused.Reason.ShouldBe(AppendRefusal.SameIdOtherContent);
        refused.Entry.ShouldBe(first.Id);
        node.Verify(TestNode.Kenya).Checkpoint!.Size.ShouldBe(1);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task One_batch_may_not_use_an_id_twice_for_different_things(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var entry = node.Report(TestNode.Kenya, 1);

        var outcome = await node.Store.AppendAsync(
            [entry, entry with { Author = TestNode.Peru }], TestContext.Current.CancellationToken);

        outcome.ShouldBeOfType<AppendOutcome.Refused>().Reason.ShouldBe(AppendRefusal.SameIdOtherContent);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_author_without_a_log_here_is_refused(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);

        var outcome = await node.Store.AppendAsync(
            [node.Report(TestNode.Kenya, 1), node.Report(MemberId.Parse("atlantis"), 1)],
            TestContext.Current.CancellationToken);

        outcome.ShouldBeOfType<AppendOutcome.Refused>().Reason.ShouldBe(AppendRefusal.UnknownLog);
        node.Verify(TestNode.Kenya).Checkpoint!.Size.ShouldBe(0);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task What_is_no_entry_is_refused_with_the_fault(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var tooLong = node.Report(TestNode.Kenya, 1);
        tooLong.Body["text"] = new string('a', Entry.LengthMax);

        var outcome = await node.Store.AppendAsync([tooLong], TestContext.Current.CancellationToken);

        var refused = outcome.ShouldBeOfType<AppendOutcome.Refused>();
        refused.Reason.ShouldBe(AppendRefusal.NotAnEntry);
        refused.Sentence.ShouldContain(nameof(EntryRefusal.TooLong));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Many_writers_at_once_leave_dense_logs_that_verify(Provider provider)
    {
        const int Writers = 12;
        const int Batches = 8;
        await using var node = await TestNode.StartAsync(provider, postgres);
        var work = Enumerable.Range(0, Writers)
            .Select(writer => Enumerable.Range(0, Batches)
                .Select(batch => new[]
                {
                    node.Report(TestNode.Kenya, (writer * 1000) + batch),
                    node.Report(writer % 2 == 0 ? TestNode.Peru : TestNode.Convener, (writer * 1000) + batch),
                })
                .ToList())
            .ToList();

        await Task.WhenAll(work.Select(batches => Task.Run(async () =>
        {
            foreach (var batch in batches)
            {
                await node.AppendAsync(batch);
            }
        })));

        node.Verify(TestNode.Kenya).Checkpoint!.Size.ShouldBe(Writers * Batches);
        node.Verify(TestNode.Peru).Checkpoint!.Size.ShouldBe(Writers * Batches / 2);
        node.Verify(TestNode.Convener).Checkpoint!.Size.ShouldBe(Writers * Batches / 2);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Writers_racing_with_one_entry_store_it_once(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var entry = node.Report(TestNode.Kenya, 1);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => node.AppendAsync(entry))));

        outcomes.Count(outcome => !outcome.Places[0].AlreadyDone).ShouldBe(1);
        node.Verify(TestNode.Kenya).Checkpoint!.Size.ShouldBe(1);
        await using var db = node.Database.Open();
        (await db.Situations.CountAsync(TestContext.Current.CancellationToken)).ShouldBe(1);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Any_entry_is_proved_by_its_file_alone(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var entries = Enumerable.Range(0, 777).Select(n => node.Report(TestNode.Kenya, n)).ToList();
        await node.AppendAsync(entries);
        var key = node.Verify(TestNode.Kenya).ShouldNotBeNull();
        foreach (var position in new[] { 0, 1, 255, 256, 511, 512, 700, 776 })
        {
            var proved = await node.Reader.EntryAsync(entries[position].Id, TestContext.Current.CancellationToken);
            proved.ShouldNotBeNull();
            LogProof.TryParse(proved.ToProof().ToBytes(), out var proof).ShouldBeTrue();
            proof!.Verify(proved.Row.Bytes, VerifierKey.Parse(proved.Log.VerifierKey)).ShouldBeTrue();
            proof.Verify(proved.Row.Bytes.AsSpan(1), VerifierKey.Parse(proved.Log.VerifierKey)).ShouldBeFalse();
        }

        key.IsSound.ShouldBeTrue();
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task An_altered_entry_is_found_by_a_stranger(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        await node.AppendAsync([.. Enumerable.Range(0, 300).Select(n => node.Report(TestNode.Kenya, n))]);
        var forged = node.Report(TestNode.Kenya, 41).ToCanonicalBytes();
        await using (var db = node.Database.Open())
        {
            await db.Entries.Where(row => row.Position == 41).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Bytes, forged), TestContext.Current.CancellationToken);
        }

        var verified = node.Verify(TestNode.Kenya);

        verified.IsSound.ShouldBeFalse();
        verified.Fault.Code.ShouldBe(LogRefusal.EntryChanged);
        verified.Fault.EntryIndex.ShouldBe(41);
    }

    [Fact]
    public async Task The_embedded_store_is_durable_by_its_settings()
    {
        await using var node = await TestNode.StartAsync(Provider.Sqlite, postgres);
        await using var db = node.Database.Open();
        var cancellation = TestContext.Current.CancellationToken;
        (await db.Database.SqlQueryRaw<string>("PRAGMA journal_mode").ToListAsync(cancellation)).ShouldBe(["wal"]);
        await db.Database.OpenConnectionAsync(cancellation);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        (await command.ExecuteScalarAsync(cancellation)).ShouldBe(2L);
        db.Situations.ShouldBeEmpty();
    }
}
