using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Following;

/// <summary>
/// Takes a checked continuation of another's log into the record: entries, tree, head, the checkpoint as it was signed
/// and the fold, in one transaction. What was taken before is not taken again.
/// </summary>
internal sealed class FollowedLogWriter(NodeDatabase database)
{
    /// <summary>How many entries are inserted and folded at a time within the transaction.</summary>
    private const int ChunkEntries = 2_048;

    /// <summary>Applies it; false when the log stands elsewhere by now, and nothing was changed.</summary>
    internal async Task<bool> ApplyAsync(
        string member, VerifierKey key, LogHead since, LogContinuation next, long now, CancellationToken cancellation)
    {
        await using var db = database.Open();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var log = (await db.LockedLogs([member]).ToListAsync(cancellation)).FirstOrDefault();
        var held = log is null ? LogHead.Empty : LogHeads.HeadOf(log);
        if (held is null || held.Size != since.Size || held.Root() != since.Root()
            || await FollowingAsync(db, member, cancellation) is not { } followed)
        {
            return false;
        }

        if (next.Head!.Size - since.Size > ChunkEntries)
        {
            await db.LockEverySubjectAsync(cancellation);
        }

        var placing = new EntryPlacing(member);
        var from = since.Size;
        foreach (var chunk in next.Entries().Chunk(ChunkEntries))
        {
            await ApplyAsync(db, member, placing, since.Size > 0, chunk, cancellation);
            from += chunk.Length;
        }

        if (from != next.Head.Size)
        {
            throw new InvalidDataException($"{from} of {next.Head.Size} entries of {member} were there.");
        }

        if (log is null)
        {
            db.Logs.Add(new LogRow
            {
                Member = member,
                Origin = key.Name,
                VerifierKey = key.ToString(),
                Size = next.Head.Size,
                Edge = LogExtension.EdgeBytes(next.Head),
                Checkpoint = next.Note!.ToString(),
            });
        }
        else
        {
            log.Size = next.Head.Size;
            log.Edge = LogExtension.EdgeBytes(next.Head);
            log.Checkpoint = next.Note!.ToString();
            db.Entry(log).State = EntityState.Modified;
        }

        followed.SeenAt = now;
        followed.Fault = "";
        db.Entry(followed).State = EntityState.Modified;
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return true;
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

    private static async Task ApplyAsync(
        NodeContext db, string member, EntryPlacing placing, bool hasPast,
        (long Index, ReadOnlyMemory<byte> Entry)[] chunk, CancellationToken cancellation)
    {
        var read = Array.ConvertAll(chunk, one => EntryPlacing.Read(one.Entry));
        if (hasPast)
        {
            var ids = read.OfType<PreparedEntry>().Select(entry => entry.Id).Distinct().ToArray();
            placing.Know(await db.Entries
                .Where(row => row.Member == member && ids.Contains(row.Id))
                .Select(row => row.Id)
                .ToListAsync(cancellation));
        }

        var rows = chunk.Select((one, at) => placing.Place(one.Entry, read[at], one.Index)).ToList();
        var counting = rows.FindAll(row => row.Subject != EntryPlacing.NoSubject);
        var subjects = counting.Select(row => row.Subject).ToHashSet(StringComparer.Ordinal);
        await db.LockSubjectsAsync(subjects, cancellation);
        var history = await Projections.HistoryAsync(db, subjects, cancellation);
        await LogExtension.AddTileHashesAsync(
            db, member, chunk[0].Index, rows.ConvertAll(row => new MerkleHash(row.LeafHash)), cancellation);
        await db.InsertAsync(rows, cancellation);
        await Projections.FoldAsync(db, history, counting, cancellation);
    }
}
