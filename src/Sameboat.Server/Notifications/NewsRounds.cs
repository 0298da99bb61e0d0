using Microsoft.Extensions.Hosting;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Notifications;

/// <summary>Reads what is new and sends what is due while the node runs.</summary>
internal sealed class NewsRounds(
    NewsDesk desk, NewsSender sender, NodeReadiness readiness, TimeProvider clock) : BackgroundService
{
    /// <summary>How often it is looked what is new.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How often it is looked what a day has brought.</summary>
    internal static readonly TimeSpan TimeInterval = TimeSpan.FromMinutes(10);

    /// <summary>How often in one round long logs are read on before what is due is sent.</summary>
    private const int TurnsMax = 200;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var told = (long?)null;
        try
        {
            while (true)
            {
                await Task.Delay(Interval, clock, stoppingToken);
                if (!readiness.IsReady)
                {
                    continue;
                }

                var looksAtTime = told is not { } last || clock.GetElapsedTime(last) >= TimeInterval;
                if (await GoRoundAsync(looksAtTime, stoppingToken) && looksAtTime)
                {
                    told = clock.GetTimestamp();
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop: what was not read or sent is after the next start.
        }
    }

    private async Task<bool> GoRoundAsync(bool looksAtTime, CancellationToken cancellation)
    {
        try
        {
            for (var turn = 0; turn < TurnsMax && await desk.ReadEntriesAsync(cancellation); turn++)
            {
                // More of a long log, or another node on the same database was first.
            }

            if (looksAtTime)
            {
                await desk.ReadTimeAsync(cancellation);
            }

            await sender.SendDueAsync(cancellation);
            return true;
        }
        catch (Exception fault) when (StoreFault.Of(fault) is not null)
        {
            // The database does not answer; readiness tells it, and the next round begins where this one did.
            return false;
        }
    }
}
