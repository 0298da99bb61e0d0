using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Web;

namespace Sameboat.Server.Situation;

/// <summary>The pages of the places.</summary>
internal static class SituationEndpoints
{
    internal static void MapSituation(this IEndpointRouteBuilder routes)
    {
        routes.MapPage("/places", (culture, http, pages) =>
            pages.ShowAsync<PlacesPage, PlacesView>(http, culture, "places", PlacesView.ReadAsync));
        routes.MapPage("/places/{place}", (culture, http, pages) =>
        {
            var place = http.PathPart("place");
            return pages.ShowAsync<PlacePage, PlaceView>(
                http, culture, $"places/{place}", (db, cancellation) => PlaceView.ReadAsync(db, place, cancellation));
        });
    }
}
