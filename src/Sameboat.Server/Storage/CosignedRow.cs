using Microsoft.EntityFrameworkCore;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>
/// The checkpoint that this node, as a witness, cosigned last for one log. It is the only memory a witness has: losing
/// it would let a log show another history.
/// </summary>
internal sealed class CosignedRow
{
    /// <summary>The SHA-256 of the origin, in lower-case hex.</summary>
    public required string Id { get; init; }

    /// <summary>How many entries were cosigned.</summary>
    public required long Size { get; init; }

    /// <summary>The root at that size, 32 bytes.</summary>
    public required byte[] Root { get; init; }

    /// <summary>The checkpoint with the log's signature and the cosignature.</summary>
    public required string Note { get; init; }
}

/// <summary>The table of what was cosigned, and the one way to write it.</summary>
internal static class Cosigned
{
    internal static void Map(ModelBuilder model) => model.Entity<CosignedRow>(table =>
    {
        table.ToTable("cosigned");
        table.HasKey(row => row.Id);
    });

    /// <summary>What was cosigned last for a log; null for nothing yet.</summary>
    internal static Task<CosignedRow?> CosignedAsync(this NodeContext db, string id, CancellationToken cancellation) =>
        db.Set<CosignedRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellation);

    /// <summary>
    /// Puts a checkpoint in the place of the one that was decided upon, in one statement of the database; false, with
    /// nothing written, when another stands there by now. So no two requests, nor two nodes, can roll a log back.
    /// </summary>
    internal static async Task<bool> TryReplaceAsync(
        this NodeContext db, CosignedRow? last, CosignedRow next, CancellationToken cancellation)
    {
        var changed = last is null
            ? await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO "cosigned" ("Id", "Size", "Root", "Note")
                VALUES ({next.Id}, {next.Size}, {next.Root}, {next.Note}) ON CONFLICT ("Id") DO NOTHING
                """,
                cancellation)
            : await db.Set<CosignedRow>()
                .Where(row => row.Id == last.Id && row.Size == last.Size && row.Root == last.Root)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.Size, next.Size)
                        .SetProperty(row => row.Root, next.Root)
                        .SetProperty(row => row.Note, next.Note),
                    cancellation);
        return changed == 1;
    }
}
