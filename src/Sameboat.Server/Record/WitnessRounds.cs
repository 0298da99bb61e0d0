using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sameboat.Server.Following;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Record;

/// <summary>How a witness stands to a log.</summary>
/// <param name="Witness">Its address.</param>
/// <param name="Member">Whose log.</param>
/// <param name="Size">How many entries it has cosigned.</param>
/// <param name="Fault">What was wrong the last time, or empty.</param>
internal sealed record WitnessStanding(Uri Witness, string Member, long Size, string Fault);

/// <summary>Has the node's own logs cosigned while it runs, by every witness it was started with.</summary>
internal sealed partial class WitnessRounds(
    NodeOptions options, WitnessAsking asking, NodeReadiness readiness, TimeProvider clock,
    ILogger<WitnessRounds> logger) : BackgroundService
{
    /// <summary>How often it is looked what is new.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How long a witness is not asked about a log again for which it gave no cosignature.</summary>
    internal static readonly TimeSpan RestAfterFault = TimeSpan.FromSeconds(5);

    private readonly Dictionary<(Uri Witness, string Member), Standing> _standings = [];

    /// <summary>
    /// Notes what every witness has seen of every own log, before anything may be appended. A witness that does not
    /// answer holds up nothing: it is named in the node's own log of events.
    /// </summary>
    internal async Task NoteLatestAsync(CancellationToken cancellation)
    {
        if (options.Witnesses.IsDefaultOrEmpty)
        {
            return;
        }

        using var client = LogFollowing.NewClient();
        var logs = await asking.OwnLogsAsync(cancellation);

        // One after another: two that note the same log at once would stand in each other's way.
        foreach (var witness in options.Witnesses)
        {
            await NoteLatestAsync(client, witness, logs, cancellation);
        }
    }

    /// <summary>How every witness stands to every log that it was asked about.</summary>
    internal ImmutableArray<WitnessStanding> Standings() =>
    [
        .. _standings
            .Select(one => new WitnessStanding(one.Key.Witness, one.Key.Member, one.Value.Size, one.Value.Fault))
            .OrderBy(one => one.Witness.ToString(), StringComparer.Ordinal)
            .ThenBy(one => one.Member, StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Witnesses.IsDefaultOrEmpty)
        {
            return;
        }

        using var client = LogFollowing.NewClient();
        try
        {
            while (true)
            {
                await Task.Delay(Interval, clock, stoppingToken);
                if (readiness.IsReady)
                {
                    await GoRoundAsync(client, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop: what was not cosigned yet is after the next start.
        }
    }

    private async Task NoteLatestAsync(
        HttpClient client, WitnessSource witness, IReadOnlyList<LogRow> logs, CancellationToken cancellation)
    {
        foreach (var log in logs)
        {
            var reply = await asking.LatestAsync(client, witness, log, cancellation);
            Take((witness.Prefix, log.Member), reply);
            if (reply.IsSilent)
            {
                return;
            }
        }
    }

    private async Task GoRoundAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            var logs = await asking.OwnLogsAsync(cancellation);
            foreach (var witness in options.Witnesses)
            {
                await AskAsync(client, witness, logs, cancellation);
            }
        }
        catch (Exception fault) when (StoreFault.Of(fault) is not null)
        {
            // The database of this node does not answer; whoever writes to it is told why.
        }
    }

    private async Task AskAsync(
        HttpClient client, WitnessSource witness, IReadOnlyList<LogRow> logs, CancellationToken cancellation)
    {
        foreach (var log in logs)
        {
            var name = (witness.Prefix, log.Member);
            var standing = _standings.GetValueOrDefault(name, new Standing(0, "", 0));
            if (log.Size == standing.Size
                || (standing.Fault.Length > 0 && clock.GetElapsedTime(standing.At) < RestAfterFault))
            {
                continue;
            }

            var reply = await asking.AskAsync(client, witness, log, standing.Size, cancellation);
            Take(name, reply);
            if (reply.IsSilent)
            {
                return;
            }
        }
    }

    // Said once, and again when it changes.
    private void Take((Uri Witness, string Member) name, WitnessReply reply)
    {
        var before = _standings.GetValueOrDefault(name, new Standing(0, "", 0));
        if (reply.Fault.Length > 0 && reply.Fault != before.Fault)
        {
            SayFault(logger, reply.Fault);
        }

        _standings[name] = new Standing(reply.Size ?? before.Size, reply.Fault, clock.GetTimestamp());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A witness gave no cosignature: {Fault}")]
    private static partial void SayFault(ILogger logger, string fault);

    /// <summary>How a witness stands to a log: what it has cosigned, and what was wrong the last time.</summary>
    private sealed record Standing(long Size, string Fault, long At);
}
