using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Sameboat.Server.Web;

namespace Sameboat.Server.World;

/// <summary>The first page.</summary>
internal static class WorldEndpoints
{
    internal static void MapWorld(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (HttpContext http) =>
        {
            http.Response.Headers.Vary = HeaderNames.AcceptLanguage;
            return TypedResults.Redirect($"/{ReaderCulture.Of(http.Request)}");
        });
        routes.MapPage("", (culture, http, pages) =>
            pages.ShowAsync<WorldPage, WorldView>(http, culture, "world", WorldView.ReadAsync));
    }
}
