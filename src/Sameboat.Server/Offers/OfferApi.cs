using System.Collections.Frozen;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Accounts;
using Sameboat.Server.Api;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Offers;

/// <summary><c>/api/v1/offers</c>.</summary>
internal static class OfferApi
{
    internal static void MapOffersApi(this IEndpointRouteBuilder routes) =>
        routes.MapResource(new Resource<OfferRow>(
            "offer",
            "offers",
            "published",
            _ => Roles.Donor,
            new Dictionary<string, Func<IQueryable<OfferRow>, string, IQueryable<OfferRow>>>
            {
                ["member"] = (rows, value) => rows.Where(row => row.Member == value),
                ["outbreak"] = (rows, value) => rows.Where(row => row.Outbreak == value),
                ["state"] = (rows, value) => rows.Where(row => row.State == value),
                ["item"] = (rows, value) => rows.Where(row => row.Item == value),
                ["kind"] = (rows, value) => rows.Where(row => row.Kind == value),
            }.ToFrozenDictionary(StringComparer.Ordinal),
            row => new JsonObject
            {
                ["subject"] = row.Subject,
                ["member"] = row.Member,
                ["outbreak"] = row.Outbreak,
                ["state"] = row.State,
                ["kind"] = row.Kind,
                ["lot"] = row.Lot,
                ["item"] = row.Item,
                ["unit"] = row.Unit,
                ["quantity"] = row.Quantity,
                ["pack"] = row.Pack,
                ["origin"] = row.Origin,
                ["available"] = Days.Written(row.Available),
                ["expires"] = Days.Written(row.Expires),
                ["cold_chain"] = row.ColdChain,
                ["only_for"] = row.OnlyFor,
            },
            Detail: null));
}
