using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Following;
using Sameboat.Server.Members;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Record;
using Sameboat.Server.Record.Folding;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;

namespace Sameboat.Server.Storage;

/// <summary>
/// The tables that entries make. An entity's rows are a function of the set of entries, taken in the order of (at,
/// author, position): when an entry comes late its entity is folded anew, and so is every entity with an entry that
/// waited for what has come, so that the order of arrival never shows.
/// </summary>
internal static class Projections
{
    private static readonly ImmutableArray<ProjectionTable> Tables =
    [
        ProjectionTable.Of<MemberRow>("member"),
        ProjectionTable.Of<OutbreakRow>("outbreak"),
        ProjectionTable.Of<SituationRow>("situation"),
        ProjectionTable.Of<AssessmentRow>("assessment"),
        ProjectionTable.Of<NeedLineRow>("need"),
        ProjectionTable.Of<OfferRow>("offer"),
        ProjectionTable.Of<RoundRow>("round"),
        ProjectionTable.Of<PlanLineRow>("plan"),
        ProjectionTable.Of<CoverageRow>("plan"),
        ProjectionTable.Of<CertificateRow>("certificate"),
        ProjectionTable.Of<KeyHoldingRow>("key"),
        .. ChainTables.Projected,
        ProjectionTable.Of<EffectRow>(""),
        ProjectionTable.Of<AudienceRow>(""),
    ];

    /// <summary>The entries stored so far that speak of these entities.</summary>
    internal static Task<List<EntryRow>> HistoryAsync(
        NodeContext db, IReadOnlyCollection<string> subjects, CancellationToken cancellation)
    {
        var names = subjects.ToArray();
        return db.Entries.AsNoTracking().Where(row => names.Contains(row.Subject)).ToListAsync(cancellation);
    }

    /// <summary>
    /// Folds entities anew from their earlier history and what was added to it, and with them the entities that waited
    /// for what was added. The added entries are in the table already; the subjects are locked.
    /// </summary>
    internal static async Task FoldAsync(
        NodeContext db, IReadOnlyList<EntryRow> history, IReadOnlyList<EntryRow> added, CancellationToken cancellation)
    {
        var touched = history.Concat(added).Select(row => row.Subject).ToHashSet(StringComparer.Ordinal);
        var dependents = await DependentsAsync(db, history, added, touched, cancellation);
        var known = history.Select(row => row.Subject).Concat(dependents).ToHashSet(StringComparer.Ordinal);
        var waited = dependents.Length == 0 ? [] : await HistoryAsync(db, dependents, cancellation);
        await WriteAsync(db, known, EntityHistory.Of([.. history, .. added, .. waited]), cancellation);
    }

    /// <summary>Folds entities anew whose entries are as they were, since a sealed body has come.</summary>
    internal static async Task RefoldAsync(NodeContext db, string[] subjects, CancellationToken cancellation)
    {
        await db.LockSubjectsAsync(subjects, cancellation);
        var history = await HistoryAsync(db, subjects, cancellation);
        await WriteAsync(db, subjects, EntityHistory.Of(history), cancellation);
    }

    /// <summary>Drops every projection and makes it again from the entries alone. Readers see the old or the new state.
    /// </summary>
    internal static async Task RebuildAsync(NodeDatabase database, CancellationToken cancellation)
    {
        using var turn = await database.TakeTurnAsync(cancellation);
        await using var db = database.Open();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockEverySubjectAsync(cancellation);
        await db.ForgetAllAsync(Tables, cancellation);
        await RecordFolding.WriteAsync(database, db, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>The rows of these entities.</summary>
    internal static IEnumerable<IProjectedRow> RowsOf(IEnumerable<EntityHistory> entities, FoldContext context) =>
        entities.SelectMany(entity => entity.Rows(context));

    private static async Task WriteAsync(
        NodeContext db, IReadOnlyCollection<string> known, ImmutableArray<EntityHistory> entities,
        CancellationToken cancellation)
    {
        var context = new FoldContext();
        await context.LoadAsync(db, entities, cancellation);
        string[] lookedInto = [.. context.LookedInto];
        string[] unseen = [.. context.Unseen.Union(lookedInto, StringComparer.Ordinal)];
        if (unseen.Length > 0)
        {
            await db.LockUnseenAsync(unseen, cancellation);
            await context.LookAsync(db, context.Unseen, cancellation);
            await context.LookIntoAsync(db, lookedInto, cancellation);
        }

        foreach (var table in known.Count > 0 ? Tables : [])
        {
            await table.ForgetAsync(db, known, cancellation);
        }

        foreach (var erased in entities.SelectMany(entity => entity.Erased(context)).GroupBy(one => one.Member))
        {
            var ids = erased.Select(one => one.Entry).ToArray();
            await db.SealedBodies
                .Where(body => body.Member == erased.Key && ids.Contains(body.Entry))
                .ExecuteDeleteAsync(cancellation);
        }

        await db.InsertAsync(RowsOf(entities, context), cancellation);
    }

    // Entities beside the touched ones that wait for one that the added entries are the first to show, or that hold a
    // body which they erase.
    private static async Task<string[]> DependentsAsync(
        NodeContext db, IReadOnlyList<EntryRow> history, IReadOnlyList<EntryRow> added, HashSet<string> touched,
        CancellationToken cancellation)
    {
        var shown = Shown(added).Except(Shown(history), StringComparer.Ordinal).ToArray();
        string[] changed =
            [.. added.Select(row => row.Subject).Where(RecordKinds.IsLookedInto).Distinct(StringComparer.Ordinal)];
        if (shown.Length == 0 && changed.Length == 0)
        {
            return [];
        }

        var waiting = await WaitingAsync(db, [.. shown.Union(changed, StringComparer.Ordinal)], cancellation);
        changed = [.. changed.Union(waiting.Where(RecordKinds.IsLookedInto), StringComparer.Ordinal)];
        if (changed.Length > 0)
        {
            waiting.AddRange(await WaitingAsync(db, changed, cancellation));
            waiting.AddRange(await AcceptanceStanding.JudgedByAsync(db, changed, cancellation));
        }

        var erased = shown.Select(ErasureFold.EntryOf).OfType<EntityId>().Select(id => id.Value).ToArray();
        if (erased.Length > 0)
        {
            waiting.AddRange(await db.Entries
                .Where(row => erased.Contains(row.Id) && row.Subject != EntryPlacing.NoSubject)
                .Select(row => row.Subject)
                .ToListAsync(cancellation));
        }

        string[] dependents = [.. waiting.Where(subject => !touched.Contains(subject)).Distinct()];
        if (dependents.Length > 0)
        {
            await db.LockSubjectsAsync(dependents, cancellation);
        }

        return dependents;
    }

    private static Task<List<string>> WaitingAsync(
        NodeContext db, string[] awaited, CancellationToken cancellation) =>
        db.Effects
            .Where(effect => effect.Awaits != "" && awaited.Contains(effect.Awaits))
            .Select(effect => effect.Subject)
            .Distinct()
            .ToListAsync(cancellation);

    private static IEnumerable<string> Shown(IEnumerable<EntryRow> rows) => rows
        .Where(row => EntityFolding.Shows(row.Subject, row.Member, row.Kind))
        .Select(row => row.Subject)
        .Distinct(StringComparer.Ordinal);
}
