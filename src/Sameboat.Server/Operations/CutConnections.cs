using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Sameboat.Server.Operations;

/// <summary>
/// A client that cuts its connection while its body comes, or before it is answered, is nobody's fault that an operator
/// could mend: it is counted, and no error is written. What had been written by then is kept as ever.
/// </summary>
internal static class CutConnections
{
    internal static void UseCutConnections(this WebApplication app)
    {
        var counters = app.Services.GetRequiredService<NodeCounters>();
        app.Use(async (http, next) =>
        {
            try
            {
                await next(http);
            }
            catch (Exception fault) when (IsCut(fault, http))
            {
                counters.CountCut();

                // Nothing of the body is to be waited for: Kestrel would try, and warn that it cannot.
                http.Abort();
                if (!http.Response.HasStarted)
                {
                    // Nobody reads it; the request log tells it from what was answered.
                    http.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                }
            }
        });
    }

    private static bool IsCut(Exception fault, HttpContext http) => fault switch
    {
        ConnectionResetException or ConnectionAbortedException => true,
        BadHttpRequestException or OperationCanceledException or IOException =>
            http.RequestAborted.IsCancellationRequested,
        _ => false,
    };
}
