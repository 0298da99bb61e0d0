using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Api;
using Sameboat.Server.Consignments;
using Sameboat.Server.Requests;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Conservation;

/// <summary><c>GET /api/v1/conservation?outbreak=...</c>: where the quantity chain of an outbreak does not add up.
/// </summary>
internal static class ConservationEndpoints
{
    internal static void MapConservation(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/conservation", AnswerAsync);

    private static async Task<IResult> AnswerAsync(
        string? outbreak, NodeDatabase database, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(outbreak))
        {
            return Problems.Answer(Problems.BadParameter, "outbreak: expected once, with a value.");
        }

        await using var db = database.Open();
        var rounds = db.Rounds.Where(round => round.Outbreak == outbreak).Select(round => round.Subject);
        var consignments = await db.Set<ConsignmentRow>().AsNoTracking()
            .Where(row => row.Outbreak == outbreak)
            .ToListAsync(cancellation);
        var sent = db.Set<ConsignmentRow>().Where(row => row.Outbreak == outbreak).Select(row => row.Subject);
        var rows = new ChainRows(
            await db.Set<RequestLineRow>().AsNoTracking()
                .Where(row => row.Outbreak == outbreak).ToListAsync(cancellation),
            await db.Offers.AsNoTracking().Where(row => row.Outbreak == outbreak).ToListAsync(cancellation),
            await db.PlanLines.AsNoTracking().Where(row => rounds.Contains(row.Round)).ToListAsync(cancellation),
            consignments,
            await db.Set<ConsignmentLineRow>().AsNoTracking()
                .Where(row => sent.Contains(row.Subject)).ToListAsync(cancellation),
            await db.Set<ReceiptLineRow>().AsNoTracking()
                .Where(row => sent.Contains(row.Subject)).ToListAsync(cancellation));
        return Results.Text(
            new JsonObject
            {
                ["findings"] = new JsonArray(
                [
                    .. QuantityChain.Check(rows).Select(finding => new JsonObject
                    {
                        ["allowed"] = finding.Allowed,
                        ["code"] = finding.Code,
                        ["found"] = finding.Found,
                        ["line"] = finding.Line,
                        ["subject"] = finding.Subject,
                    }),
                ]),
                ["lines"] = rows.Lines.Count,
            }.ToJsonString(),
            "application/json");
    }
}
