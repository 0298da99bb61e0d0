using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Accounts;
using Sameboat.Server.Record;

namespace Sameboat.Server.Web;

/// <summary>What every answer says to the browser, and the answer given while the node is not ready.</summary>
internal static class ResponseHeaders
{
    // No script at all, no style but our own file, nothing from anywhere else.
    private const string ContentSecurity =
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'";

    // On the pages that are checked in the reader's browser: our own script files, which read our own log files.
    private const string CheckedSecurity = ContentSecurity + "; script-src 'self'; connect-src 'self'";

    private const string RetrySeconds = "2";

    internal static Task WriteAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            BrowserCheck.IsOn(context.Request.Path) || PasskeyScript.IsOn(context.Request.Path)
                ? CheckedSecurity
                : ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        var isHealth = context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal);
        if (isHealth || context.RequestServices.GetRequiredService<NodeReadiness>().IsReady)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        headers.RetryAfter = RetrySeconds;
        return context.Response.WriteAsync("Sameboat is preparing its record. Try again in a moment.\n");
    }
}
