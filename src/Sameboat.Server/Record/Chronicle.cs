using System.Collections.Immutable;
using Sameboat.Server.Conservation;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>What happened of one kind on one day.</summary>
/// <param name="Day">In UTC.</param>
/// <param name="Noun">What the entries speak of.</param>
/// <param name="State">The state that they led to; empty for statements, which have none.</param>
/// <param name="Said">Who said it, and the entry; the earliest first.</param>
internal sealed record ChronicleLine(
    DateOnly Day, string Noun, string State, ImmutableArray<(string Member, EntityId Entry)> Said);

/// <summary>
/// Tells what happened from the entries themselves: those of one day and one kind stand together, and each can be
/// opened. A step that had no effect is not told.
/// </summary>
internal static class Chronicle
{
    /// <summary>Newest entries that are looked at; older ones are in the logs.</summary>
    internal const int EntriesMax = 4_000;

    /// <summary>The lines, the newest day first.</summary>
    /// <param name="entries">Of what, the newest first.</param>
    /// <param name="isMeant">Which of them.</param>
    /// <param name="linesMax">The most lines.</param>
    internal static ImmutableArray<ChronicleLine> Of(
        RecentEntries entries, Func<RecentEntry, bool> isMeant, int linesMax) =>
    [
        .. entries.All
            .Where(one => one.State is not null && isMeant(one))
            .GroupBy(one => (Day: ChainLedger.DayOf(one.Head.At), one.Head.Noun, State: one.State!))
            .OrderByDescending(group => group.Key.Day)
            .ThenByDescending(group => group.Max(one => one.Head.At))
            .Take(linesMax)
            .Select(group => new ChronicleLine(
                DateOnly.FromDayNumber(group.Key.Day),
                group.Key.Noun,
                group.Key.State,
                [.. group.Reverse().Select(one => (one.Head.Member, new EntityId(one.Head.Id)))])),
    ];

    /// <summary>The lines of entries that are read for this alone; null means all of them.</summary>
    internal static async Task<ImmutableArray<ChronicleLine>> ReadAsync(
        NodeContext db, IQueryable<EntryRow> scope, Func<RecentEntry, bool>? isMeant, int linesMax,
        CancellationToken cancellation) =>
        Of(
            await RecentEntries.ReadAsync(db, scope, EntriesMax, isMeant is not null, cancellation),
            isMeant ?? (_ => true), linesMax);

    /// <summary>Which entries are about an outbreak: its statements, and those of the entities of its ledger.</summary>
    internal static Func<RecentEntry, bool> OfOutbreak(string outbreak, ChainLedger ledger)
    {
        var meant = ledger.Acceptances.Select(given => given.Subject)
            .Concat(ledger.Needs.Select(row => row.Subject))
            .Concat(ledger.Plan.Select(row => row.Subject))
            .Append(outbreak)
            .ToHashSet(StringComparer.Ordinal);
        return one => one.Outbreak == outbreak || meant.Contains(one.Head.Subject)
            || ledger.Steps.Contains(one.Head.Subject);
    }

    /// <summary>Whether entities of this noun are said in one piece and have no states.</summary>
    internal static bool IsStatement(string noun) =>
        noun is "member" or "outbreak" or "situation" or "assessment" or "need" or "plan" or "certificate";
}
