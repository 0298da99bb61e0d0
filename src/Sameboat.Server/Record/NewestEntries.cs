using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>An entry in a list.</summary>
internal sealed record EntryLine(
    EntityId Id, string Member, long Position, string Kind, string Subject, DateTimeOffset At);

/// <summary>Reads entries for lists, without their bodies.</summary>
internal static class NewestEntries
{
    /// <summary>The latest entries of all logs, the latest first; one a subject, so that parts count once.</summary>
    internal static async Task<ImmutableArray<EntryLine>> ReadAsync(
        NodeContext db, int count, CancellationToken cancellation)
    {
        const int PartsAllowed = 4;
        var rows = await Lines(db.Entries
                .Where(row => db.Logs.Any(log => log.Member == row.Member && row.Position < log.Size))
                .OrderByDescending(row => row.At)
                .ThenByDescending(row => row.AtCounter)
                .Take(count * PartsAllowed))
            .ToListAsync(cancellation);
        return [.. rows.DistinctBy(row => row.Subject).Take(count).Select(ToLine)];
    }

    /// <summary>Entries of one log from a position on, in its order.</summary>
    internal static async Task<ImmutableArray<EntryLine>> OfLogAsync(
        NodeContext db, string member, long from, int count, CancellationToken cancellation)
    {
        var rows = await Lines(db.Entries
                .Where(row => row.Member == member && row.Position >= from)
                .OrderBy(row => row.Position)
                .Take(count))
            .ToListAsync(cancellation);
        return [.. rows.Select(ToLine)];
    }

    private static IQueryable<Line> Lines(IQueryable<EntryRow> rows) => rows.AsNoTracking()
        .Select(row => new Line(row.Id, row.Member, row.Position, row.Kind, row.Subject, row.At));

    private static EntryLine ToLine(Line row) => new(
        new EntityId(row.Id), row.Member, row.Position, row.Kind, row.Subject, new HybridTime(row.At).Instant);

    private sealed record Line(Guid Id, string Member, long Position, string Kind, string Subject, long At);
}
