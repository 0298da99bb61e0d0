using System.Text.Json.Nodes;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Sealed;
using Sameboat.Server.Storage;

namespace Sameboat.Fuzzing;

/// <summary>Offers whose bodies are not public, put into a node's record to see whether anyone is shown them.</summary>
internal static class SealedOffers
{
    private const string Parties = "marker-for-parties-alone";
    private const string Members = "marker-for-members-alone";

    /// <summary>Adds an offer for members, and one for the owner and a party; answers with what to look for.</summary>
    internal static async Task<IReadOnlyList<FuzzSecret>> AddAsync(
        string folder, string? connection, string owner, string party, IReadOnlyList<string> members, string outbreak)
    {
        using var keys = new LogKeys(folder);
        var database = NodeDatabase.Of(connection, folder);
        var store = new LogStore(database, keys, new StillClock());
        var bodies = new SealedBodies(database);
        foreach (var (name, lot, visibility) in new[]
        {
            ("sealed-parties", Parties, Visibility.Parties), ("sealed-members", Members, Visibility.Members),
        })
        {
            var open = Offer(owner, name, lot, outbreak);
            var salt = LogKeys.DrawSalt();
            var entry = SealedBodies.Seal(
                open, salt, visibility, visibility == Visibility.Parties ? [MemberId.Parse(party)] : []);
            await bodies.KeepAsync(entry, salt, CanonicalJson.Serialize(open.Body), CancellationToken.None);
            await store.AppendAsync([entry], CancellationToken.None);
        }

        await store.WhenIdleAsync();
        return [new FuzzSecret(Parties, [owner, party]), new FuzzSecret(Members, members)];
    }

    private static Entry Offer(string owner, string name, string lot, string outbreak)
    {
        var now = new StillClock().GetUtcNow().ToUnixTimeMilliseconds();
        return new Entry(
            LogKeys.DrawId(now), "offer.published", MemberId.Parse(owner), $"offer/{owner}/{name}",
            new HybridTime(now * 1000),
            new JsonObject
            {
                ["outbreak"] = outbreak,
                ["kind"] = "Goods",
                ["lot"] = lot,
                ["item"] = "ors",
                ["unit"] = "sachet",
                ["quantity"] = 5,
                ["pack"] = 1,
            });
    }

    private sealed class StillClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
