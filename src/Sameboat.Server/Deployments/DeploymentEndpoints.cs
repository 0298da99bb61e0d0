using System.Collections.Frozen;
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
            new Dictionary<string, Func<IQueryable<DeploymentRow>, string, IQueryable<DeploymentRow>>>
            {
                ["member"] = (rows, value) => rows.Where(row => row.Member == value),
                ["outbreak"] = (rows, value) => rows.Where(row => row.Outbreak == value),
                ["state"] = (rows, value) => rows.Where(row => row.State == value),
                ["sender"] = (rows, value) => rows.Where(row => row.Sender == value),
                ["place"] = (rows, value) => rows.Where(row => row.Place == value),
                ["team"] = (rows, value) => rows.Where(row => row.Team == value),
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
            },
            Detail: null));
}
