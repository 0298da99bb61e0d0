using System.Collections.Frozen;
using System.Linq.Expressions;
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
            new Dictionary<string, Expression<Func<OfferRow, string>>>
            {
                ["member"] = row => row.Member,
                ["outbreak"] = row => row.Outbreak,
                ["state"] = row => row.State,
                ["item"] = row => row.Item,
                ["kind"] = row => row.Kind,
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
