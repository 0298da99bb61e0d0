using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Accounts.Providers;
using Sameboat.Server.Web;

namespace Sameboat.Server.Accounts;

/// <summary>Accounts as a part of the node: services and addresses.</summary>
internal static class AccountEndpoints
{
    /// <summary>Adds what accounts need.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="dataFolder">Under its keys are those that protect cookies, forms and authenticators.</param>
    internal static void AddAccounts(this IServiceCollection services, string dataFolder)
    {
        services.AddSingleton<MemberTokens>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<SignInAttempts>();
        services.AddSingleton<SignedIn>();
        services.AddSingleton<SigningIn>();
        services.AddSingleton<AccountDesk>();
        services.AddSingleton<AccountPages>();
        services.AddSingleton<PeoplePages>();
        services.AddSingleton<PageForms>();
        services.AddSingleton<Passkeys>();
        services.AddSingleton<AccountEvents>();
        services.AddProviders(dataFolder);
        services.AddDataProtection()
            .SetApplicationName("sameboat")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(dataFolder, "keys", "pages")));
        services.AddAntiforgery(forms =>
        {
            forms.Cookie.Name = "sameboat-form";
            forms.Cookie.HttpOnly = true;
            forms.Cookie.SameSite = SameSiteMode.Strict;
            forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        services.AddOptions<AntiforgeryOptions>().Configure<NodeOptions>((forms, options) =>
        {
            // As the cookie of a session: over https a browser takes it from this host alone, for every path.
            if (options.PublicAddress?.Scheme == Uri.UriSchemeHttps)
            {
                forms.Cookie.Name = "__Host-sameboat-form";
                forms.Cookie.Path = "/";
                forms.Cookie.SecurePolicy = CookieSecurePolicy.Always;
            }
        });
    }

    /// <summary>
    /// Where a proxy speaks https before the node, the node answers as if it did: cookies are secure and links right.
    /// </summary>
    internal static void UsePublicAddress(this WebApplication app)
    {
        if (app.Services.GetRequiredService<NodeOptions>().PublicAddress is { } site)
        {
            // ASP.NET believes a proxy on this machine alone.
            app.UseForwardedHeaders(
                new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor });
            app.Use((http, next) =>
            {
                http.Request.Scheme = site.Scheme;
                return next(http);
            });
        }
    }

    /// <summary>Maps the pages.</summary>
    internal static void MapAccounts(this IEndpointRouteBuilder routes)
    {
        var pages = routes.ServiceProvider.GetRequiredService<AccountPages>();
        var people = routes.ServiceProvider.GetRequiredService<PeoplePages>();
        routes.MapPage("/sign-in", (culture, http, _) => pages.SignInAsync(http, culture));
        routes.MapForm("/sign-in", pages.SignedInAsync);
        routes.MapForm("/sign-in/passkey", pages.SignedInByPasskeyAsync);
        routes.MapForm("/account/passkey", pages.PasskeyAsync);
        routes.MapPasskeyScript();
        routes.MapForm("/sign-out", pages.SignOutAsync);
        routes.MapPage("/set-up/{secret:maxlength(64)}", (culture, http, _) => pages.SetUpAsync(http, culture));
        routes.MapForm("/set-up/{secret:maxlength(64)}", pages.MadeAsync);
        routes.MapPage("/account", (culture, http, _) => pages.AccountAsync(http, culture));
        routes.MapPage("/account/people", (culture, http, _) => people.ShowAsync(http, culture));
        routes.MapForm("/account/people", people.DoAsync);
        routes.MapForm("/account/password", pages.PasswordAsync);
        routes.MapForm("/account/sessions", pages.SessionsAsync);
        routes.MapProviders();
    }
}
