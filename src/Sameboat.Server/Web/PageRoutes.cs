using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sameboat.Server.Web;

/// <summary>How a page is reached: the culture first, then what it is about.</summary>
internal static class PageRoutes
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps a page below every culture.</summary>
    internal static void MapPage(
        this IEndpointRouteBuilder routes, string path, Func<string, HttpContext, PageRenderer, Task<IResult>> show) =>
        routes.MapMethods("/{culture:maxlength(8)}" + path, Reading,
            (string culture, HttpContext http, PageRenderer pages) => show(culture, http, pages));

    /// <summary>A part of the path by its name in the route; empty where the route has none.</summary>
    internal static string PathPart(this HttpContext http, string name) =>
        http.Request.RouteValues[name] as string ?? "";
}
