using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Requests;

/// <summary><c>/api/v1/requests</c>.</summary>
internal static class RequestEndpoints
{
    internal static void MapRequestsApi(this IEndpointRouteBuilder routes) =>
        routes.MapResource(new Resource<RequestRow>(
            "request",
            "requests",
            "submitted",
            verb => verb is "submitted" or "extended" or "returned" or "withdrawn"
                ? Roles.Requester | Roles.Publisher
                : Roles.Publisher,
            new Dictionary<string, Expression<Func<RequestRow, string>>>
            {
                ["member"] = row => row.Member,
                ["outbreak"] = row => row.Outbreak,
                ["state"] = row => row.State,
            }.ToFrozenDictionary(StringComparer.Ordinal),
            row => new JsonObject
            {
                ["subject"] = row.Subject,
                ["member"] = row.Member,
                ["outbreak"] = row.Outbreak,
                ["state"] = row.State,
            },
            LinesAsync));

    private static async Task LinesAsync(
        NodeContext db, string subject, JsonObject shown, CancellationToken cancellation)
    {
        var lines = await db.Set<RequestLineRow>().AsNoTracking()
            .Where(line => line.Subject == subject)
            .OrderBy(line => line.Line)
            .ToListAsync(cancellation);
        var request = await db.Set<RequestRow>().AsNoTracking().FirstAsync(row => row.Subject == subject, cancellation);
        shown["parts"] = request.Parts;
        shown["parts_here"] = request.PartsHere;
        shown["lines"] = new JsonArray(
        [
            .. lines.Select(line => new JsonObject
            {
                ["item"] = line.Item,
                ["line"] = line.Line,
                ["need"] = line.Need,
                ["needed_by"] = Days.Written(line.NeededBy),
                ["place"] = line.Place,
                ["quantity"] = line.Quantity,
                ["unit"] = line.Unit,
            }),
        ]);
    }
}
