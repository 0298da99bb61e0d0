using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Web;

namespace Sameboat.Server.Offers;

/// <summary>The page of the offers.</summary>
internal static class OfferEndpoints
{
    internal static void MapOffers(this IEndpointRouteBuilder routes) =>
        routes.MapPage("/offers", (culture, http, pages) =>
            pages.ShowAsync<OffersPage, OffersView>(http, culture, "offers", OffersView.ReadAsync));
}
