using System.Collections.Immutable;
using Sameboat.Server.Conservation;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;
using Sameboat.Server.Web;

namespace Sameboat.Server.Consignments;

/// <summary>A consignment at a glance.</summary>
/// <param name="Row">The consignment.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Dispatched">Day number on which it left, or null.</param>
/// <param name="Arrived">Day number on which it arrived, or null.</param>
/// <param name="IsOverdue">True when it is under way and the day that was said has passed.</param>
internal sealed record ConsignmentSummary(
    ConsignmentRow Row, ImmutableArray<ConsignmentLineRow> Lines, int? Dispatched, int? Arrived, bool IsOverdue)
{
    private static readonly string[] UnderWay =
    [
        nameof(ConsignmentState.Dispatched), nameof(ConsignmentState.InTransit), nameof(ConsignmentState.CustomsHold),
    ];

    /// <summary>True between dispatch and arrival.</summary>
    internal bool IsUnderWay => UnderWay.Contains(Row.State);

    /// <summary>One summary a consignment, in the order of the subject. Pure.</summary>
    internal static ImmutableArray<ConsignmentSummary> Of(ChainLedger ledger)
    {
        var lines = ledger.LinesOf;
        var today = ledger.LastDay;
        return
        [
            .. ledger.Consignments.Select(row => new ConsignmentSummary(
                row,
                [.. lines[row.Subject]],
                ledger.DayOfStep(row.Subject, "dispatched"),
                ledger.DayOfStep(row.Subject, "arrived"),
                UnderWay.Contains(row.State) && row.Expected < today)),
        ];
    }
}

/// <summary>Every consignment of the outbreak declared last.</summary>
internal sealed record ConsignmentsView(
    OutbreakRow Outbreak, ImmutableArray<ConsignmentSummary> Consignments, int? AsOf, MemberNames Members)
{
    internal static async Task<ConsignmentsView?> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        if (await CurrentOutbreak.ReadAsync(db, cancellation) is not { } outbreak)
        {
            return null;
        }

        var now = await db.NowAsync(outbreak.Subject, cancellation);
        return new ConsignmentsView(
            outbreak, now.Chain.Consignments, now.Chain.Ledger.LastDay, await MemberNames.ReadAsync(db, cancellation));
    }
}
