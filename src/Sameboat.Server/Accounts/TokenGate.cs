using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Api;
using Sameboat.Server.Operations;

namespace Sameboat.Server.Accounts;

/// <summary>
/// Before anything of the interface: whoever names a token must name one that holds. A wrong one is not taken for none,
/// since its holder would take what is public for all there is.
/// </summary>
internal static class TokenGate
{
    private const string Sentence = "The token is unknown, has run out or was revoked. Ask an administrator of the "
        + "member for another, or leave the Authorization header out to read what is public.";

    internal static void UseTokenGate(this WebApplication app)
    {
        var tokens = app.Services.GetRequiredService<MemberTokens>();
        var events = app.Services.GetRequiredService<AccountEvents>();
        app.Use(async (http, next) =>
        {
            if (!http.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            {
                await next(http);
                return;
            }

            if (http.Request.Headers.Authorization.Count > 0
                && await tokens.ActorAsync(http.Request, http.RequestAborted) is null)
            {
                await Problems.Answer(Problems.Unauthenticated, Sentence).ExecuteAsync(http);
            }
            else
            {
                await next(http);
            }

            if (http.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
            {
                events.Denied(
                    http, http.Response.StatusCode, RequestLog.RouteOf(http),
                    MemberTokens.Looked(http)?.Account ?? "-");
            }
        });
    }
}

/// <summary>Whether an operation looks at a token.</summary>
internal enum TokenUse
{
    /// <summary>It answers everybody alike.</summary>
    None,

    /// <summary>It shows more to whom it is for.</summary>
    Optional,

    /// <summary>It answers nobody without one.</summary>
    Needed,
}

/// <summary>What an endpoint says of itself where its operation is not told otherwise.</summary>
internal sealed record TakesToken(TokenUse Use);
