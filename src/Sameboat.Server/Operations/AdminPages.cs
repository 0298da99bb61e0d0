using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Accounts;
using Sameboat.Server.Accounts.Pages;
using Sameboat.Server.Operations.Pages;
using Sameboat.Server.Web;

namespace Sameboat.Server.Operations;

/// <summary>The page by which administrators see how the node fares, and what that needs.</summary>
internal static class AdminPages
{
    internal const string Path = "/admin";

    /// <summary>Adds what the operation of a node needs.</summary>
    internal static void AddOperations(this IServiceCollection services, NodeOptions options)
    {
        services.AddSingleton<NodeHealth>();
        services.AddSingleton<NodeCounters>();
        services.AddSingleton<AdminDesk>();
        services.AddTelemetry(options);
    }

    /// <summary>Maps health and the page.</summary>
    internal static void MapOperations(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();

        // Counts from the first request on, not from the first refusal.
        routes.ServiceProvider.GetRequiredService<NodeCounters>();
        var signedIn = routes.ServiceProvider.GetRequiredService<SignedIn>();
        var desk = routes.ServiceProvider.GetRequiredService<AdminDesk>();
        routes.MapPage(Path, async (culture, http, pages) => await signedIn.AccountAsync(http) switch
        {
            null => AccountPages.ToSignIn(culture, Path),
            { } account when AccountPages.IsAdministrator(account) => await pages.ShowPersonalAsync<AdminPage>(
                http, culture, await desk.ReadAsync(http.RequestAborted)),
            _ => await pages.ShowPersonalAsync<NotTakenPage>(
                http, culture, new object(), StatusCodes.Status403Forbidden),
        });
    }
}
