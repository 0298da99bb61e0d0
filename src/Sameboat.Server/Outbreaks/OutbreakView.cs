using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Needs;
using Sameboat.Server.Record;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;
using Sameboat.Server.Situation;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Outbreaks;

/// <summary>One outbreak from its curve to what has arrived.</summary>
internal sealed record OutbreakView(
    OutbreakRow Outbreak,
    ImmutableArray<ReportedWeek> Weeks,
    ImmutableArray<PlaceSummary> Places,
    ImmutableArray<ItemSummary> Items,
    ImmutableArray<RequestSummary> Requests,
    ImmutableArray<(string State, int Count)> Offers,
    ImmutableArray<RoundRow> Rounds,
    ImmutableArray<ConsignmentSummary> Consignments,
    ChainLedger Ledger,
    ImmutableArray<ChronicleLine> Chronicle,
    MemberNames Names)
{
    /// <summary>Rows in each of the page's lists.</summary>
    internal const int RowsMax = 10;

    private const int ChronicleMax = 40;

    /// <summary>The outbreak of a subject, or null.</summary>
    internal static async Task<OutbreakView?> ReadAsync(
        NodeContext db, string subject, CancellationToken cancellation)
    {
        if (await db.Outbreaks.AsNoTracking().FirstOrDefaultAsync(row => row.Subject == subject, cancellation)
            is not { } outbreak)
        {
            return null;
        }

        var round = await CurrentOutbreak.RoundAsync(db, outbreak, cancellation);
        var now = await db.NowAsync(subject, cancellation);
        var ledger = now.Chain.Ledger;
        return new OutbreakView(
            outbreak,
            now.Weeks,
            await PlaceSummaries.ReadAsync(db, outbreak, round?.Subject, cancellation),
            await ItemSummaries.ReadAsync(db, outbreak, round?.Subject, cancellation),
            now.Chain.Requests,
            [.. ledger.Offers.CountBy(offer => offer.State).OrderByDescending(one => one.Value)
                .ThenBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value))],
            [.. await db.Rounds.AsNoTracking().Where(row => row.Outbreak == subject)
                .OrderByDescending(row => row.AsOf).ToListAsync(cancellation)],
            now.Chain.Consignments,
            ledger,
            Record.Chronicle.Of(
                await db.RecentAsync(cancellation), Record.Chronicle.OfOutbreak(subject, ledger), ChronicleMax),
            await MemberNames.ReadAsync(db, cancellation));
    }
}
