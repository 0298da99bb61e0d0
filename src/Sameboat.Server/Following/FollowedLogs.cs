using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Following;

/// <summary>How one question to a log's source ended.</summary>
internal enum PollOutcome
{
    /// <summary>The log has not grown.</summary>
    Nothing,

    /// <summary>What was new is in the record.</summary>
    Applied,

    /// <summary>The source shows an older checkpoint of the same history: a copy that lags, no lie.</summary>
    Stale,

    /// <summary>The source does not answer.</summary>
    Unreachable,

    /// <summary>What it answered does not hold; nothing was taken.</summary>
    Refused,

    /// <summary>The log has signed two histories: both notes are kept, and it is followed no more.</summary>
    Evidence,

    /// <summary>The log is not followed, or no longer.</summary>
    NotFollowed,

    /// <summary>This node's own database could not take it; the next question will.</summary>
    Busy,
}

/// <summary>One question to a log's source: what is new is verified and applied, what does not hold is noted.</summary>
internal sealed class FollowedLogs(NodeDatabase database, string dataFolder, TimeProvider clock)
{
    /// <summary>How often it is noted that a log which does not grow was seen.</summary>
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(1);

    private readonly FollowedLogWriter _writer = new(database);

    /// <summary>Told how far a log has been taken after each part that was committed; null tells nobody.</summary>
    internal Action<string, long>? BatchTaken { get; init; }

