using Microsoft.EntityFrameworkCore;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>
/// The greatest size of an own log that somebody outside this node has seen and vouched for: what a restored copy must
/// reach before it may be extended.
/// </summary>
internal sealed class WitnessedRow
{
    public required string Member { get; init; }

    /// <summary>How many entries were witnessed.</summary>
    public required long Size { get; set; }

    /// <summary>The root at that size, 32 bytes.</summary>
    public required byte[] Root { get; set; }
}

/// <summary>Keeps what others have witnessed of the logs that are written here.</summary>
internal static class Witnessed
{
    /// <summary>
    /// Notes that others hold a checkpoint of an own log; a smaller one than is noted changes nothing. The caller has
    /// verified the log's signature on it. Part of the caller's transaction where one is open.
    /// </summary>
    internal static async Task NoteWitnessedAsync(
        this NodeContext db, MemberId member, long size, MerkleHash root, CancellationToken cancellation)
    {
        var name = member.ToString();
        var bytes = root.ToBytes();
        var changed = await db.Witnessed
            .Where(row => row.Member == name && row.Size < size)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.Size, size).SetProperty(row => row.Root, bytes), cancellation);
        if (changed == 0 && !await db.Witnessed.AnyAsync(row => row.Member == name, cancellation))
        {
            await db.InsertAsync([new WitnessedRow { Member = name, Size = size, Root = bytes }], cancellation);
        }
    }
}
