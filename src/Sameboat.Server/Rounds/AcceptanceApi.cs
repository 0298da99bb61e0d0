using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Rounds;

/// <summary>
/// <c>/api/v1/acceptances</c>. The body says <c>"answer":"given"</c>, which is meant where it says nothing, or
/// <c>"declined"</c> with a reason.
/// </summary>
internal static class AcceptanceApi
{
    internal static void MapAcceptancesApi(this IEndpointRouteBuilder routes) =>
        routes.MapResource(new Resource<AcceptanceRow>(
            "acceptance",
            "acceptances",
            "given",
            _ => Roles.Publisher,
            new Dictionary<string, Expression<Func<AcceptanceRow, string>>>
            {
                ["member"] = row => row.Member,
                ["plan"] = row => row.Plan,
                ["state"] = row => row.State,
            }.ToFrozenDictionary(StringComparer.Ordinal),
            row => new JsonObject
            {
                ["subject"] = row.Subject,
                ["member"] = row.Member,
                ["plan"] = row.Plan,
                ["line"] = row.Line,
                ["state"] = row.State,
            },
            Detail: null)
        {
            OpensBy = Verb,
        });

    private static string? Verb(JsonObject body)
    {
        var verb = body["answer"] is null ? "given" : body.Text("answer");
        body.Remove("answer");
        return verb is "given" or "declined" ? verb : null;
    }
}
