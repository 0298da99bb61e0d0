using Sameboat.Record;
using Sameboat.Server.Record;

namespace Sameboat.Server.Tests.Storage;

/// <summary>A member's time is its own claim: one that goes far back is taken, and shown for what it is.</summary>
[Collection(DatabaseTests.Name)]
public sealed class ClaimedTimeTests(PostgresServer postgres)
{
    [Theory]
    [InlineData(Provider.Sqlite)]
    [InlineData(Provider.Postgres)]
    public async Task A_clock_an_hour_off_is_passed_over_and_a_time_far_back_is_remarked_on(Provider provider)
    {
        await using var node = await TestNode.StartAsync(provider, postgres);
        var first = node.Report(TestNode.Kenya, 1);
        var hour = At(node.Report(TestNode.Kenya, 2), first, hoursBack: 1);
        var far = At(node.Report(TestNode.Kenya, 3), hour, hoursBack: 3);

        await node.AppendAsync(first, hour, far, At(node.Report(TestNode.Kenya, 4), far, hoursBack: 0));

        (await ClaimedBeforeAsync(node, first)).ShouldBeNull();
        (await ClaimedBeforeAsync(node, hour)).ShouldBeNull();
        (await ClaimedBeforeAsync(node, far)).ShouldBe(hour.At);
        node.Verify(TestNode.Kenya).Checkpoint!.Size.ShouldBe(4, "the log goes on");
    }

    private static Entry At(Entry entry, Entry previous, int hoursBack) => entry with
    {
        At = new HybridTime(previous.At.UnixMicroseconds - (hoursBack * 3_600_000_000L) + 1),
    };

    private static async Task<HybridTime?> ClaimedBeforeAsync(TestNode node, Entry entry)
    {
        await using var db = node.Database.Open();
        var view = await EntryView.ReadAsync(
            db, node.Reader, entry.Id.ToString(), TestContext.Current.CancellationToken);
        return view.ShouldNotBeNull().ClaimedBefore;
    }
}