    /// <summary>The logs to be asked for, in the order of their members.</summary>
    internal async Task<IReadOnlyList<FollowedLogRow>> ListAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.FollowedLogs.AsNoTracking()
            .Where(row => row.State == (int)FollowState.Following && row.Source != "")
            .OrderBy(row => row.Member)
            .ToListAsync(cancellation);
    }

    /// <summary>Asks the source once.</summary>
    internal async Task<PollOutcome> PollAsync(string member, ILogSource source, CancellationToken cancellation)
    {
        var fetch = new LogFetch(source, Path.Combine(dataFolder, "following", member));
        try
        {
            return await AskAsync(member, source, fetch, cancellation);
        }
        catch (Exception fault) when (StoreFault.Of(fault) is { } known)
        {
            if (known.Kind == StoreFaultKind.Damaged)
            {
                // Either a fetched file or a stored row: what was fetched can be had again.
                fetch.Discard();
            }

            return PollOutcome.Busy;
        }
    }

    private async Task<PollOutcome> AskAsync(
        string member, ILogSource source, LogFetch fetch, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var followed = await db.FollowedLogs.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Member == member, cancellation);
        if (followed is not { State: (int)FollowState.Following })
        {
            return PollOutcome.NotFollowed;
        }

        var held = HeldLog.Of(
            followed, await db.Logs.AsNoTracking().FirstOrDefaultAsync(row => row.Member == member, cancellation));
        var key = held.Key;
        var answer = await source.ReadAsync(TilePath.Checkpoint, cancellation);
        if (answer.Bytes is not { } note)
        {
            return await NoteAsync(followed, PollOutcome.Unreachable,
                answer.Fault ?? "The source has no checkpoint: it is no log's prefix.", cancellation);
        }

        if (Checkpoint.Open(note, key, out var refusal) is { } found)
        {
            return await TakeAsync(db, held, found, note, fetch, cancellation);
        }

        return refusal == NoteRefusal.NoKnownKey
            && await HandoverAsync(source, key, cancellation) is { } handover
                ? await PassAsync(db, held, handover, fetch, cancellation)
                : await NoteAsync(followed, PollOutcome.Refused,
                    $"The checkpoint is refused: {refusal}.", cancellation);
    }

    // The checkpoint by which the key that is held handed over to the next; null where the source has none. A key signs
    // the handover to it as well as the one from it, which is the later.
    private static async Task<byte[]?> HandoverAsync(
        ILogSource source, VerifierKey key, CancellationToken cancellation)
    {
        byte[]? signed = null;
        for (var number = 1; number <= KeyHandover.CountMax; number++)
        {
            var answer = await source.ReadAsync(KeyHandover.PathOf(number), cancellation);
            if (answer.Bytes is not { } note)
            {
                break;
            }

            signed = Checkpoint.Open(note, key, out _) is null ? signed : note;
        }

        return signed;
    }

    // Takes the log up to the handover under the key that is held, and only then the key that its last entry names.
    private async Task<PollOutcome> PassAsync(
        NodeContext db, HeldLog held, byte[] note, LogFetch fetch, CancellationToken cancellation)
    {
        var covered = Checkpoint.Open(note, held.Key, out _)!;
        if (held.Log is null || held.IsUnderWay || covered.Size > held.Head.Size)
        {
            var taken = await TakeAsync(db, held, covered, note, fetch, cancellation);
            if (taken != PollOutcome.Applied)
            {
                return taken;
            }
        }
        else if (await TileReading.RootAsync(db, held.Log.Member, covered.Size, cancellation) != covered.Root)
        {
            return await StopAsync(held, covered, note, EvidenceCodes.Shrunk, cancellation);
        }

        return await _writer.HandOverAsync(held.Followed.Member, held.Key, note, cancellation)
            ? PollOutcome.Applied
            : await NoteAsync(held.Followed, PollOutcome.Refused,
                "The log is signed by another key, and the handover names none.", cancellation);
    }

    private async Task<PollOutcome> TakeAsync(
        NodeContext db, HeldLog held, Checkpoint found, byte[] note, LogFetch fetch, CancellationToken cancellation)
    {
        var (followed, key, _, head) = held;

        // What has been taken in parts may end at a checkpoint of its own: then it is only to be signed off.
        var isWhole = held.IsUnderWay && found.Size == head.Size && found.Root == head.Root();
        if (held.Note is not null && found.Size <= head.Size && !isWhole)
        {
            return await CompareAsync(db, held, found, note, cancellation);
        }

        var outcome = await fetch.FollowAsync(note, found, key, head, cancellation);
        if (outcome.Continuation is not { } next)
        {
            return await NoteAsync(followed, PollOutcome.Unreachable, outcome.Unreachable!, cancellation);
        }

        if (!next.IsSound)
        {
            var before = held.Signed();
            var isFork = held.Note is not null && before.Size < found.Size
                && await fetch.ProvesForkAsync(before, found, cancellation);
            fetch.Discard();
            return isFork
                ? await StopAsync(held, found, note, EvidenceCodes.NotAnExtension, cancellation)
                : await NoteAsync(followed, PollOutcome.Refused, next.Fault.ToString(), cancellation);
        }

        var isApplied = await _writer.ApplyAsync(
            followed.Member, key, head, next, Now(), BatchTaken, cancellation);
        if (isApplied)
        {
            fetch.Discard();
        }

        return isApplied ? PollOutcome.Applied : PollOutcome.Busy;
    }

    // A checkpoint that is not ahead of the one held: the same, an older one, or another history.
    private async Task<PollOutcome> CompareAsync(
        NodeContext db, HeldLog held, Checkpoint found, byte[] note, CancellationToken cancellation)
    {
        var (followed, _, _, head) = held;
        var root = found.Size == head.Size
            ? head.Root()
            : await TileReading.RootAsync(db, followed.Member, found.Size, cancellation);
        if (root != found.Root)
        {
            return await StopAsync(held, found, note,
                found.Size == held.Signed().Size ? EvidenceCodes.SameSize : EvidenceCodes.Shrunk, cancellation);
        }

        return found.Size == head.Size
            ? await NoteAsync(followed, PollOutcome.Nothing, "", cancellation)
            : await NoteAsync(followed, PollOutcome.Stale,
                $"The source shows {found.Size} entries, and {head.Size} are held: an older copy of the same log.",
                cancellation);
    }

    private async Task<PollOutcome> StopAsync(
        HeldLog held, Checkpoint found, byte[] note, string code, CancellationToken cancellation)
    {
        await _writer.StopAsync(
            new LogEvidenceRow
            {
                Member = held.Followed.Member,
                Size = found.Size,
                Root = found.Root.ToString(),
                VerifierKey = held.Followed.VerifierKey,
                Code = code,
                Held = held.Note!,
                Found = Encoding.UTF8.GetString(note),
                At = Now(),
            },
            $"The log has signed two histories ({code}); both notes are kept, and nothing more is taken from it.",
            cancellation);
        return PollOutcome.Evidence;
    }

    // Written only when something is new, so that a quiet log costs no write a second.
    private async Task<PollOutcome> NoteAsync(
        FollowedLogRow followed, PollOutcome outcome, string fault, CancellationToken cancellation)
    {
        long? seen = outcome is PollOutcome.Nothing or PollOutcome.Stale ? Now() : null;
        if (fault != followed.Fault || (seen - followed.SeenAt) * TimeSpan.TicksPerMicrosecond > SeenEvery.Ticks)
        {
            await _writer.NoteAsync(followed.Member, fault, seen, cancellation);
        }

        return outcome;
    }

    private long Now() => (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
