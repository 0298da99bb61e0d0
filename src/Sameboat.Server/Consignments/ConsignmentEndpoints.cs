using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Consignments;

/// <summary><c>/api/v1/consignments</c>.</summary>
internal static class ConsignmentEndpoints
{
    internal static void MapConsignmentsApi(this IEndpointRouteBuilder routes) =>
        routes.MapResource(new Resource<ConsignmentRow>(
            "consignment",
            "consignments",
            "planned",
            _ => Roles.Logistics,
            new Dictionary<string, Expression<Func<ConsignmentRow, string>>>
            {
                ["member"] = row => row.Member,
                ["outbreak"] = row => row.Outbreak,
                ["state"] = row => row.State,
                ["consignee"] = row => row.Consignee,
                ["destination"] = row => row.Destination,
            }.ToFrozenDictionary(StringComparer.Ordinal),
            row => new JsonObject
            {
                ["subject"] = row.Subject,
                ["member"] = row.Member,
                ["outbreak"] = row.Outbreak,
                ["state"] = row.State,
                ["consignee"] = row.Consignee,
                ["destination"] = row.Destination,
                ["waybill"] = row.Waybill,
                ["expected"] = Days.Written(row.Expected),
                ["promised"] = Days.Written(row.Promised),
                ["arrived"] = Days.Written(row.Arrived),
                ["tracking"] = row.Tracking,
            },
            LinesAsync));

    private static async Task LinesAsync(
        NodeContext db, string subject, JsonObject shown, CancellationToken cancellation)
    {
        var lines = await db.Set<ConsignmentLineRow>().AsNoTracking()
            .Where(line => line.Subject == subject)
            .OrderBy(line => line.Line)
            .ToListAsync(cancellation);
        shown["lines"] = new JsonArray(
        [
            .. lines.Select(line => new JsonObject
            {
                ["damaged"] = line.Damaged,
                ["expires"] = Days.Written(line.Expires),
                ["item"] = line.Item,
                ["line"] = line.Line,
                ["lost"] = line.Lost,
                ["lot"] = line.Lot,
                ["open"] = line.Open,
                ["plan"] = line.Plan,
                ["plan_line"] = line.PlanLine < 0 ? null : line.PlanLine,
                ["packages"] = line.Packages,
                ["grams"] = line.Grams,
                ["quantity"] = line.Quantity,
                ["received"] = line.Received,
                ["returned"] = line.Returned,
                ["unit"] = line.Unit,
            }),
        ]);
        var receipts = await db.Set<ReceiptLineRow>().AsNoTracking()
            .Where(line => line.Subject == subject)
            .OrderBy(line => line.Note).ThenBy(line => line.Line)
            .ToListAsync(cancellation);
        shown["receipts"] = new JsonArray(
        [
            .. receipts.Select(line => new JsonObject
            {
                ["damaged"] = line.Damaged,
                ["line"] = line.Line,
                ["lost"] = line.Lost,
                ["note"] = line.Note,
                ["reason"] = line.Reason,
                ["report"] = line.Report,
                ["received"] = line.Received,
            }),
        ]);
        var legs = await db.Set<LegRow>().AsNoTracking()
            .Where(leg => leg.Subject == subject)
            .OrderBy(leg => leg.Leg)
            .ToListAsync(cancellation);
        shown["legs"] = new JsonArray([.. legs.Select(Written)]);
    }

    /// <summary>A leg as the interface shows it.</summary>
    internal static JsonObject Written(LegRow leg) => new()
    {
        ["came"] = Days.Written(leg.Came),
        ["carrier"] = leg.Carrier,
        ["comes"] = Days.Written(leg.Comes),
        ["from"] = leg.From,
        ["leaves"] = Days.Written(leg.Leaves),
        ["left"] = Days.Written(leg.Left),
        ["leg"] = leg.Leg,
        ["mode"] = leg.Mode,
        ["to"] = leg.To,
    };
}
