using Microsoft.EntityFrameworkCore;

namespace Sameboat.Server.Storage;

/// <summary>How far the record goes.</summary>
/// <param name="Sizes">Of each log, by member.</param>
/// <param name="Bodies">How many bodies of sealed entries lie beside them.</param>
internal sealed record RecordPlace(Dictionary<string, long> Sizes, int Bodies)
{
    internal static async Task<RecordPlace> ReadAsync(NodeContext db, CancellationToken cancellation) => new(
        await LogSizes.ReadAsync(db, cancellation), await db.SealedBodies.CountAsync(cancellation));

    /// <summary>Whether a reader who stands here has seen all that one had seen who stood there.</summary>
    internal bool Covers(RecordPlace other) =>
        Bodies == other.Bodies && other.Sizes.All(log => Sizes.GetValueOrDefault(log.Key, -1) >= log.Value);
}

/// <summary>Where a reader stands in the record: how long each log was when it looked.</summary>
internal static class LogSizes
{
    /// <summary>The sizes now, by member.</summary>
    internal static Task<Dictionary<string, long>> ReadAsync(NodeContext db, CancellationToken cancellation) =>
        db.Logs.Select(log => new { log.Member, log.Size })
            .ToDictionaryAsync(log => log.Member, log => log.Size, StringComparer.Ordinal, cancellation);

    /// <summary>Whether nothing was added between the two.</summary>
    internal static bool AreEqual(Dictionary<string, long> before, Dictionary<string, long> now) =>
        before.Count == now.Count
        && now.All(log => before.TryGetValue(log.Key, out var size) && size == log.Value);

    /// <summary>
    /// The entries that lie between two such places, each once; null where there are more than so many, in as many
    /// logs, or where a log is shorter than it was.
    /// </summary>
    internal static async Task<List<T>?> SinceAsync<T>(
        NodeContext db, Dictionary<string, long> before, Dictionary<string, long> now, int max,
        Func<IQueryable<EntryRow>, IQueryable<T>> select, CancellationToken cancellation)
    {
        var grown = now.Where(log => before.GetValueOrDefault(log.Key) != log.Value).ToList();
        if (grown.Exists(log => before.GetValueOrDefault(log.Key) > log.Value)
            || before.Keys.Any(member => !now.ContainsKey(member))
            || grown.Count > max
            || grown.Sum(log => log.Value - before.GetValueOrDefault(log.Key)) > max)
        {
            return null;
        }

        var entries = new List<T>();
        foreach (var (member, size) in grown)
        {
            var from = before.GetValueOrDefault(member);
            entries.AddRange(await select(db.Entries.AsNoTracking()
                    .Where(row => row.Member == member && row.Position >= from && row.Position < size))
                .ToListAsync(cancellation));
        }

        return entries;
    }
}
