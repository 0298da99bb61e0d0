using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Following;

/// <summary>
/// Takes a checked continuation of another's log into the record: entries, tree and fold in parts of bounded size, each
/// in a transaction of its own, and with the last part the head and the checkpoint as it was signed. What was taken
/// before is not taken again, whoever was cut off in between.
/// </summary>
internal sealed class FollowedLogWriter(NodeDatabase database)
{
    /// <summary>
    /// The most entries of one transaction; a part ends at a multiple of it, so that no bundle is taken by halves. A
    /// node's own appends wait for one part at most.
    /// </summary>
    internal const int BatchEntriesMax = 4_096;

    /// <summary>Applies it; false when the log stands elsewhere by now, and nothing more was changed.</summary>
    internal async Task<bool> ApplyAsync(
        string member, VerifierKey key, LogHead since, LogContinuation next, long now, Action<string, long>? taken,
        CancellationToken cancellation)
    {
        var head = since;
        var isLast = false;
        foreach (var part in Parts(next))
        {
            isLast = part.Length == 0 || part[^1].Index == next.Head!.Size - 1;
            if (await ApplyAsync(member, key, head, part, next, isLast ? now : null, cancellation) is not { } after)
            {
                return false;
            }

            head = after;
            taken?.Invoke(member, head.Size);
        }

        return isLast
            ? true
            : throw new InvalidDataException($"{head.Size} of {next.Head!.Size} entries of {member} were there.");
    }

    // At least one, which is empty where the log has no more entries than are held.
    private static IEnumerable<(long Index, ReadOnlyMemory<byte> Entry)[]> Parts(LogContinuation next)
    {
        var part = new List<(long Index, ReadOnlyMemory<byte> Entry)>();
        var isAny = false;
        foreach (var one in next.Entries())
        {
            part.Add(one);
            if ((one.Index + 1) % BatchEntriesMax == 0)
            {
                isAny = true;
                yield return [.. part];
                part.Clear();
            }
        }

        if (part.Count > 0 || !isAny)
        {
            yield return [.. part];
        }
    }

    // One part in one transaction; the head after it, or null when the log stands elsewhere by now.
    private async Task<LogHead?> ApplyAsync(
        string member, VerifierKey key, LogHead since, (long Index, ReadOnlyMemory<byte> Entry)[] part,
        LogContinuation next, long? endsAt, CancellationToken cancellation)
    {
        using var turn = await database.TakeTurnAsync(cancellation);
        await using var db = database.Open();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var log = (await db.LockedLogs([member]).ToListAsync(cancellation)).FirstOrDefault();
        if (await FollowingAsync(db, member, cancellation) is not { } followed
            || HeldLog.Of(followed, log).Head is var held
                && (held.Size != since.Size || held.Root() != since.Root()))
        {
            return null;
        }

        var leaves = await AddAsync(db, member, hasPast: since.Size > 0, part, cancellation);
        var head = leaves.Aggregate(since, (before, leaf) => before.Append(leaf));
        if (endsAt is { } now)
        {
            EndWith(db, log, member, key, next);
            followed.SeenAt = now;
            followed.Fault = "";
            (followed.TakenSize, followed.TakenEdge, followed.TakenNote) = (0, [], "");
        }
        else
        {
            (followed.TakenSize, followed.TakenEdge, followed.TakenNote) =
                (head.Size, LogExtension.EdgeBytes(head), next.Note!.ToString());
        }

        db.Entry(followed).State = EntityState.Modified;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return head;
    }

    private static void EndWith(NodeContext db, LogRow? log, string member, VerifierKey key, LogContinuation next)
    {
        if (log is null)
        {
            db.Logs.Add(new LogRow
            {
                Member = member,
                Origin = key.Name,
                VerifierKey = key.ToString(),
                Size = next.Head!.Size,
                Edge = LogExtension.EdgeBytes(next.Head),
                Checkpoint = next.Note!.ToString(),
            });
            return;
        }

        log.Size = next.Head!.Size;
        log.Edge = LogExtension.EdgeBytes(next.Head);
        log.Checkpoint = next.Note!.ToString();
        db.Entry(log).State = EntityState.Modified;
    }

