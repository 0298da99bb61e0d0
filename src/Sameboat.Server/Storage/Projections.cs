using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Members;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;

namespace Sameboat.Server.Storage;

/// <summary>
/// The tables that entries make. An entity's rows are a function of the set of its entries, taken in the order of
/// (at, author, position): when an entry comes late, its entity is folded anew, so the order of arrival never shows.
/// </summary>
internal static class Projections
{
    /// <summary>How many entities a rebuild folds between two writes.</summary>
    private const int RebuildPage = 2_000;

    private static readonly ImmutableArray<ProjectionTable> Tables =
    [
        ProjectionTable.Of<MemberRow>(),
        ProjectionTable.Of<OutbreakRow>(),
        ProjectionTable.Of<SituationRow>(),
        ProjectionTable.Of<AssessmentRow>(),
        ProjectionTable.Of<NeedLineRow>(),
        ProjectionTable.Of<OfferRow>(),
        ProjectionTable.Of<RoundRow>(),
        ProjectionTable.Of<PlanLineRow>(),
        ProjectionTable.Of<CoverageRow>(),
        ProjectionTable.Of<CertificateRow>(),
    ];

    /// <summary>The entries stored so far that speak of these entities.</summary>
    internal static Task<List<EntryRow>> HistoryAsync(
        NodeContext db, IReadOnlyCollection<string> subjects, CancellationToken cancellation)
    {
        var names = subjects.ToArray();
        return db.Entries.AsNoTracking().Where(row => names.Contains(row.Subject)).ToListAsync(cancellation);
    }

    /// <summary>Folds entities anew from their earlier history and what was added to it.</summary>
    internal static async Task FoldAsync(
        NodeContext db, IReadOnlyList<EntryRow> history, IReadOnlyList<EntryRow> added, CancellationToken cancellation)
    {
        if (history.Count > 0)
        {
            var known = history.Select(row => row.Subject).Distinct().ToArray();
            foreach (var table in Tables)
            {
                await table.ForgetAsync(db, known, cancellation);
            }
        }

        await db.InsertAsync(RowsOf(history.Concat(added)), cancellation);
    }

    /// <summary>Drops every projection and makes it again from the entries alone.</summary>
    internal static async Task RebuildAsync(NodeDatabase database, CancellationToken cancellation)
    {
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockEverySubjectAsync(cancellation);
        foreach (var table in Tables)
        {
            await table.ForgetAllAsync(db, cancellation);
        }

        var after = "";
        while (true)
        {
            var names = await db.Entries
                .Where(row => row.Subject.CompareTo(after) > 0)
                .Select(row => row.Subject)
                .Distinct()
                .Order()
                .Take(RebuildPage)
                .ToArrayAsync(cancellation);
            if (names.Length == 0)
            {
                break;
            }

            var rows = await db.Entries.AsNoTracking()
                .Where(row => names.Contains(row.Subject))
                .ToListAsync(cancellation);
            await db.InsertAsync(RowsOf(rows), cancellation);
            after = names[^1];
        }

        await transaction.CommitAsync(cancellation);
    }

    private static IEnumerable<IProjectedRow> RowsOf(IEnumerable<EntryRow> entries) =>
        EntityHistory.RowsOf(entries, _ => true).Where(row => row is not EffectRow);
}
