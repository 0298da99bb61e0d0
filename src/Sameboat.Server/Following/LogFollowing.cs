using Microsoft.Extensions.Hosting;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Following;

/// <summary>
/// Asks the source of every followed log again and again while the node runs: each by itself, so that a slow or lying
/// one holds up no other.
/// </summary>
internal sealed class LogFollowing(
    FollowedLogs logs, SealedFetch sealedBodies, NodeReadiness readiness, TimeProvider clock) : BackgroundService
{
    /// <summary>How long after one answer a log is asked for again: a quarter of what a reader may wait.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// What each log adds to that where many are followed, so that all together are asked for 250 times a second at
    /// most.
    /// </summary>
    internal static readonly TimeSpan IntervalPerLog = TimeSpan.FromMilliseconds(4);

    /// <summary>The longest wait after answers that failed one after the other.</summary>
    internal static readonly TimeSpan IntervalMax = TimeSpan.FromMinutes(1);

    /// <summary>How often it is looked which logs are due.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Turn> _turns = new(StringComparer.Ordinal);

    /// <summary>How long a log waits for its next turn where so many are followed.</summary>
    internal static TimeSpan IntervalOf(int logs) =>
        logs * IntervalPerLog > Interval ? logs * IntervalPerLog : Interval;

    /// <summary>How long to wait after so many answers that failed one after the other.</summary>
    internal static TimeSpan WaitAfter(int failures)
    {
        var wait = Interval;
        for (var doubling = 0; doubling < failures && wait < IntervalMax; doubling++)
        {
            wait *= 2;
        }

        return wait < IntervalMax ? wait : IntervalMax;
    }

    /// <summary>A client for the sources of logs.</summary>
    internal static HttpClient NewClient() => new(
        new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLifetime,
            MaxConnectionsPerServer = LogFetch.FilesInFlightMax,
        },
        disposeHandler: true)
    {
        Timeout = HttpLogSource.FileTimeout,
    };

    /// <summary>The source that a row names.</summary>
    internal static ILogSource SourceOf(string source, HttpClient client) =>
        IsAddress(source) ? new HttpLogSource(client, new Uri(source)) : new FolderLogSource(source);

    /// <summary>True for an address, false for a folder.</summary>
    internal static bool IsAddress(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var client = NewClient();
        try
        {
            while (true)
            {
                await Task.Delay(Step, clock, stoppingToken);
                if (readiness.IsReady)
                {
                    await AskDueAsync(client, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop: what was fetched and not applied is fetched on at the next start.
        }

        Task asked = Task.WhenAll(_turns.Values.Select(turn => turn.Asking));
        await asked.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task AskDueAsync(HttpClient client, CancellationToken cancellation)
    {
        var rows = await RowsAsync(cancellation);
        var interval = IntervalOf(rows.Count);
        foreach (var row in rows)
        {
            if (!_turns.TryGetValue(row.Member, out var turn))
            {
                turn = new Turn();
                _turns.Add(row.Member, turn);
            }

            if (turn.Asking.IsCompleted)
            {
                turn.Take(await turn.Asking, clock.GetTimestamp());
                if (clock.GetElapsedTime(turn.AnsweredAt) >= (turn.Wait > interval ? turn.Wait : interval)
                    || turn.IsFirst)
                {
                    turn.Ask(AskAsync(row, client, cancellation));
                }
            }
        }
    }

    private async Task<PollOutcome> AskAsync(
        FollowedLogRow row, HttpClient client, CancellationToken cancellation)
    {
        var outcome = await logs.PollAsync(row.Member, SourceOf(row.Source, client), cancellation);
        try
        {
            if (outcome is PollOutcome.Applied or PollOutcome.Nothing)
            {
                await sealedBodies.FetchAsync(row, outcome == PollOutcome.Applied, client, cancellation);
            }
        }
        catch (Exception fault) when (StoreFault.Of(fault) is not null)
        {
            // What was not taken waits, and is asked for again.
        }

        return outcome;
    }

    private async Task<IReadOnlyList<FollowedLogRow>> RowsAsync(CancellationToken cancellation)
    {
        try
        {
            return await logs.ListAsync(cancellation);
        }
        catch (Exception fault) when (StoreFault.Of(fault) is not null)
        {
            // The database of this node does not answer; whoever writes to it is told why.
            return [];
        }
    }

    /// <summary>Where the node stands with one log between two questions.</summary>
    private sealed class Turn
    {
        private int _failures;
        private bool _isTaken = true;

        internal Task<PollOutcome> Asking { get; private set; } = Task.FromResult(PollOutcome.Nothing);

        internal long AnsweredAt { get; private set; }

        internal TimeSpan Wait { get; private set; } = TimeSpan.Zero;

        internal bool IsFirst { get; private set; } = true;

        internal void Ask(Task<PollOutcome> asking)
        {
            Asking = asking;
            IsFirst = false;
            _isTaken = false;
        }

        internal void Take(PollOutcome outcome, long now)
        {
            if (_isTaken)
            {
                return;
            }

            _isTaken = true;

            // A database of our own that was busy is no fault of the source.
            _failures = outcome is PollOutcome.Nothing or PollOutcome.Applied or PollOutcome.Busy ? 0 : _failures + 1;
            AnsweredAt = now;
            Wait = WaitAfter(_failures);
        }
    }
}
