using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>An entry where it stands, with what ties it to the signed head of its log.</summary>
/// <param name="Row">The entry.</param>
/// <param name="Log">The head at the time of reading.</param>
/// <param name="Proof">The inclusion proof at the head's size, from the leaf's sibling upward.</param>
internal sealed record ProvedEntry(EntryRow Row, LogRow Log, ImmutableArray<MerkleHash> Proof)
{
    /// <summary>The proof as a file for anyone to keep.</summary>
    /// <exception cref="InvalidDataException">The stored checkpoint is damaged.</exception>
    internal LogProof ToProof() =>
        SignedNote.TryParse(Encoding.UTF8.GetBytes(Log.Checkpoint), out var note, out var refusal)
            ? new LogProof(Row.Position, Proof, note)
            : throw new InvalidDataException($"The stored checkpoint of {Log.Member} is damaged: {refusal}.");
}

/// <summary>Reads the logs as the files of C2SP tlog-tiles and as proofs.</summary>
internal sealed class LogReader(NodeDatabase database)
{
    private readonly TileCache _tiles = new();

    /// <summary>The head of a member's log, or null.</summary>
    internal async Task<LogRow?> LogAsync(string member, CancellationToken cancellation)
    {
        await using var db = database.Open();
        return await db.Logs.AsNoTracking().FirstOrDefaultAsync(log => log.Member == member, cancellation);
    }

    /// <summary>The bytes of a tile or of a bundle of entries; null where the log does not reach so far.</summary>
    internal async Task<byte[]?> TileAsync(string member, TilePath path, CancellationToken cancellation)
    {
        if (path.Index > long.MaxValue / (2 * TilePath.FullWidth))
        {
            return null;
        }

        if (_tiles.Find(member, path) is { } kept)
        {
            return kept;
        }

        await using var db = database.Open();
        var bytes = await TileAsync(db, member, path, cancellation);
        if (bytes is not null && !path.IsPartial && await IsVouchedForAsync(db, member, path, bytes, cancellation))
        {
            _tiles.Keep(member, path, bytes);
        }

        return bytes;
    }

    /// <summary>As the other overload, as one context sees the log, and from the database alone.</summary>
    internal static Task<byte[]?> TileAsync(
        NodeContext db, string member, TilePath path, CancellationToken cancellation)
    {
        var from = path.Index * TilePath.FullWidth;
        return path.IsEntries
            ? BundleAsync(db, member, from, path.Width, cancellation)
            : HashesAsync(db, member, path.Level, from, path.Width, cancellation);
    }

    /// <summary>
    /// An entry by its id with its proof, or null. Where logs of several members hold the id it is the named member's,
    /// or without a name that of the first in the order of members.
    /// </summary>
    internal async Task<ProvedEntry?> EntryAsync(
        EntityId id, CancellationToken cancellation, string? member = null)
    {
        await using var db = database.Open();
        var row = await db.Entries.AsNoTracking()
            .Where(entry => entry.Id == id.Value && (member == null || entry.Member == member))
            .OrderBy(entry => entry.Member)
            .FirstOrDefaultAsync(cancellation);
        if (row is null)
        {
            return null;
        }

        // An entry beyond the checkpoint of a log that is being taken in parts is not vouched for here yet.
        if (await db.Logs.AsNoTracking().FirstOrDefaultAsync(head => head.Member == row.Member, cancellation)
            is not { } log || row.Position >= log.Size)
        {
            return null;
        }

        var proof = await TileReading.ComputeAsync(
            db, row.Member, node => MerkleProof.Inclusion(row.Position, log.Size, node), cancellation);
        return new ProvedEntry(row, log, proof);
    }

    // A damaged tile is served as it stands, for a verifier to name, and never kept: once repaired it is right again.
    private static async Task<bool> IsVouchedForAsync(
        NodeContext db, string member, TilePath path, byte[] bytes, CancellationToken cancellation)
    {
        var level = path.IsEntries ? 0 : path.Level;
        var reader = new TileReader(_ => bytes);
        MerkleHash[]? hashes;
        if (path.IsEntries)
        {
            hashes = reader.TryReadEntries(path, out var entries, out _)
                ? [.. entries.Select(entry => MerkleHash.Leaf(entry.Span))]
                : null;
        }
        else if (!reader.TryReadHashes(path, out hashes, out _))
        {
            hashes = null;
        }

        if (hashes is null)
        {
            return false;
        }

        var above = await db.TileHashesAsync(member, level + 1, path.Index, 1, cancellation);
        return above.Count == 1 && above[0] == LogExtension.TileHash(hashes);
    }

    private static async Task<byte[]?> HashesAsync(
        NodeContext db, string member, int level, long from, int width, CancellationToken cancellation)
    {
        var hashes = await db.TileHashesAsync(member, level, from, width, cancellation);
        if (hashes.Count < width)
        {
            return null;
        }

        var bytes = new byte[width * MerkleHash.Length];
        for (var index = 0; index < width; index++)
        {
            hashes[index].CopyTo(bytes.AsSpan(index * MerkleHash.Length));
        }

        return bytes;
    }

    private static async Task<byte[]?> BundleAsync(
        NodeContext db, string member, long from, int width, CancellationToken cancellation)
    {
        var to = from + width;
        var entries = await db.Entries.AsNoTracking()
            .Where(row => row.Member == member && row.Position >= from && row.Position < to)
            .OrderBy(row => row.Position)
            .Select(row => row.Bytes)
            .ToListAsync(cancellation);
        if (entries.Count < width)
        {
            return null;
        }

        var bytes = new byte[entries.Sum(entry => sizeof(ushort) + entry.Length)];
        var at = 0;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), (ushort)entry.Length);
            entry.CopyTo(bytes, at + sizeof(ushort));
            at += sizeof(ushort) + entry.Length;
        }

        return bytes;
    }
}
