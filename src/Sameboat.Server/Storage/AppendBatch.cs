using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Api;

namespace Sameboat.Server.Storage;

/// <summary>One transaction that holds the entries of several calls; each call is judged by itself.</summary>
internal sealed class AppendBatch(
    NodeDatabase database, LogHeads heads, IReadOnlyList<AppendCall> calls, bool folds)
{
    private readonly List<(AppendCall Call, AppendOutcome Refusal)> _refused = [];
    private readonly List<AppendCall> _accepted = [];
    private readonly Dictionary<Guid, byte[]> _seen = [];
    private readonly List<PreparedEntry> _fresh = [];
    private readonly HashSet<Guid> _freshIds = [];
    private readonly Dictionary<(string Member, string Key), KeptRequestRow> _kept = [];
    private readonly List<object> _keep = [];

    /// <summary>Writes what may be written, and answers every call when it is on the disk.</summary>
    internal async Task WriteAsync()
    {
        using var turn = await database.TakeTurnAsync(CancellationToken.None);
        await using var db = database.Open();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync();
        var authors = calls.SelectMany(call => call.Entries).Select(entry => entry.Member)
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        var logs = await heads.LockAsync(db, authors, CancellationToken.None);
        var known = await KnownAsync(db);
        foreach (var (id, row) in known)
        {
            _seen.Add(id, row.Bytes);
        }

        var history = await LockedHistoryAsync(db);
        foreach (var call in calls)
        {
            if (await call.Terms.FindKeptAsync(db, CancellationToken.None) is { } kept)
            {
                _kept.TryAdd((kept.Member, kept.Key), kept);
            }
        }

        foreach (var call in calls)
        {
            Judge(call, logs, history);
        }

        if (_fresh.Count > 0)
        {
            var added = await ExtendAsync(db, logs, history);
            await transaction.CommitAsync();
            heads.Written(logs.Values);
            foreach (var row in added)
            {
                known[row.Id] = row;
            }
        }

        Answer(known);
    }

    // What is known of every entity that a call speaks of, under its lock.
    private async Task<List<EntryRow>> LockedHistoryAsync(NodeContext db)
    {
        if (!folds)
        {
            return [];
        }

        var subjects = calls.SelectMany(call => call.Entries).Select(entry => entry.Entry.Subject)
            .ToHashSet(StringComparer.Ordinal);
        await db.LockSubjectsAsync(subjects, CancellationToken.None);
        return await Projections.HistoryAsync(db, subjects, CancellationToken.None);
    }

    private void Judge(AppendCall call, Dictionary<string, OpenLog> logs, List<EntryRow> history)
    {
        foreach (var entry in call.Entries)
        {
            if (!logs.TryGetValue(entry.Member, out var log))
            {
                Refuse(call, AppendRefusal.UnknownLog, entry, $"No log of {entry.Member} is written here.");
                return;
            }

            if (log.Fault is { } fault)
            {
                Refuse(call, fault.Reason, entry, fault.Sentence);
                return;
            }
        }

        if (call.Terms.Request is { } request && _kept.TryGetValue((request.Member, request.Key), out var kept))
        {
            _refused.Add((call, new AppendOutcome.Kept(kept)));
            return;
        }

        // Within the call first, so that what is refused leaves no trace for the calls after it.
        var own = new Dictionary<Guid, PreparedEntry>();
        foreach (var entry in call.Entries)
        {
            if ((_seen.TryGetValue(entry.Id, out var bytes) && !bytes.AsSpan().SequenceEqual(entry.Bytes))
                || (!own.TryAdd(entry.Id, entry) && !own[entry.Id].Bytes.AsSpan().SequenceEqual(entry.Bytes)))
            {
                Refuse(call, AppendRefusal.SameIdOtherContent, entry,
                    $"The record holds another entry with the id {entry.Entry.Id}. A correction is a new entry.");
                return;
            }
        }

        var isNew = own.Keys.Any(id => !_seen.ContainsKey(id));
        if (isNew && !call.Terms.Holds(
            history.Select(row => row.Subject).Concat(_fresh.Select(entry => entry.Entry.Subject))))
        {
            Refuse(call, AppendRefusal.Stale, call.Entries[0], "Others have added to it since it was read.");
            return;
        }

        if (isNew && call.Terms.Request is { } once)
        {
            _kept.Add((once.Member, once.Key), once);
            _keep.Add(once);
        }

        if (isNew && call.Terms.Acted is { } acted)
        {
            _keep.Add(acted);
        }

        _accepted.Add(call);
        foreach (var entry in own.Values.Where(entry => _seen.TryAdd(entry.Id, entry.Bytes)))
        {
            _fresh.Add(entry);
            _freshIds.Add(entry.Id);
        }
    }

    private void Refuse(AppendCall call, AppendRefusal reason, PreparedEntry entry, string sentence) =>
        _refused.Add((call, new AppendOutcome.Refused(reason, entry.Entry.Id, sentence)));

    private async Task<List<EntryRow>> ExtendAsync(
        NodeContext db, Dictionary<string, OpenLog> logs, List<EntryRow> history)
    {
        var subjects = _fresh.Select(entry => entry.Entry.Subject).ToHashSet(StringComparer.Ordinal);
        var added = new List<EntryRow>(_fresh.Count);
        foreach (var entries in _fresh.GroupBy(entry => entry.Member))
        {
            var log = logs[entries.Key];
            added.AddRange(await LogExtension.AppendAsync(db, log.Row, log.Key!, [.. entries], CancellationToken.None));
        }

        await db.InsertAsync(added, CancellationToken.None);
        if (folds)
        {
            await Projections.FoldAsync(
                db, [.. history.Where(row => subjects.Contains(row.Subject))], added, CancellationToken.None);
        }

        await db.InsertAsync(_keep, CancellationToken.None);
        await db.SaveChangesAsync();
        return added;
    }

    private async Task<Dictionary<Guid, EntryRow>> KnownAsync(NodeContext db)
    {
        var ids = calls.SelectMany(call => call.Entries).Select(entry => entry.Id).Distinct().ToArray();
        
        // A log of another may hold any id, even a copy of what is to be appended here: it stands for nothing.
        var rows = await db.Entries.AsNoTracking()
            .Where(row => ids.Contains(row.Id) && !db.FollowedLogs.Any(followed => followed.Member == row.Member))
            .ToListAsync();
        return rows.OrderBy(row => row.Member, StringComparer.Ordinal)
            .DistinctBy(row => row.Id).ToDictionary(row => row.Id);
    }

    private void Answer(Dictionary<Guid, EntryRow> known)
    {
        foreach (var (call, refusal) in _refused)
        {
            call.Answer(refusal);
        }

        foreach (var call in _accepted)
        {
            call.Answer(new AppendOutcome.Done(
            [
                .. call.Entries.Select(entry =>
                    new Placed(entry.Member, known[entry.Id].Position, !_freshIds.Remove(entry.Id))),
            ]));
        }
    }
}