    /// <summary>
    /// Keeps two notes that contradict each other and stops the following of their log; kept once however often it is
    /// found.
    /// </summary>
    internal async Task StopAsync(LogEvidenceRow evidence, string sentence, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.FollowedLogs.FirstOrDefaultAsync(row => row.Member == evidence.Member, cancellation)
            is { } followed)
        {
            followed.State = (int)FollowState.Stopped;
            followed.SeenAt = evidence.At;
            followed.Fault = sentence;
        }

        if (!await db.LogEvidence.AnyAsync(
            row => row.Member == evidence.Member && row.Size == evidence.Size && row.Root == evidence.Root,
            cancellation))
        {
            db.LogEvidence.Add(evidence);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// Puts the key that a handover names in the place of the one that is held, when the entry that names it is held
    /// and both keys signed; false, with nothing changed, when not.
    /// </summary>
    internal async Task<bool> HandOverAsync(
        string member, VerifierKey from, byte[] note, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var log = (await db.LockedLogs([member]).ToListAsync(cancellation)).FirstOrDefault();
        if (log is null || log.VerifierKey != from.ToString()
            || await FollowingAsync(db, member, cancellation) is not { } followed
            || Checkpoint.Open(note, from, out _) is not { } covered)
        {
            return false;
        }

        var last = await db.Entries.AsNoTracking()
            .Where(row => row.Member == member && row.Position == covered.Size - 1)
            .Select(row => row.Bytes)
            .FirstOrDefaultAsync(cancellation);
        if (KeyHandover.Open(note, last, from) is not { } handover)
        {
            return false;
        }

        await db.HandOverAsync(log, handover, cancellation);
        followed.VerifierKey = handover.To.ToString();
        db.Entry(followed).State = EntityState.Modified;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Notes how the last question to the source ended, and when the source was last seen.</summary>
    internal async Task NoteAsync(string member, string fault, long? seenAt, CancellationToken cancellation)
    {
        await using var db = database.Open();
        if (await FollowingAsync(db, member, cancellation) is { } followed)
        {
            followed.Fault = fault;
            followed.SeenAt = seenAt ?? followed.SeenAt;
            await db.SaveChangesAsync(cancellation);
        }
    }

    private static Task<FollowedLogRow?> FollowingAsync(
        NodeContext db, string member, CancellationToken cancellation) =>
        db.FollowedLogs.FirstOrDefaultAsync(
            row => row.Member == member && row.State == (int)FollowState.Following, cancellation);

    // Answers with the leaf hashes of the part.
    private static async Task<List<MerkleHash>> AddAsync(
        NodeContext db, string member, bool hasPast, (long Index, ReadOnlyMemory<byte> Entry)[] part,
        CancellationToken cancellation)
    {
        if (part.Length == 0)
        {
            return [];
        }

        var placing = new EntryPlacing(member);
        var read = Array.ConvertAll(part, one => EntryPlacing.Read(one.Entry));
        if (hasPast)
        {
            var ids = read.OfType<PreparedEntry>().Select(entry => entry.Id).Distinct().ToArray();
            placing.Know(await db.Entries
                .Where(row => row.Member == member && ids.Contains(row.Id))
                .Select(row => row.Id)
                .ToListAsync(cancellation));
        }

        var rows = part.Select((one, at) => placing.Place(one.Entry, read[at], one.Index)).ToList();
        var counting = rows.FindAll(row => row.Subject != EntryPlacing.NoSubject);
        var subjects = counting.Select(row => row.Subject).ToHashSet(StringComparer.Ordinal);
        var leaves = rows.ConvertAll(row => new MerkleHash(row.LeafHash));
        await db.LockSubjectsAsync(subjects, cancellation);
        var history = await Projections.HistoryAsync(db, subjects, cancellation);
        await LogExtension.AddTileHashesAsync(db, member, part[0].Index, leaves, cancellation);
        await db.InsertAsync(rows, cancellation);
        await Projections.FoldAsync(db, history, counting, cancellation);
        return leaves;
    }
}
