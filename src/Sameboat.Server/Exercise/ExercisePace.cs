using Microsoft.Extensions.Hosting;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Exercise;

/// <summary>
/// Plays a week each time an interval has passed, when whoever runs the exercise has set one. The interval is kept for
/// as long as the node runs: it is no part of the record.
/// </summary>
internal sealed class ExercisePace(NodeDatabase database, ExerciseDirector director, TimeProvider time)
    : BackgroundService
{
    /// <summary>The shortest and the longest interval, in seconds.</summary>
    internal const int SecondsMin = 10;

    internal const int SecondsMax = 24 * 60 * 60;

    // How soon a change of the interval is noticed.
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly Lock _setting = new();
    private int _seconds;
    private DateTimeOffset _next;

    /// <summary>Seconds between two weeks; 0 plays none by itself.</summary>
    internal int Seconds
    {
        get
        {
            lock (_setting)
            {
                return _seconds;
            }
        }
    }

    /// <summary>Sets the interval; the first week is played after one.</summary>
    internal void Set(int seconds)
    {
        lock (_setting)
        {
            _seconds = seconds;
            _next = time.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (IsDue())
                {
                    await PlayAsync(stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    private bool IsDue()
    {
        lock (_setting)
        {
            return _seconds > 0 && time.GetUtcNow() >= _next;
        }
    }

    private async Task PlayAsync(CancellationToken cancellation)
    {
        await using var db = database.Open();
        var course = await ExerciseCourse.ReadAsync(db, cancellation);
        var outcome = await director.PlayAsync(course.Weeks.Length + 1, cancellation);
        Set(outcome == ExerciseOutcome.Over ? 0 : Seconds);
    }
}
