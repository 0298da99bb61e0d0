using System.Collections.Frozen;
using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Deployments;

/// <summary><c>/api/v1/deployments</c>.</summary>
internal static class DeploymentEndpoints
{
    internal static void MapDeploymentsApi(this IEndpointRouteBuilder routes) =>
        routes.MapResource(new Resource<DeploymentRow>(
            "deployment",
            "deployments",
            "requested",
            _ => Roles.Requester | Roles.Donor | Roles.Logistics,
            new Dictionary<string, Expression<Func<DeploymentRow, string>>>
            {
                ["member"] = row => row.Member,
                ["outbreak"] = row => row.Outbreak,
                ["state"] = row => row.State,
                ["sender"] = row => row.Sender,
                ["place"] = row => row.Place,
                ["team"] = row => row.Team,
            }.ToFrozenDictionary(StringComparer.Ordinal),
            row => new JsonObject
            {
                ["subject"] = row.Subject,
                ["member"] = row.Member,
                ["outbreak"] = row.Outbreak,
                ["state"] = row.State,
                ["sender"] = row.Sender,
                ["place"] = row.Place,
                ["team"] = row.Team,
                ["languages"] = row.Languages,
                ["skills"] = row.Skills,
                ["people"] = row.People,
                ["begins"] = Days.Written(row.Begins),
                ["ends"] = Days.Written(row.Ends),
                ["rating"] = row.Rating,
            },
            Detail: null));
}
