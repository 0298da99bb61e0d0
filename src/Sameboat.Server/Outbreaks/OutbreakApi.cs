using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Outbreaks;

/// <summary><c>/api/v1/outbreaks</c>.</summary>
internal static class OutbreakApi
{
    internal static void MapOutbreaksApi(this IEndpointRouteBuilder routes) =>
        routes.MapResource(new Resource<OutbreakRow>(
            "outbreak",
            "outbreaks",
            "declared",
            _ => Roles.Publisher,
            new Dictionary<string, Expression<Func<OutbreakRow, string>>>
            {
                ["member"] = row => row.Member,
                ["pack"] = row => row.Pack,
            }.ToFrozenDictionary(StringComparer.Ordinal),
            row => new JsonObject
            {
                ["subject"] = row.Subject,
                ["member"] = row.Member,
                ["name"] = row.Name,
                ["pack"] = row.Pack,
                ["declared"] = Days.Written(row.Declared),
                ["exercise"] = row.Exercise,
            },
            Detail: null));
}
