using System.Text;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>A checkpoint by which a log's key handed over to the next, as both signed it.</summary>
internal sealed class HandoverRow
{
    public required string Member { get; init; }

    /// <summary>1 for the first of the log.</summary>
    public required int Number { get; init; }

    /// <summary>How many entries it covers; the last of them names the next key.</summary>
    public required long Size { get; init; }

    /// <summary>The signed note.</summary>
    public required string Note { get; init; }
}

/// <summary>The table of handovers: the one place where the key of a log changes.</summary>
internal static class Handovers
{
    internal static void Map(ModelBuilder model) => model.Entity<HandoverRow>(table =>
    {
        table.ToTable("handover");
        table.HasKey(row => new { row.Member, row.Number });
    });

    /// <summary>The handovers of a log, the first first.</summary>
    internal static Task<List<HandoverRow>> HandoversAsync(
        this NodeContext db, string member, CancellationToken cancellation) =>
        db.Set<HandoverRow>().AsNoTracking()
            .Where(row => row.Member == member)
            .OrderBy(row => row.Number)
            .ToListAsync(cancellation);

    /// <summary>The note of one handover as a file; null where there is none.</summary>
    internal static async Task<byte[]?> HandoverAsync(
        this NodeContext db, string member, int number, CancellationToken cancellation) =>
        await db.Set<HandoverRow>().AsNoTracking()
            .Where(row => row.Member == member && row.Number == number)
            .Select(row => row.Note)
            .FirstOrDefaultAsync(cancellation) is { } note
                ? Encoding.UTF8.GetBytes(note)
                : null;

    /// <summary>Adds a handover and puts its key in the old one's place; the caller holds the lock of the log and
    /// saves.</summary>
    /// <exception cref="IOException">The log has as many handovers as are read.</exception>
    internal static async Task HandOverAsync(
        this NodeContext db, LogRow log, KeyHandover handover, CancellationToken cancellation)
    {
        var number = await db.Set<HandoverRow>().CountAsync(row => row.Member == log.Member, cancellation) + 1;
        if (number > KeyHandover.CountMax)
        {
            throw new IOException($"The log of {log.Member} has changed its key {KeyHandover.CountMax} times: begin a "
                + "new log.");
        }

        db.Add(new HandoverRow
        {
            Member = log.Member,
            Number = number,
            Size = handover.Checkpoint.Size,
            Note = handover.Note.ToString(),
        });
        log.VerifierKey = handover.To.ToString();
        if (log.Size == handover.Checkpoint.Size)
        {
            log.Checkpoint = handover.Note.ToString();
        }

        db.Entry(log).State = EntityState.Modified;
    }
}
