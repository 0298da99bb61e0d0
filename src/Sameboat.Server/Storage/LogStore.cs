using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;

namespace Sameboat.Server.Storage;

/// <summary>
/// The one way to change state: entries are appended to their authors' logs and the entities they speak of are folded
/// anew, in one transaction. What one caller appends is stored whole or not at all; storing it again changes nothing.
/// Calls that wait at the same time share a transaction, and one that is refused does not touch the others.
/// </summary>
internal sealed class LogStore
{
    /// <summary>The most entries of one call.</summary>
    internal const int CallEntriesMax = 65_536;

    /// <summary>How often an append starts over after another writer took the same id or entity first.</summary>
    private const int RacesMax = 8;

    /// <summary>How often an append is tried on a database that does not answer.</summary>
    private const int UnavailableMax = 3;

    private static readonly TimeSpan UnavailableWait = TimeSpan.FromMilliseconds(200);

    private readonly NodeDatabase _database;
    private readonly LogKeys _keys;
    private readonly TimeProvider _clock;
    private readonly AppendQueue _queue;
    private readonly LogHeads _heads;

    /// <summary>Keeps the record in a database, signed by the keys of a folder, by the node's clock.</summary>
    internal LogStore(NodeDatabase database, LogKeys keys, TimeProvider clock)
    {
        _database = database;
        _keys = keys;
        _clock = clock;
        _heads = new LogHeads(keys);
        _queue = new AppendQueue(WriteAsync);
    }

    /// <summary>False only where the log alone is measured: entries are then stored and not folded.</summary>
    internal bool Folds { get; init; } = true;

    /// <summary>Opens the logs that are not open yet; the origin of an open one never changes.</summary>
    internal async Task OpenLogsAsync(
        IReadOnlyCollection<(MemberId Member, string Origin)> logs, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var db = _database.Open();
                var open = await db.Logs.Select(row => row.Member)
                    .ToHashSetAsync(StringComparer.Ordinal, cancellation);
                db.Logs.AddRange(logs
                    .Where(log => !open.Contains(log.Member.ToString()))
                    .Select(log => LogExtension.Open(log.Member, log.Origin, _keys.KeyOf(log.Member, log.Origin))));
                await db.SaveChangesAsync(cancellation);
                return;
            }
            catch (DbUpdateException fault)
                when (attempt < RacesMax && StoreFault.Of(fault) is { Kind: StoreFaultKind.Raced })
            {
                // Another node opened one of them in between; the next attempt sees it.
            }
        }
    }

    /// <summary>
    /// Appends in the order given. When it is done the entries are on the disk. Cancelling leaves open whether they
    /// were stored; sent again, they are stored once.
    /// </summary>
    internal Task<AppendOutcome> AppendAsync(IReadOnlyList<Entry> entries, CancellationToken cancellation) =>
        AppendAsync(entries, AppendTerms.None, cancellation);

    /// <summary>As the other overload, on terms that are looked at under the lock of the entities.</summary>
    internal Task<AppendOutcome> AppendAsync(
        IReadOnlyList<Entry> entries, AppendTerms terms, CancellationToken cancellation)
    {
        var prepared = new List<PreparedEntry>(entries.Count);
        foreach (var entry in entries)
        {
            if (!PreparedEntry.TryOf(entry, out var one, out var fault))
            {
                return Refused(AppendRefusal.NotAnEntry, entry.Id, fault.ToString());
            }

            prepared.Add(one);
        }

        return AppendAsync(prepared, terms, cancellation);
    }

    /// <summary>As the other overload, of the canonical bytes of entries as they came in.</summary>
    internal Task<AppendOutcome> AppendAsync(
        IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellation)
    {
        var prepared = new List<PreparedEntry>(entries.Count);
        foreach (var bytes in entries)
        {
            if (!PreparedEntry.TryOf(bytes, out var one, out var fault))
            {
                return Refused(AppendRefusal.NotAnEntry, default, fault.ToString());
            }

            prepared.Add(one);
        }

        return AppendAsync(prepared, AppendTerms.None, cancellation);
    }

    /// <summary>Returns when everything that was taken in is written and answered.</summary>
    internal Task WhenIdleAsync() => _queue.WhenIdleAsync();

    private Task<AppendOutcome> AppendAsync(
        List<PreparedEntry> entries, AppendTerms terms, CancellationToken cancellation)
    {
        if (entries.Count == 0)
        {
            return Task.FromResult<AppendOutcome>(new AppendOutcome.Done([]));
        }

        if (entries.Count > CallEntriesMax)
        {
            return Refused(AppendRefusal.TooManyEntries, entries[0].Entry.Id,
                $"{entries.Count} entries in one call; at most {CallEntriesMax}. Send them in parts.");
        }

        var now = (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        if (entries.Find(entry => entry.Entry.At.IsTooFarAheadOf(now)) is { } early)
        {
            return Refused(AppendRefusal.TooFarAhead, early.Entry.Id,
                $"The entry's time {early.Entry.At} lies more than "
                + $"{HybridTime.AheadMicrosecondsMax / 60_000_000} minutes ahead of this node's clock, "
                + $"{new HybridTime(now)}. Set whichever clock is wrong.");
        }

        var call = new AppendCall(entries, terms, cancellation);
        return _queue.TryAdd(call)
            ? call.AnswerAsync()
            : Refused(AppendRefusal.TooManyWaiting, entries[0].Entry.Id,
                $"More than {AppendQueue.EntriesWaitingMax} entries wait to be written. Try again in a moment.");
    }

    private static Task<AppendOutcome> Refused(AppendRefusal reason, EntityId entry, string sentence) =>
        Task.FromResult<AppendOutcome>(new AppendOutcome.Refused(reason, entry, sentence));

    private async Task WriteAsync(IReadOnlyList<AppendCall> calls)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var batch = new AppendBatch(_database, _heads, calls, Folds);
                await batch.WriteAsync();
                return;
            }
            catch (Exception fault) when (StoreFault.Of(fault) is { } known && !Isolates(known, calls))
            {
                if (!await IsWorthAnotherAsync(known, attempt))
                {
                    Refuse(calls, known);
                    return;
                }
            }
        }
    }

    // A damaged row concerns only whoever speaks of it: the queue then writes the calls one by one.
    private static bool Isolates(StoreFault fault, IReadOnlyList<AppendCall> calls) =>
        fault.Kind == StoreFaultKind.Damaged && calls.Count > 1;

    private async Task<bool> IsWorthAnotherAsync(StoreFault fault, int attempt)
    {
        switch (fault.Kind)
        {
            case StoreFaultKind.Raced:
                return attempt < RacesMax;
            case StoreFaultKind.Unavailable when attempt < UnavailableMax:
                await Task.Delay(UnavailableWait, _clock);
                return true;
            default:
                return false;
        }
    }

    private void Refuse(IReadOnlyList<AppendCall> calls, StoreFault fault)
    {
        var (reason, sentence) = fault.Kind switch
        {
            StoreFaultKind.Full => (AppendRefusal.StoreFull,
                $"The disk of {_database.Description} is full; nothing was stored. Make room and send it again. "),
            StoreFaultKind.Damaged => (AppendRefusal.RecordDamaged,
                $"{_database.Description} is damaged; nothing was stored. Restore it from a backup. "),
            _ => (AppendRefusal.StoreUnavailable,
                $"{_database.Description} did not complete the work. Send the same entries again: "
                + "what was stored is not stored twice. "),
        };
        foreach (var call in calls)
        {
            call.Refuse(reason, call.Entries[0].Entry.Id, sentence + fault.Found);
        }
    }
}
