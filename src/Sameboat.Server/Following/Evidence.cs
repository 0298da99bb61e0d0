using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Following;

/// <summary>
/// Shows the logs that contradict themselves. <c>GET /api/v1/evidence</c> answers with a list of
/// <c>{"at":time,"code":code,"found":signed note,"held":signed note,"key":verifier key,"member":member}</c>, in the
/// order of member and size; anyone checks both signatures offline.
/// </summary>
internal static class Evidence
{
    internal static void MapEvidence(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/evidence", AnswerAsync);

    /// <summary>All of it, in the order of member and size.</summary>
    internal static async Task<ImmutableArray<LogEvidenceRow>> ReadAsync(
        NodeContext db, CancellationToken cancellation) =>
    [
        .. await db.LogEvidence.AsNoTracking()
            .OrderBy(row => row.Member).ThenBy(row => row.Size).ThenBy(row => row.Root)
            .ToListAsync(cancellation),
    ];

    private static async Task<IResult> AnswerAsync(
        NodeDatabase database, HttpResponse response, CancellationToken cancellation)
    {
        await using var db = database.Open();
        response.Headers.CacheControl = "no-cache";
        response.Headers.AccessControlAllowOrigin = "*";
        return TypedResults.Text(
            new JsonArray(
            [
                .. (await ReadAsync(db, cancellation)).Select(row => new JsonObject
                {
                    ["at"] = new HybridTime(row.At).ToString(),
                    ["code"] = row.Code,
                    ["found"] = row.Found,
                    ["held"] = row.Held,
                    ["key"] = row.VerifierKey,
                    ["member"] = row.Member,
                }),
            ]).ToJsonString(),
            "application/json");
    }
}
