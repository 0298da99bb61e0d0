using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Operations;

/// <summary>What a look at the node found.</summary>
/// <param name="IsReady">True when it can answer and write.</param>
/// <param name="Start">Whether the record is prepared.</param>
/// <param name="Database">Whether it answers.</param>
/// <param name="Disk">Whether there is room for the record to grow.</param>
internal sealed record HealthReport(bool IsReady, string Start, string Database, string Disk)
{
    /// <summary>The word for what is as it should be.</summary>
    internal const string Well = "ok";

    /// <summary>As the endpoint says it: a word, then a line for each thing looked at. It names no path and no host.
    /// </summary>
    internal string Text => $"{(IsReady ? "ready" : Start == Well ? "not ready" : "preparing")}\n"
        + $"database: {Database}\ndisk: {Disk}\n";
}

/// <summary>Looks whether the node can do its work.</summary>
internal sealed class NodeHealth(NodeDatabase database, NodeOptions options, NodeReadiness readiness)
{
    /// <summary>With less room on the disk of the data folder the node is not ready, in bytes.</summary>
    internal const long DiskFreeMin = 64L * 1024 * 1024;

    /// <summary>How long the database may take to answer.</summary>
    internal static readonly TimeSpan DatabaseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Looks now.</summary>
    internal async Task<HealthReport> LookAsync(CancellationToken cancellation)
    {
        var start = readiness.IsReady ? HealthReport.Well : "preparing";
        var answers = await DatabaseAsync(cancellation);
        var disk = Disk() switch
        {
            null => "the data folder cannot be looked at",
            < DiskFreeMin => "less room than 64 MiB",
            _ => HealthReport.Well,
        };
        var isWell = start == HealthReport.Well && answers == HealthReport.Well && disk == HealthReport.Well;
        return new HealthReport(isWell, start, answers, disk);
    }

    /// <summary>The room on the disk of the data folder, in bytes; null where it cannot be told.</summary>
    internal long? Disk()
    {
        try
        {
            return Directory.Exists(options.DataFolder) ? new DriveInfo(options.DataFolder).AvailableFreeSpace : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private async Task<string> DatabaseAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(DatabaseTimeout);
        try
        {
            await using var db = database.Open();
            await db.Logs.AsNoTracking().Select(log => log.Member).FirstOrDefaultAsync(limit.Token);
            return HealthReport.Well;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return "no answer within 2 seconds";
        }
        catch (Exception fault) when (StoreFault.Of(fault) is not null)
        {
            return "does not answer";
        }
        catch (System.Data.Common.DbException)
        {
            return "its tables are not there";
        }
    }
}

/// <summary><c>/health/live</c> and <c>/health/ready</c>.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps both.</summary>
    internal static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Text("live"));
        routes.MapGet("/health/ready", async (NodeHealth health, HttpContext http, CancellationToken cancellation) =>
        {
            http.Response.Headers.CacheControl = "no-store";
            var report = await health.LookAsync(cancellation);
            return Results.Text(
                report.Text,
                statusCode: report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }
}
