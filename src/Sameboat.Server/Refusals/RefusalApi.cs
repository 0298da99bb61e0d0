using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;

namespace Sameboat.Server.Refusals;

/// <summary><c>/api/v1/refusals</c>: the "do not send" lists.</summary>
internal static class RefusalApi
{
    internal static void MapRefusalsApi(this IEndpointRouteBuilder routes) =>
        routes.MapResource(new Resource<RefusalRow>(
            "refusal",
            "refusals",
            "listed",
            _ => Roles.Requester | Roles.Logistics | Roles.Publisher,
            new Dictionary<string, Expression<Func<RefusalRow, string>>>
            {
                ["member"] = row => row.Member,
                ["outbreak"] = row => row.Outbreak,
                ["place"] = row => row.Place,
                ["item"] = row => row.Item,
                ["category"] = row => row.Category,
                ["state"] = row => row.State,
            }.ToFrozenDictionary(StringComparer.Ordinal),
            row => new JsonObject
            {
                ["subject"] = row.Subject,
                ["member"] = row.Member,
                ["outbreak"] = row.Outbreak,
                ["place"] = row.Place,
                ["item"] = row.Item,
                ["category"] = row.Category,
                ["reason"] = row.Reason,
                ["state"] = row.State,
            },
            Detail: null));
}
