using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Web;

namespace Sameboat.Server.Accounts.Providers;

/// <summary>Signing in by the provider of a member: services and addresses.</summary>
internal static class ProviderEndpoints
{
    internal static void AddProviders(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton(_ => new ProviderSecrets(dataFolder));
        services.AddSingleton<ProviderClient>();
        services.AddSingleton<ProviderDesk>();
        services.AddSingleton<ProviderSignIn>();
        services.AddSingleton<ProviderPages>();
    }

    internal static void MapProviders(this IEndpointRouteBuilder routes)
    {
        var pages = routes.ServiceProvider.GetRequiredService<ProviderPages>();
        routes.MapPage(ProviderPages.Path, (culture, http, _) => pages.ShowAsync(http, culture));
        routes.MapForm(ProviderPages.Path, pages.DoAsync);
        routes.MapForm("/account/provider-link", pages.LinkAsync);
        routes.MapForm("/sign-in/provider", pages.SignInAsync);
        routes.MapForm("/set-up/{secret:maxlength(64)}/provider", pages.InvitedAsync);
        routes.MapGet(
            "/oidc/{member:maxlength(64)}/return",
            (string member, HttpContext http) => pages.ReturnedAsync(http, member));
    }
}
