using System.Collections.Frozen;
using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Members;

/// <summary><c>/api/v1/members</c> with the standing of each, and <c>/api/v1/endorsements</c>.</summary>
internal static class MemberEndpoints
{
    internal static void MapMembersApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/members", ListAsync).WithTags("members");
        routes.MapMemberActs();
        routes.MapResource(new Resource<EndorsementRow>(
            "endorsement",
            "endorsements",
            "given",
            _ => Roles.Publisher,
            new Dictionary<string, Expression<Func<EndorsementRow, string>>>
            {
                ["for"] = row => row.For,
                ["member"] = row => row.Member,
                ["state"] = row => row.State,
            }.ToFrozenDictionary(StringComparer.Ordinal),
            row => new JsonObject
            {
                ["subject"] = row.Subject,
                ["member"] = row.Member,
                ["for"] = row.For,
                ["territory"] = row.Territory,
                ["state"] = row.State,
            },
            Detail: null));
    }

    private static async Task<IResult> ListAsync(
        HttpContext http, NodeDatabase database, NodeOptions options, CancellationToken cancellation)
    {
        await using var db = database.Open();
        var members = await db.Members.AsNoTracking()
            .OrderBy(row => row.Member)
            .ToListAsync(cancellation);
        var (admitted, endorsements) = await Standing.ReadAsync(db, options.Founders, cancellation);
        var claims = members.Where(row => row.Territory.Length > 0).ToLookup(row => row.Territory);
        var holders = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var claim in claims)
        {
            holders[claim.Key] = claim.Skip(1).Any()
                ? Admission.Holder(
                    claim.Key, await ClaimsAsync(db, [.. claim], cancellation), admitted, endorsements)
                : claim.First().Member;
        }

        http.Response.Headers.CacheControl = "no-cache";
        return Results.Text(
            new JsonObject
            {
                ["admitted"] = members.Count(row => admitted.Contains(row.Member)),
                ["items"] = new JsonArray(
                [
                    .. members.Select(row => new JsonObject
                    {
                        ["member"] = row.Member,
                        ["kind"] = row.Kind,
                        ["name"] = row.Name,
                        ["standing"] = row.Left > 0 ? "left"
                            : admitted.Contains(row.Member) ? "admitted" : "introduced",
                        ["left"] = row.Left > 0
                            ? new HybridTime(row.Left).Instant.ToString("O", CultureInfo.InvariantCulture)
                            : null,
                        ["territory"] = row.Territory,
                        ["claim"] = row.Territory.Length == 0 ? "none"
                            : holders[row.Territory] != row.Member ? "without-effect"
                            : claims[row.Territory].Skip(1).Any() ? "contested" : "holds",
                        ["endorsed_by"] = new JsonArray(
                        [
                            .. endorsements
                                .Where(one => one.For == row.Member && one.Territory.Length == 0
                                    && one.Withdrawn == 0 && admitted.Contains(one.Member))
                                .Select(one => one.Member).Distinct().Order(StringComparer.Ordinal)
                                .Select(member => JsonValue.Create(member)),
                        ]),
                        ["exercise"] = row.Exercise,
                    }),
                ]),
            }.ToJsonString(),
            "application/json");
    }

    // A claim dates from the first statement that makes it and is not followed by another claim.
    private static async Task<List<TerritoryClaim>> ClaimsAsync(
        NodeContext db, IReadOnlyCollection<MemberRow> members, CancellationToken cancellation)
    {
        var subjects = members.Select(row => row.Subject).ToArray();
        var rows = await db.Entries.AsNoTracking()
            .Where(row => subjects.Contains(row.Subject) && row.Kind == MemberFold.Kind)
            .OrderBy(row => row.At).ThenBy(row => row.AtCounter).ThenBy(row => row.Position)
            .ToListAsync(cancellation);
        return
        [
            .. members.Select(member => new TerritoryClaim(
                member.Member,
                rows.Where(row => row.Subject == member.Subject && row.Member == member.Member)
                    .Reverse()
                    .TakeWhile(row => Entry.TryParse(row.Bytes, out var entry, out _)
                        && (entry.Body.Place("territory")?.ToString() ?? "") == member.Territory)
                    .Select(row => row.At)
                    .DefaultIfEmpty(long.MaxValue)
                    .Last())),
        ];
    }
}
