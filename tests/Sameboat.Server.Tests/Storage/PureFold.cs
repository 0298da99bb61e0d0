using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Consignments;
using Sameboat.Server.Contributions;
using Sameboat.Server.Deployments;
using Sameboat.Server.Record;
using Sameboat.Server.Refusals;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Storage;
using Sameboat.Server.Workflow;

namespace Sameboat.Server.Tests.Storage;

/// <summary>The state that a set of entries makes, without a database, and the state that a database holds.</summary>
internal static class PureFold
{
    /// <summary>The table name and the values of every row, sorted.</summary>
    internal static List<string> State(IEnumerable<EntryRow> entries, IEnumerable<SealedBodyRow> bodies)
    {
        var rows = entries.ToList();
        var context = new FoldContext();
        context.Show(rows);
        foreach (var body in bodies)
        {
            context.Hold(body);
        }

        return [.. Projections.RowsOf(EntityHistory.Of(rows), context).Select(Written).Order(StringComparer.Ordinal)];
    }

    /// <summary>Entries as rows: positions follow the order given, log by log.</summary>
    internal static List<EntryRow> Rows(IEnumerable<Entry> entries)
    {
        var sizes = new Dictionary<MemberId, long>();
        return
        [
            .. entries.Select(entry =>
            {
                var position = sizes.GetValueOrDefault(entry.Author);
                sizes[entry.Author] = position + 1;
                return new PreparedEntry(entry, entry.ToCanonicalBytes()).ToRow(position, MerkleHash.EmptyTree);
            }),
        ];
    }

    /// <summary>The same of the projected tables, whoever may see their rows.</summary>
    internal static async Task<List<string>> StoredAsync(NodeDatabase database)
    {
        await using var db = database.Open();
        IQueryable<IProjectedRow>[] tables =
        [
            db.Members, db.Outbreaks, db.Situations, db.Assessments, db.NeedLines, db.Offers, db.Rounds, db.PlanLines,
            db.Coverages, db.Certificates, db.Effects, db.Audiences, db.Set<StepRow>(), db.Set<RequestRow>(),
            db.Set<RequestLineRow>(), db.Set<AcceptanceRow>(), db.Set<ConsignmentRow>(), db.Set<ConsignmentLineRow>(),
            db.Set<ReceiptLineRow>(), db.Set<DeploymentRow>(), db.Set<ContributionRow>(),
            db.Set<LegRow>(), db.Set<RefusalRow>(), db.Set<PaymentRow>(),
            db.Set<KeyHoldingRow>(),
        ];
        var rows = new List<string>();
        foreach (var table in tables)
        {
            rows.AddRange((await table.IgnoreQueryFilters().AsNoTracking()
                .ToListAsync(TestContext.Current.CancellationToken)).Select(Written));
        }

        return [.. rows.Order(StringComparer.Ordinal)];
    }

    private static string Written(IProjectedRow row) =>
        row.GetType().Name + JsonSerializer.Serialize(row, row.GetType());
}
