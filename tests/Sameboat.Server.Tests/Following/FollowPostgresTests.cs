using Sameboat.Server.Following;
using Sameboat.Server.Tests.Storage;

namespace Sameboat.Server.Tests.Following;

/// <summary>Following on PostgreSQL: the same entries, the same evidence.</summary>
[Collection(DatabaseTests.Name)]
public sealed class FollowPostgresTests(PostgresServer postgres)
{
    private readonly EntryMaker _maker = new();

    [Fact]
    public async Task A_log_is_taken_goes_on_and_stops_at_a_fork()
    {
        await using var kenya = await FollowNode.StartAsync("ken");
        await using var peru = await FollowNode.StartAsync("per", await postgres.NewDatabaseAsync());
        await peru.FollowAsync(kenya.Key);
        byte[][] entries =
        [
            .. Enumerable.Range(0, 2_500).Select(n => _maker.Report(kenya.Member, n).ToCanonicalBytes()),
            "no entry"u8.ToArray(),
        ];

        foreach (var size in new[] { 3, 2_400, 2_501 })
        {
            (await peru.PollAsync("ken", new FileSource(kenya.Origin, kenya.SigningKey, entries[..size])))
                .ShouldBe(PollOutcome.Applied);
        }

        peru.Verify("ken", kenya.Key).Checkpoint!.Size.ShouldBe(2_501);
        await peru.AppendAsync(_maker.Report(peru.Member, 1));
        (await peru.StateAsync()).Count.ShouldBe(2_501);
        (await peru.PollAsync("ken", new FileSource(kenya.Origin, kenya.SigningKey, entries[1..])))
            .ShouldBe(PollOutcome.Evidence);
        (await peru.EvidenceAsync()).ShouldHaveSingleItem().Code.ShouldBe(EvidenceCodes.Shrunk);
    }
}
