using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server;

/// <summary>What the operator of a node does with the keys of the logs that it writes.</summary>
public static class NodeKeys
{
    /// <summary>
    /// Gives a log a new key: the old one signs, as its last act, the entry that names the new one. A node may run on
    /// the folder meanwhile; it goes on with the new key. The old key is deleted.
    /// </summary>
    /// <param name="database">A PostgreSQL connection string; null takes the embedded store.</param>
    /// <param name="dataFolder">The folder of the keys and of the embedded store.</param>
    /// <param name="memberText">Whose log.</param>
    /// <param name="isOwn">
    /// True where the member itself holds the new key: what the log says of a host that signs for it ends. False says
    /// it again of the new key.
    /// </param>
    /// <param name="clock">Says when it was done.</param>
    /// <param name="cancellation">Breaks it off; then the old key still signs.</param>
    /// <returns>One line with the new verifier key.</returns>
    /// <exception cref="IOException">The log is not written here, or its key or head does not hold.</exception>
    public static async Task<string> RotateAsync(
        string? database, string dataFolder, string memberText, bool isOwn, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (!MemberId.TryParse(memberText, out var member))
        {
            throw new IOException(
                $"--member: found «{memberText}», expected a member's name: lower-case letters and digits.");
        }

        if (!Directory.Exists(dataFolder))
        {
            throw new IOException($"--data: found no folder {dataFolder}, expected that of the node's keys.");
        }

        var target = NodeDatabase.Of(database, dataFolder);
        using var keys = new LogKeys(dataFolder);
        try
        {
            await target.PrepareAsync(cancellation).ConfigureAwait(false);
            var rotation = new KeyRotation(target, keys, clock);
            var before = await HostAsync(target, member, cancellation).ConfigureAwait(false);
            var handover = await rotation.RotateAsync(member, cancellation).ConfigureAwait(false);
            if (before is not null)
            {
                await new KeyDeclaration(target, new LogStore(target, keys, clock), keys, clock)
                    .DeclareAsync(isOwn ? member.ToString() : before, member, cancellation).ConfigureAwait(false);
            }

            return string.Create(CultureInfo.InvariantCulture,
                $"the log of {member} is signed by {handover.To} from entry {handover.Checkpoint.Size} on");
        }
        catch (Exception fault) when (fault is not IOException && StoreFault.Of(fault) is { } known)
        {
            throw new IOException($"{target.Description} did not complete the work: {known.Found}", fault);
        }
    }

    private static async Task<string?> HostAsync(
        NodeDatabase target, MemberId member, CancellationToken cancellation)
    {
        await using var db = target.Open();
        return await db.HostAsync(member.ToString(), cancellation).ConfigureAwait(false);
    }
}

/// <summary>Changes the key of a log in one transaction; the files of the keys follow it.</summary>
internal sealed class KeyRotation(NodeDatabase database, LogKeys keys, TimeProvider clock)
{
    /// <summary>Appends the entry, signs its checkpoint with both keys, and puts the new key in the old one's place.
    /// </summary>
    /// <exception cref="IOException">The log is not written here, or its key or head does not hold.</exception>
    internal async Task<KeyHandover> RotateAsync(MemberId member, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var logs = await new LogHeads(keys).LockAsync(db, [member.ToString()], cancellation);
        if (!logs.TryGetValue(member.ToString(), out var log)
            || await db.FollowedLogs.AnyAsync(row => row.Member == log.Row.Member, cancellation))
        {
            throw new IOException($"No log of {member} is written here.");
        }

        if (log.Fault is { } fault)
        {
            throw new IOException(fault.Sentence);
        }

        // On the disk before anything names it: a log must never be signed by a key that is nowhere.
        var next = keys.DrawNext(member, log.Row.Origin);
        var handover = await AppendAsync(db, log, next, member, cancellation);
        await db.HandOverAsync(log.Row, handover, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        keys.FindOf(member, log.Row.VerifierKey);
        return handover;
    }

    private async Task<KeyHandover> AppendAsync(
        NodeContext db, OpenLog log, SigningKey next, MemberId member, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var number = (await db.HandoversAsync(log.Row.Member, cancellation)).Count + 1;
        var entry = new Entry(
            LogKeys.DrawId(now), KeyHandover.Kind, member, KeyFold.SubjectOf(member, number),
            new HybridTime(now * 1000), KeyHandover.Statement(next.VerifierKey));
        var prepared = new PreparedEntry(entry, entry.ToCanonicalBytes());
        await db.LockSubjectsAsync([entry.Subject], cancellation);
        var history = await Projections.HistoryAsync(db, [entry.Subject], cancellation);
        var added = await LogExtension.AppendAsync(db, log.Row, log.Key!, [prepared], cancellation);
        await db.InsertAsync(added, cancellation);
        await Projections.FoldAsync(db, history, [.. added], cancellation);
        var old = Encoding.UTF8.GetBytes(log.Row.Checkpoint);
        if (!SignedNote.TryParse(old, out var note, out _))
        {
            throw new InvalidDataException("The checkpoint that was just signed is no note.");
        }

        return KeyHandover.Open(note.With(next.Sign(note.Text)).ToBytes(), prepared.Bytes, log.Key!.VerifierKey)
            ?? throw new InvalidDataException("The handover that was just signed does not hold.");
    }
}
