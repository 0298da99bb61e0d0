using System.Collections.Immutable;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Record;

namespace Sameboat.Server.Storage;

/// <summary>Why a log may not be extended here.</summary>
internal sealed record HeadFault(AppendRefusal Reason, string Sentence);

/// <summary>A log whose head is locked, with the key that extends it or the reason why it may not be.</summary>
internal sealed record OpenLog(LogRow Row, SigningKey? Key, HeadFault? Fault);

/// <summary>
/// Looks at a log before it is extended: is the key in the folder the log's own, does the stored head hold, and has
/// nobody witnessed more of it. A head that this process wrote itself is not looked at again.
/// </summary>
internal sealed class LogHeads(LogKeys keys)
{
    private readonly Dictionary<string, string> _written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Size, string Root)> _witnessed = new(StringComparer.Ordinal);

    /// <summary>Locks the heads of these logs until the transaction ends; a member without a log is left out.</summary>
    internal async Task<Dictionary<string, OpenLog>> LockAsync(
        NodeContext db, string[] members, CancellationToken cancellation)
    {
        var rows = await db.LockedLogs(members).AsNoTracking().ToListAsync(cancellation);
        var witnessed = await db.Witnessed.AsNoTracking()
            .Where(row => members.Contains(row.Member))
            .ToDictionaryAsync(row => row.Member, StringComparer.Ordinal, cancellation);
        var logs = new Dictionary<string, OpenLog>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var key = keys.FindOf(MemberId.Parse(row.Member), row.VerifierKey);
            var fault = OfKey(row, key) ?? OfHead(row, key!)
                ?? await OfWitnessesAsync(db, row, witnessed.GetValueOrDefault(row.Member), cancellation);
            logs.Add(row.Member, new OpenLog(row, key, fault));
        }

        return logs;
    }

    /// <summary>Remembers the heads as this process has just stored them.</summary>
    internal void Written(IEnumerable<OpenLog> logs)
    {
        foreach (var log in logs)
        {
            _written[log.Row.Member] = log.Row.Checkpoint;
        }
    }

    /// <summary>The head that a row holds, or null when the row is damaged.</summary>
    internal static LogHead? HeadOf(LogRow log) => HeadOf(log.Size, log.Edge);

    /// <summary>The head of that size and edge as columns hold them, or null when they do not fit.</summary>
    internal static LogHead? HeadOf(long size, byte[] bytes)
    {
        var count = bytes.Length / MerkleHash.Length;
        if (size < 0 || bytes.Length % MerkleHash.Length != 0
            || count != System.Numerics.BitOperations.PopCount((ulong)size))
        {
            return null;
        }

        var edge = ImmutableArray.CreateBuilder<MerkleHash>(count);
        for (var start = 0; start < bytes.Length; start += MerkleHash.Length)
        {
            edge.Add(new MerkleHash(bytes.AsSpan(start, MerkleHash.Length)));
        }

        return LogHead.Stored(size, edge.ToImmutable());
    }

    private HeadFault? OfKey(LogRow log, SigningKey? key) =>
        key is not null && key.VerifierKey.ToString() == log.VerifierKey
            ? null
            : new HeadFault(AppendRefusal.KeyNotTheMembers,
                $"{keys.PathOf(MemberId.Parse(log.Member))} {(key is null ? "is absent" : "holds another key")}, and "
                + $"the log of {log.Member} is signed by {log.VerifierKey}. Put the log's own key there.");

    private HeadFault? OfHead(LogRow log, SigningKey key)
    {
        if (_written.TryGetValue(log.Member, out var own) && own == log.Checkpoint)
        {
            return null;
        }

        var signed = Checkpoint.Open(Encoding.UTF8.GetBytes(log.Checkpoint), key.VerifierKey, out _);
        return signed is not null && HeadOf(log) is { } head && signed.Size == head.Size && signed.Root == head.Root()
            ? null
            : new HeadFault(AppendRefusal.HeadDamaged,
                $"The stored head of the log of {log.Member} is not the one that was signed. "
                + "Restore the database from a backup; nothing is added to this log until then.");
    }

    private async Task<HeadFault?> OfWitnessesAsync(
        NodeContext db, LogRow log, WitnessedRow? witnessed, CancellationToken cancellation)
    {
        if (witnessed is null)
        {
            return null;
        }

        var seen = (witnessed.Size, Convert.ToHexString(witnessed.Root));
        if (_witnessed.TryGetValue(log.Member, out var held) && held == seen)
        {
            return null;
        }

        if (witnessed.Size > log.Size)
        {
            return new HeadFault(AppendRefusal.BehindWitnesses,
                $"Others have witnessed {witnessed.Size} entries of the log of {log.Member}, and {log.Size} are stored "
                + "here: this is an old copy. Restore a newer backup, or fetch the missing entries from those who "
                + "follow the log; nothing is added to it until then.");
        }

        if (await TileReading.RootAsync(db, log.Member, witnessed.Size, cancellation)
            != new MerkleHash(witnessed.Root))
        {
            return new HeadFault(AppendRefusal.BehindWitnesses,
                $"Others have witnessed another history of the log of {log.Member} at {witnessed.Size} entries. "
                + "Two histories were signed: keep both as evidence and add nothing.");
        }

        _witnessed[log.Member] = seen;
        return null;
    }
}
