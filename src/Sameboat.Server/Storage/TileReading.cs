using System.Numerics;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>Reads the hashes of a log's tree as tiles hold them.</summary>
internal static class TileReading
{
    /// <summary>Consecutive hashes of a tile level, from the index; fewer where the log ends.</summary>
    internal static async Task<IReadOnlyList<MerkleHash>> TileHashesAsync(
        this NodeContext db, string member, int level, long from, int count, CancellationToken cancellation)
    {
        if (count == 0)
        {
            return [];
        }

        var to = from + count;
        var hashes = level == 0
            ? await db.Entries.AsNoTracking()
                .Where(row => row.Member == member && row.Position >= from && row.Position < to)
                .OrderBy(row => row.Position)
                .Select(row => row.LeafHash)
                .ToListAsync(cancellation)
            : await db.TileHashes.AsNoTracking()
                .Where(row => row.Member == member && row.Level == level && row.Index >= from && row.Index < to)
                .OrderBy(row => row.Index)
                .Select(row => row.Hash)
                .ToListAsync(cancellation);
        return [.. hashes.Select(hash => new MerkleHash(hash))];
    }

    /// <summary>The root that a stored log had at a size that it has reached, in O(log n) reads.</summary>
    /// <exception cref="InvalidDataException">A hash is absent.</exception>
    internal static async Task<MerkleHash> RootAsync(
        NodeContext db, string member, long size, CancellationToken cancellation) =>
        size == 0
            ? MerkleHash.EmptyTree
            : await ComputeAsync(db, member, node => MerkleProof.Root(size, node), cancellation);

    /// <summary>
    /// Computes something from nodes of a stored tree: asks first which ones are wanted, reads them, and computes.
    /// </summary>
    internal static async Task<T> ComputeAsync<T>(
        NodeContext db, string member, Func<Func<int, long, MerkleHash>, T> compute, CancellationToken cancellation)
    {
        var wanted = new HashSet<(int Level, long Index)>();
        compute((level, index) =>
        {
            wanted.Add((level, index));
            return default;
        });
        var hashes = new Dictionary<(int Level, long Index), MerkleHash>();
        foreach (var node in wanted)
        {
            hashes[node] = await NodeAsync(db, member, node.Level, node.Index, cancellation);
        }

        return compute((level, index) => hashes[(level, index)]);
    }

    // The hash of 2^level leaves lies in the tile level below it, as so many of its hashes.
    private static async Task<MerkleHash> NodeAsync(
        NodeContext db, string member, int level, long index, CancellationToken cancellation)
    {
        var tileBits = BitOperations.Log2(TilePath.FullWidth);
        var width = 1 << (level % tileBits);
        var row = await db.TileHashesAsync(member, level / tileBits, index * width, width, cancellation);
        return row.Count == width
            ? LogExtension.TileHash([.. row])
            : throw new InvalidDataException($"The stored tree of {member} lacks hashes of its level {level}.");
    }
}
