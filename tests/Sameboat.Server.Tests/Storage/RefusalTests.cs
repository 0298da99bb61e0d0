using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Tests.Storage;

/// <summary>Bad input and damaged state: each is refused with its code, and the log goes on.</summary>
[Collection(DatabaseTests.Name)]
public sealed class RefusalTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Bytes_that_are_no_entry_are_refused_with_what_was_found_and_the_log_goes_on(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var good = Encoding.UTF8.GetString(node.Report(TestNode.Kenya, 1).ToCanonicalBytes());
        var deep = new string('[', CanonicalJson.DepthMax) + new string(']', CanonicalJson.DepthMax);
        (string Bytes, EntryRefusal Expected)[] bad =
        [
            (good[..^1], EntryRefusal.NotJson),
            ("", EntryRefusal.NotJson),
            (good.Replace("\"body\":{", $"\"body\":{{\"deep\":{deep},"), EntryRefusal.NotJson),
            (good.Replace("\"v\":1", "\"v\":1 "), EntryRefusal.NotCanonical),
            (good.Replace("\"author\":\"ken\"", "\"author\":\"KEN\""), EntryRefusal.WrongAuthor),
            (good.Replace("\"body\":{", "\"body\":{\"a\":\"" + new string('a', Entry.LengthMax) + "\","),
                EntryRefusal.TooLong),
        ];
        foreach (var (bytes, expected) in bad)
        {
            var refused = await RefuseAsync(node, Encoding.UTF8.GetBytes(bytes));
            refused.Reason.ShouldBe(AppendRefusal.NotAnEntry);
            refused.Sentence.ShouldStartWith(expected.ToString());
        }

        (await RefuseAsync(node, [0xff, 0xfe])).Reason.ShouldBe(AppendRefusal.NotAnEntry);
        var outcome = await node.Store.AppendAsync(
            [Encoding.UTF8.GetBytes(good).AsMemory()], TestContext.Current.CancellationToken);
        outcome.ShouldBeOfType<AppendOutcome.Done>().Places.ShouldBe([new Placed("ken", 0, AlreadyDone: false)]);
        node.Verify(TestNode.Kenya).Checkpoint!.Size.ShouldBe(1);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_time_further_ahead_than_the_limit_is_refused_and_one_at_the_limit_is_not(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var entry = node.Report(TestNode.Kenya, 1);
        var ahead = TimeSpan.FromMicroseconds(HybridTime.AheadMicrosecondsMax);
        node.Clock.Now = entry.At.Instant - ahead - TimeSpan.FromMicroseconds(1);

        var refused = (await node.Store.AppendAsync([entry], TestContext.Current.CancellationToken))
            .ShouldBeOfType<AppendOutcome.Refused>();

        refused.Reason.ShouldBe(AppendRefusal.TooFarAhead);
        refused.Sentence.ShouldContain("15 minutes");
        node.Clock.Now = entry.At.Instant - ahead;
        await node.AppendAsync(entry);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task One_bad_call_among_many_that_wait_together_refuses_itself_alone(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var standing = node.Report(TestNode.Kenya, 0);
        await node.AppendAsync(standing);
        var good = Enumerable.Range(1, 100).Select(number => node.Report(TestNode.Kenya, number)).ToList();
        var homeless = node.Report(MemberId.Parse("atlantis"), 1);

        var calls = good.Select(entry => node.Store.AppendAsync([entry], CancellationToken.None)).ToList();
        var clash = node.Store.AppendAsync([good[50] with { Subject = "other" }], CancellationToken.None);
        var stranger = node.Store.AppendAsync([good[51], homeless], CancellationToken.None);
        var again = node.Store.AppendAsync([standing, good[52]], CancellationToken.None);

        (await clash).ShouldBeOfType<AppendOutcome.Refused>().Reason.ShouldBe(AppendRefusal.SameIdOtherContent);
        (await stranger).ShouldBeOfType<AppendOutcome.Refused>().Reason.ShouldBe(AppendRefusal.UnknownLog);
        (await again).ShouldBeOfType<AppendOutcome.Done>().Places.ShouldAllBe(place => place.AlreadyDone);
        (await Task.WhenAll(calls)).ShouldAllBe(outcome => outcome is AppendOutcome.Done);
        node.Verify(TestNode.Kenya).Checkpoint!.Size.ShouldBe(101);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_log_is_not_extended_with_another_key_than_its_own(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        await node.AppendAsync(node.Report(TestNode.Kenya, 1));
        var file = Path.Combine(node.Folder, "keys", "ken.key");
        var own = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        using var other = SigningKey.FromSeed(TestNode.OriginOf(TestNode.Kenya), new byte[SigningKey.SeedLength]);
        await File.WriteAllTextAsync(file, other.ToSecretText(), TestContext.Current.CancellationToken);
        node.Restart();

        (await RefuseAsync(node, node.Report(TestNode.Kenya, 2))).Reason.ShouldBe(AppendRefusal.KeyNotTheMembers);

        File.Delete(file);
        node.Restart();
        (await RefuseAsync(node, node.Report(TestNode.Kenya, 3))).Sentence.ShouldContain("is absent");
        File.Exists(file).ShouldBeFalse();
        await node.AppendAsync(node.Report(TestNode.Peru, 1));
        await File.WriteAllTextAsync(file, own, TestContext.Current.CancellationToken);
        node.Restart();
        await node.AppendAsync(node.Report(TestNode.Kenya, 4));
        node.Verify(TestNode.Kenya).Checkpoint!.Size.ShouldBe(2);
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_damaged_head_is_not_extended_and_other_logs_go_on(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        await node.AppendAsync(node.Report(TestNode.Kenya, 1), node.Report(TestNode.Kenya, 2));
        await using (var db = node.Database.Open())
        {
            var edge = (await db.Logs.SingleAsync(
                log => log.Member == "ken", TestContext.Current.CancellationToken)).Edge;
            edge[3] ^= 1;
            await db.Logs.Where(log => log.Member == "ken").ExecuteUpdateAsync(
                set => set.SetProperty(log => log.Edge, edge), TestContext.Current.CancellationToken);
        }

        node.Restart();

        (await RefuseAsync(node, node.Report(TestNode.Kenya, 3))).Reason.ShouldBe(AppendRefusal.HeadDamaged);
        await node.AppendAsync(node.Report(TestNode.Peru, 1));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task Nothing_is_added_behind_what_others_have_witnessed(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        await node.AppendAsync([.. Enumerable.Range(0, 300).Select(number => node.Report(TestNode.Kenya, number))]);
        var head = node.Verify(TestNode.Kenya).Checkpoint!;
        await WitnessAsync(node, head.Size + 1, head.Root);

        var behind = await RefuseAsync(node, node.Report(TestNode.Kenya, 301));

        behind.Reason.ShouldBe(AppendRefusal.BehindWitnesses);
        behind.Sentence.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"{head.Size + 1} entries"));
        await node.AppendAsync(node.Report(TestNode.Peru, 1));
    }

    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_witnessed_root_must_be_the_logs_own_at_that_size(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        await node.AppendAsync([.. Enumerable.Range(0, 300).Select(number => node.Report(TestNode.Kenya, number))]);
        var head = node.Verify(TestNode.Kenya).Checkpoint!;
        await node.AppendAsync([.. Enumerable.Range(300, 300).Select(number => node.Report(TestNode.Kenya, number))]);
        await WitnessAsync(node, head.Size, head.Root);
        await node.AppendAsync(node.Report(TestNode.Kenya, 600));

        await WitnessAsync(node, head.Size + 1, MerkleHash.EmptyTree);

        (await RefuseAsync(node, node.Report(TestNode.Kenya, 601))).Reason.ShouldBe(AppendRefusal.BehindWitnesses);
        await WitnessAsync(node, head.Size, head.Root);
        await using var db = node.Database.Open();
        (await db.Witnessed.SingleAsync(TestContext.Current.CancellationToken)).Size.ShouldBe(head.Size + 1);
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_and_what_waits_is_written_in_batches()
    {
        var maker = new EntryMaker();
        var one = new PreparedEntry(maker.Report(TestNode.Kenya, 1), [1]);
        var gate = new TaskCompletionSource();
        var batches = new List<int>();
        var queue = new AppendQueue(async calls =>
        {
            await gate.Task;
            batches.Add(calls.Sum(call => call.Entries.Count));
            foreach (var call in calls)
            {
                call.Answer(new AppendOutcome.Done([]));
            }
        });
        var large = Enumerable.Repeat(one, AppendQueue.BatchEntriesMax / 2).ToList();
        var taken = Enumerable.Range(0, 1000)
            .Select(_ => new AppendCall(large, AppendTerms.None, CancellationToken.None))
            .TakeWhile(queue.TryAdd).ToList();

        gate.SetResult();
        await Task.WhenAll(taken.Select(call => call.AnswerAsync()));

        (taken.Count * large.Count).ShouldBeInRange(
            AppendQueue.EntriesWaitingMax, AppendQueue.EntriesWaitingMax + AppendQueue.BatchEntriesMax);
        batches.ShouldAllBe(entries => entries <= AppendQueue.BatchEntriesMax);
        queue.TryAdd(new AppendCall(large, AppendTerms.None, CancellationToken.None)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_caller_that_has_left_before_its_turn_gets_nothing_written()
    {
        await using var node = await TestNode.StartAsync(Provider.Sqlite, postgres);
        using var left = new CancellationTokenSource();
        await left.CancelAsync();

        var call = node.Store.AppendAsync([node.Report(TestNode.Kenya, 1)], left.Token);

        await Should.ThrowAsync<OperationCanceledException>(call);
        await node.Store.WhenIdleAsync();
        node.Verify(TestNode.Kenya).Checkpoint!.Size.ShouldBe(0);
    }

    private static async Task WitnessAsync(TestNode node, long size, MerkleHash root)
    {
        await using var db = node.Database.Open();
        var origin = TestNode.OriginOf(TestNode.Kenya);
        var seen = new Checkpoint(origin, size, root);
        await db.NoteWitnessedAsync(
            TestNode.Kenya, seen, seen.Sign(node.Keys.KeyOf(TestNode.Kenya, origin)),
            TestContext.Current.CancellationToken);
    }

    private static async Task<AppendOutcome.Refused> RefuseAsync(TestNode node, Entry entry) =>
        (await node.Store.AppendAsync([entry], TestContext.Current.CancellationToken))
            .ShouldBeOfType<AppendOutcome.Refused>();

    private static async Task<AppendOutcome.Refused> RefuseAsync(TestNode node, byte[] bytes) =>
        (await node.Store.AppendAsync([bytes.AsMemory()], TestContext.Current.CancellationToken))
            .ShouldBeOfType<AppendOutcome.Refused>();
}
