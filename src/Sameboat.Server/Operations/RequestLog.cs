using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Sameboat.Server.Accounts;

namespace Sameboat.Server.Operations;

/// <summary>
/// One event a request: id, method, route, status, duration and member. The route stands as it is declared, so that no
/// link of an account, tracking code or query is ever written; nor is a header, an address or a body.
/// </summary>
internal static partial class RequestLog
{
    /// <summary>The category of the events.</summary>
    internal const string Category = "Sameboat.Requests";

    /// <summary>The header in which the id is answered.</summary>
    internal const string IdHeader = "X-Request-Id";

    private const string Nowhere = "-";

    /// <summary>Answers every request with its id and, when the node is told to, writes what became of it.</summary>
    internal static void UseRequestLog(this WebApplication app)
    {
        var clock = app.Services.GetRequiredService<TimeProvider>();
        var tokens = app.Services.GetRequiredService<MemberTokens>();
        var logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        var writes = app.Services.GetRequiredService<NodeOptions>().LogsRequests;
        app.Use(async (http, next) =>
        {
            http.Response.Headers[IdHeader] = http.TraceIdentifier;
            if (!writes)
            {
                await GoOnAsync(http, next);
                return;
            }

            var began = clock.GetTimestamp();
            try
            {
                await GoOnAsync(http, next);
            }
            finally
            {
                Say(logger, http.TraceIdentifier, MethodOf(http), RouteOf(http), http.Response.StatusCode,
                    clock.GetElapsedTime(began).TotalMilliseconds, MemberOf(http, tokens));
            }
        });
    }

    // Whose connection is cut in the middle of a request hears no answer, and nothing is wrong with the node.
    private static async Task GoOnAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (ConnectionResetException)
        {
            http.Abort();
        }
    }

    /// <summary>The route of a request as it is declared.</summary>
    internal static string RouteOf(HttpContext http) =>
        (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? Nowhere;

    // A method is whatever a client writes; those that nobody knows are not written down.
    private static string MethodOf(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)
        || HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsDelete(http.Request.Method)
            ? http.Request.Method
            : Nowhere;

    private static string MemberOf(HttpContext http, MemberTokens tokens) =>
        SignedIn.Found(http)?.Member
        ?? (MemberTokens.Find(http.Request) is { } token ? tokens.MemberOf(SignedIn.HashOf(token)) : null)
        ?? Nowhere;

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "{Method} {Route} {Status} {Milliseconds:0.0} ms, request {Request}, member {Member}")]
    private static partial void Say(
        ILogger logger, string request, string method, string route, int status, double milliseconds, string member);
}
