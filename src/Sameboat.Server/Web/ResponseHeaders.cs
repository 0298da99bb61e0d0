using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Sameboat.Server.Accounts;
using Sameboat.Server.Exercise;
using Sameboat.Server.Desk.Forms;
using Sameboat.Server.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Web;

/// <summary>What every answer says to the browser, and the answer given while the node is not ready.</summary>
internal static class ResponseHeaders
{
    // No script at all, no style but our own sheet, nothing from anywhere else.
    private static readonly string ContentSecurity =
        $"default-src 'none'; style-src {StyleSheet.Source}; img-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'; object-src 'none'";

    // On the pages that are checked in the reader's browser: our own script files, which read our own log files.
    private static readonly string CheckedSecurity = ContentSecurity + "; script-src 'self'; connect-src 'self'";

    // Two years, for whatever lies below the host as well; said over https alone, where a browser believes it.
    private const string OnlyHttps = "max-age=63072000; includeSubDomains";

    private const string RetrySeconds = "2";

    internal static Task WriteAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            BrowserCheck.IsOn(context.Request.Path) || PasskeyScript.IsOn(context.Request.Path)
            || KeepScript.IsOn(context.Request.Path)
                ? CheckedSecurity
                : ContentSecurity;
        headers.XContentTypeOptions = "nosniff";
        if (context.RequestServices.GetRequiredService<RecordClock>().IsExercise)
        {
            headers[ExerciseMark.Header] = "true";
        }

        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = OnlyHttps;
        }

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
