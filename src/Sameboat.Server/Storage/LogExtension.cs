using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>
/// Extends one log inside the transaction that holds the lock of its head: tile hashes, head and checkpoint. The new
/// rows of entries are handed to the caller, who stores those of all logs together.
/// </summary>
internal static class LogExtension
{
    /// <summary>Appends in the order given and answers with the new rows, which are still to be stored.</summary>
    internal static async Task<IReadOnlyList<EntryRow>> AppendAsync(
        NodeContext db, LogRow log, SigningKey key, IReadOnlyList<PreparedEntry> entries,
        CancellationToken cancellation)
    {
        var head = LogHeads.HeadOf(log)
            ?? throw new InvalidDataException($"The stored head of the log of {log.Member} is damaged.");
        var before = head.Size;
        var leaves = new List<MerkleHash>(entries.Count);
        var rows = new List<EntryRow>(entries.Count);
        foreach (var entry in entries)
        {
            rows.Add(entry.ToRow(head.Size, entry.Leaf));
            leaves.Add(entry.Leaf);
            head = head.Append(entry.Leaf);
        }

        await AddTileHashesAsync(db, log.Member, before, leaves, cancellation);
        log.Size = head.Size;
        log.Edge = EdgeBytes(head);
        log.Checkpoint = CheckpointOf(log.Origin, head, key);
        db.Entry(log).State = EntityState.Modified;
        return rows;
    }

    /// <summary>A log without entries, with the checkpoint that says so.</summary>
    internal static LogRow Open(MemberId member, string origin, SigningKey key) => new()
    {
        Member = member.ToString(),
        Origin = origin,
        VerifierKey = key.VerifierKey.ToString(),
        Size = 0,
        Edge = [],
        Checkpoint = CheckpointOf(origin, LogHead.Empty, key),
    };

    /// <summary>The hash of a full tile: the root of the tree of its 256 hashes.</summary>
    internal static MerkleHash TileHash(ReadOnlySpan<MerkleHash> tile)
    {
        Span<MerkleHash> row = new MerkleHash[tile.Length];
        tile.CopyTo(row);
        while (row.Length > 1)
        {
            for (var pair = 0; pair < row.Length / 2; pair++)
            {
                row[pair] = MerkleHash.Node(row[2 * pair], row[(2 * pair) + 1]);
            }

            row = row[..(row.Length / 2)];
        }

        return row[0];
    }

    /// <summary>The edge as its column holds it.</summary>
    internal static byte[] EdgeBytes(LogHead head)
    {
        var bytes = new byte[head.Edge.Length * MerkleHash.Length];
        for (var index = 0; index < head.Edge.Length; index++)
        {
            head.Edge[index].CopyTo(bytes.AsSpan(index * MerkleHash.Length));
        }

        return bytes;
    }

    private static string CheckpointOf(string origin, LogHead head, SigningKey key) =>
        Encoding.UTF8.GetString(new Checkpoint(origin, head.Size, head.Root()).Sign(key).ToBytes());

    /// <summary>
    /// Adds the hashes of the tiles that become full when these leaves follow the entries before: level by level the
    /// hashes new at this level, behind those of its last tile that is not yet full.
    /// </summary>
    internal static async Task AddTileHashesAsync(
        NodeContext db, string member, long before, List<MerkleHash> added, CancellationToken cancellation)
    {
        for (var level = 0; ; level++)
        {
            var begun = (int)(before % TilePath.FullWidth);
            if (begun + added.Count < TilePath.FullWidth)
            {
                return;
            }

            var partial = await db.TileHashesAsync(member, level, before - begun, begun, cancellation);
            MerkleHash[] row = [.. partial, .. added];
            var upper = new List<MerkleHash>();
            for (var start = 0; start + TilePath.FullWidth <= row.Length; start += TilePath.FullWidth)
            {
                upper.Add(TileHash(row.AsSpan(start, TilePath.FullWidth)));
            }

            before /= TilePath.FullWidth;
            var tiles = upper.Select((hash, index) => new TileHashRow
            {
                Member = member,
                Level = level + 1,
                Index = before + index,
                Hash = hash.ToBytes(),
            });
            await db.InsertAsync(tiles, cancellation);
            added = upper;
        }
    }
}
