using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Following;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>A log in the list of logs.</summary>
internal sealed record LogLine(string Member, string Name, string Kind, long Size, string? Host);

/// <summary>All logs of this node, and what was said last.</summary>
internal sealed record RecordView(
    ImmutableArray<LogLine> Logs, ImmutableArray<EntryLine> Newest, ImmutableArray<LogEvidenceRow> Contradictions)
{
    private const int NewestMax = 20;

    internal static async Task<RecordView?> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        var members = await db.Members.AsNoTracking()
            .ToDictionaryAsync(member => member.Member, member => member, cancellation);
        var logs = await db.Logs.AsNoTracking()
            .OrderBy(log => log.Member)
            .Select(log => new { log.Member, log.Size })
            .ToListAsync(cancellation);
        var hosts = await db.HostsAsync(cancellation);
        return new RecordView(
            [
                .. logs.Select(log => new LogLine(
                    log.Member,
                    members.GetValueOrDefault(log.Member)?.Name ?? log.Member,
                    members.GetValueOrDefault(log.Member)?.Kind ?? "",
                    log.Size,
                    hosts.GetValueOrDefault(log.Member))),
            ],
            await NewestEntries.ReadAsync(db, NewestMax, cancellation),
            await Evidence.ReadAsync(db, cancellation));
    }
}

/// <summary>One log, a page of its entries.</summary>
internal sealed record LogView(
    LogRow Log, string Name, long From, ImmutableArray<EntryLine> Entries, string? Host)
{
    /// <summary>Entries on one page.</summary>
    internal const int PageLength = 100;

    internal static async Task<LogView?> ReadAsync(
        NodeContext db, string member, long from, CancellationToken cancellation)
    {
        if (from < 0
            || await db.Logs.AsNoTracking().FirstOrDefaultAsync(log => log.Member == member, cancellation)
                is not { } log
            || from > log.Size)
        {
            return null;
        }

        var name = await db.Members.Where(row => row.Member == member).Select(row => row.Name)
            .FirstOrDefaultAsync(cancellation);
        return new LogView(
            log, name ?? member, from, await NewestEntries.OfLogAsync(
                db, member, from, (int)Math.Min(PageLength, log.Size - from), cancellation),
            await db.HostAsync(member, cancellation));
    }
}

/// <summary>One entry with its proof.</summary>
internal sealed record EntryView(
    ProvedEntry Proved, string Name, Entry Entry, string Pretty, bool Verifies, EntryEffectView Effect,
    HybridTime? ClaimedBefore)
{
    // Quotes and letters beyond ASCII as they are: the page encodes them.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static async Task<EntryView?> ReadAsync(
        NodeContext db, LogReader logs, string id, CancellationToken cancellation)
    {
        if (!EntityId.TryParse(id, out var entity) || await logs.EntryAsync(entity, cancellation) is not { } proved
            || !Entry.TryParse(proved.Row.Bytes, out var entry, out _))
        {
            return null;
        }

        var name = await db.Members.Where(row => row.Member == proved.Row.Member).Select(row => row.Name)
            .FirstOrDefaultAsync(cancellation);
        return new EntryView(
            proved,
            name ?? proved.Row.Member,
            entry,
            JsonSerializer.Serialize(JsonDocument.Parse(proved.Row.Bytes).RootElement, Readable),
            proved.ToProof().Verify(proved.Row.Bytes, VerifierKey.Parse(proved.Log.VerifierKey)),
            await EntryEffects.ReadAsync(db, proved.Row.Member, proved.Row.Id, cancellation),
            await ClaimedBeforeAsync(db, proved.Row, entry.At, cancellation));
    }

    // The time of the entry before it in its log, where this one claims to be far older.
    private static async Task<HybridTime?> ClaimedBeforeAsync(
        NodeContext db, EntryRow row, HybridTime at, CancellationToken cancellation)
    {
        var times = await db.Entries.AsNoTracking()
            .Where(one => one.Member == row.Member && one.Position == row.Position - 1)
            .Select(one => new HybridTime(one.At, one.AtCounter))
            .ToListAsync(cancellation);
        return times.Count > 0 && at.IsFarBehind(times[0]) ? times[0] : null;
    }

    /// <summary>The entry as it was hashed.</summary>
    internal string Canonical => Encoding.UTF8.GetString(Proved.Row.Bytes);
}
