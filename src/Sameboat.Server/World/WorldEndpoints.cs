using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Server.Web;

namespace Sameboat.Server.World;

/// <summary>The first page.</summary>
internal static class WorldEndpoints
{
    internal static void MapWorld(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", () => TypedResults.Redirect($"/{Words.DefaultCulture}"));
        routes.MapGet("/{culture}", (string culture, HttpContext http, PageRenderer pages) =>
            pages.ShowAsync<WorldPage, WorldView>(http, culture, "world", WorldView.ReadAsync));
    }
}
