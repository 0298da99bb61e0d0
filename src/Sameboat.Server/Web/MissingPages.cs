using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sameboat.Server.Web;

/// <summary>The page for an address below a language at which nothing answers.</summary>
internal static class MissingPages
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps it behind every other page.</summary>
    internal static void MapMissingPages(this IEndpointRouteBuilder routes)
    {
        foreach (var culture in Words.Cultures)
        {
            routes.MapMethods($"/{culture}/{{**rest}}", Reading, (HttpContext http, PageRenderer pages) =>
                pages.ShowPersonalAsync<NotFoundPage>(
                    http, culture, new object(), StatusCodes.Status404NotFound)).WithOrder(int.MaxValue);
        }
    }
}
