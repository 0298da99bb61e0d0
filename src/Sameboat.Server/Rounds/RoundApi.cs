using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary><c>/api/v1/rounds</c>.</summary>
internal static class RoundApi
{
    internal static void MapRoundsApi(this IEndpointRouteBuilder routes) =>
        routes.MapResource(new Resource<RoundRow>(
            "round",
            "rounds",
            "opened",
            _ => Roles.Publisher,
            new Dictionary<string, Expression<Func<RoundRow, string>>>
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
                ["as_of"] = Days.Written(row.AsOf),
                ["weeks"] = row.Weeks,
                ["seed"] = row.Seed,
                ["inputs"] = row.Inputs,
                ["answer_by"] = Days.Written(row.AnswerBy),
            },
            async (db, subject, shown, cancellation) =>
            {
                var difference = await SettlementCheck.OfAsync(db, subject, cancellation);
                shown["settlement"] = difference is null ? null : new JsonObject
                {
                    ["follows"] = difference.Length == 0,
                    ["difference"] = difference.Length == 0 ? null : difference,
                };
            }));
}
