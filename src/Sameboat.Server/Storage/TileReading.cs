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
}
