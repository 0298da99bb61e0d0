using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;

namespace Sameboat.Server.Storage;

/// <summary>
/// The one way to change state: entries are appended to their authors' logs and the entities they speak of are folded
/// anew, in one transaction. A batch is stored whole or not at all; storing it again changes nothing.
/// </summary>
internal sealed class LogStore(NodeDatabase database, LogKeys keys)
{
    /// <summary>How often an append starts over after another writer took the same id or entity first.</summary>
    private const int AttemptsMax = 8;

    // The states of SQL by which a database says so: unique violation, serialization failure, deadlock.
    private static readonly string?[] Lost = ["23505", "40001", "40P01"];

    /// <summary>Opens the logs that are not open yet; the origin of an open one never changes.</summary>
    internal async Task OpenLogsAsync(
        IReadOnlyCollection<(MemberId Member, string Origin)> logs, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var open = await db.Logs.Select(row => row.Member).ToHashSetAsync(StringComparer.Ordinal, cancellation);
        db.Logs.AddRange(logs
            .Where(log => !open.Contains(log.Member.ToString()))
            .Select(log => LogExtension.Open(log.Member, log.Origin, keys.KeyOf(log.Member, log.Origin))));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Appends in the order given; on return the entries are on the disk or nothing is stored.</summary>
    internal Task<AppendOutcome> AppendAsync(IReadOnlyList<Entry> entries, CancellationToken cancellation) =>
        AppendAsync(entries, AppendTerms.None, cancellation);

    /// <summary>As the other, on terms that are looked at under the lock of the entities.</summary>
    internal async Task<AppendOutcome> AppendAsync(
        IReadOnlyList<Entry> entries, AppendTerms terms, CancellationToken cancellation)
    {
        var batch = new List<PreparedEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (!entry.TryToCanonicalBytes(out var bytes, out var fault))
            {
                return Refused(AppendRefusal.NotAnEntry, entry, fault.ToString());
            }

            batch.Add(new PreparedEntry(entry, bytes));
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await AppendOnceAsync(batch, terms, cancellation);
            }
            catch (DbException fault) when (attempt < AttemptsMax && Lost.Contains(fault.SqlState))
            {
                // Another writer was first; what it wrote is seen by the next attempt.
            }
        }
    }

    private async Task<AppendOutcome> AppendOnceAsync(
        List<PreparedEntry> batch, AppendTerms terms, CancellationToken cancellation)
    {
        await using var db = database.Open();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var authors = batch.Select(entry => entry.Member).Distinct().Order(StringComparer.Ordinal).ToArray();
        var logs = (await db.LockedLogs(authors).AsNoTracking().ToListAsync(cancellation))
            .ToDictionary(log => log.Member, StringComparer.Ordinal);
        if (batch.Find(entry => !logs.ContainsKey(entry.Member)) is { } homeless)
        {
            return Refused(AppendRefusal.UnknownLog, homeless.Entry, $"No log of {homeless.Member} is written here.");
        }

        if (await terms.FindKeptAsync(db, cancellation) is { } kept)
        {
            return new AppendOutcome.Kept(kept);
        }

        var known = await KnownAsync(db, batch, cancellation);
        if (FindClash(batch, known) is { } clash)
        {
            return Refused(AppendRefusal.SameIdOtherContent, clash.Entry,
                $"The record holds another entry with the id {clash.Entry.Id}. A correction is a new entry.");
        }

        var fresh = batch.Where(entry => !known.ContainsKey(entry.Id)).DistinctBy(entry => entry.Id).ToList();
        if (fresh.Count > 0)
        {
            if (await ExtendAsync(db, logs, fresh, terms, cancellation) is not { } added)
            {
                return Refused(AppendRefusal.Stale, fresh[0].Entry, "Others have added to it since it was read.");
            }

            await terms.KeepAsync(db, cancellation);
            await transaction.CommitAsync(cancellation);
            foreach (var row in added)
            {
                known[row.Id] = row;
            }
        }

        var done = fresh.Select(entry => entry.Id).ToHashSet();
        return new AppendOutcome.Done(
        [
            .. batch.Select(entry => new Placed(entry.Member, known[entry.Id].Position, !done.Remove(entry.Id))),
        ]);
    }

    private async Task<List<EntryRow>?> ExtendAsync(
        NodeContext db, Dictionary<string, LogRow> logs, List<PreparedEntry> fresh, AppendTerms terms,
        CancellationToken cancellation)
    {
        var subjects = fresh.Select(entry => entry.Entry.Subject).ToHashSet(StringComparer.Ordinal);
        await db.LockSubjectsAsync(subjects, cancellation);
        var history = await Projections.HistoryAsync(db, subjects, cancellation);
        if (!terms.Holds(history))
        {
            return null;
        }

        var added = new List<EntryRow>(fresh.Count);
        foreach (var entries in fresh.GroupBy(entry => entry.Member))
        {
            var log = logs[entries.Key];
            var key = keys.KeyOf(MemberId.Parse(log.Member), log.Origin);
            added.AddRange(await LogExtension.AppendAsync(db, log, key, [.. entries], cancellation));
        }

        await Projections.FoldAsync(db, history, added, cancellation);
        await db.SaveChangesAsync(cancellation);
        return added;
    }

    private static async Task<Dictionary<Guid, EntryRow>> KnownAsync(
        NodeContext db, List<PreparedEntry> batch, CancellationToken cancellation)
    {
        var ids = batch.Select(entry => entry.Id).ToArray();
        return await db.Entries.AsNoTracking()
            .Where(row => ids.Contains(row.Id))
            .ToDictionaryAsync(row => row.Id, cancellation);
    }

    private static PreparedEntry? FindClash(List<PreparedEntry> batch, Dictionary<Guid, EntryRow> known)
    {
        var seen = known.ToDictionary(pair => pair.Key, pair => pair.Value.Bytes);
        return batch.Find(entry =>
            !seen.TryAdd(entry.Id, entry.Bytes) && !seen[entry.Id].AsSpan().SequenceEqual(entry.Bytes));
    }

    private static AppendOutcome.Refused Refused(AppendRefusal reason, Entry entry, string sentence) =>
        new(reason, entry.Id, sentence);
}
