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

namespace Sameboat.Server.Situation;

/// <summary>
/// <c>/api/v1/situations</c>: reports, each with all its revisions, and the sources of one place side by side.
/// </summary>
internal static class SituationApi
{
    internal static void MapSituationsApi(this IEndpointRouteBuilder routes)
    {
        routes.MapResource(new Resource<SituationRow>(
            "situation",
            "situations",
            "published",
            _ => Roles.Reporter | Roles.Publisher,
            new Dictionary<string, Expression<Func<SituationRow, string>>>
            {
                ["member"] = row => row.Member,
                ["outbreak"] = row => row.Outbreak,
                ["place"] = row => row.Place,
                ["source"] = row => row.Source,
            }.ToFrozenDictionary(StringComparer.Ordinal),
            Written,
            RevisionsAsync));
        routes.MapGet("/api/v1/sources", SourcesAsync).WithTags("situations");
    }

    private static JsonObject Written(SituationRow row) => new()
    {
        ["subject"] = row.Subject,
        ["member"] = row.Member,
        ["outbreak"] = row.Outbreak,
        ["place"] = row.Place,
        ["source"] = row.Source,
        ["official"] = row.Official,
        ["preliminary"] = row.Preliminary,
        ["first"] = Days.Written(row.First),
        ["cases"] = row.Cases,
        ["deaths"] = row.Deaths,
        ["cumulative_cases"] = row.CumulativeCases,
        ["cumulative_deaths"] = row.CumulativeDeaths,
    };

    // Every statement of the report as it was said, the last one first to count.
    private static async Task RevisionsAsync(
        NodeContext db, string subject, JsonObject shown, CancellationToken cancellation)
    {
        var entries = await db.Entries.AsNoTracking()
            .Where(row => row.Subject == subject)
            .OrderBy(row => row.At).ThenBy(row => row.AtCounter)
            .ToListAsync(cancellation);
        var idle = await db.Effects.AsNoTracking()
            .Where(effect => effect.Subject == subject)
            .ToDictionaryAsync(effect => effect.Entry, effect => effect.Reason, cancellation);
        shown["revisions"] = new JsonArray(
        [
            .. entries.Where(row => !SealedBody.IsSealed(row.ToEntry().Body)).Select(row => new JsonObject
            {
                ["at"] = new HybridTime(row.At).Instant.ToString("O", CultureInfo.InvariantCulture),
                ["body"] = row.ToEntry().Body.DeepClone(),
                ["entry"] = row.Id.ToString(),
                ["without_effect"] = idle.GetValueOrDefault(row.Id),
            }),
        ]);
    }

    private static async Task<IResult> SourcesAsync(
        string? outbreak, string? place, NodeDatabase database, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(outbreak) || !TerritoryCode.TryParse(place, out var code))
        {
            return Problems.Answer(
                Problems.BadParameter, "outbreak, place: expected once each, place as ISO 3166-1 alpha-3.");
        }

        var where = code.ToString();
        await using var db = database.Open();
        var reports = await db.Situations.AsNoTracking()
            .Where(row => row.Outbreak == outbreak && row.Place == where)
            .ToListAsync(cancellation);
        var answering = await db.Members.AsNoTracking()
            .Where(member => member.Territory == where)
            .Select(member => member.Member)
            .ToListAsync(cancellation);
        return Results.Text(
            new JsonObject
            {
                ["outbreak"] = outbreak,
                ["place"] = where,
                ["sources"] = new JsonArray(
                [
                    .. SourceComparison.Of(reports, answering).Select(source => new JsonObject
                    {
                        ["cases"] = source.Cases,
                        ["deaths"] = source.Deaths,
                        ["first"] = Days.Written(source.First),
                        ["flags"] = new JsonArray(
                        [
                            .. source.Flags.Select(flag => new JsonObject
                            {
                                ["code"] = flag.Code,
                                ["cumulative"] = flag.Cumulative,
                                ["new"] = flag.New,
                                ["subject"] = flag.Subject,
                            }),
                        ]),
                        ["last"] = Days.Written(source.Last),
                        ["member"] = source.Member,
                        ["official"] = source.IsOfficial,
                        ["reports"] = source.Reports,
                        ["source"] = source.Source,
                    }),
                ]),
            }.ToJsonString(),
            "application/json");
    }
}
