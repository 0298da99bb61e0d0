namespace Sameboat.Server.Storage;

/// <summary>
/// The time that entries of people and programs are given. It is the machine's own, but in an exercise, which has days
/// of its own: there it stands at the day that was played last, and goes on with the machine for a few hours.
/// </summary>
internal sealed class RecordClock(TimeProvider machine)
{
    // So that what is said between two weeks lies between them.
    private static readonly TimeSpan RunsFor = TimeSpan.FromHours(10);

    private readonly Lock _setting = new();
    private DateTimeOffset? _present;
    private DateTimeOffset _since;

    /// <summary>The time now.</summary>
    internal DateTimeOffset GetUtcNow()
    {
        lock (_setting)
        {
            var now = machine.GetUtcNow();
            return _present is { } present
                ? present + TimeSpan.FromTicks(Math.Clamp((now - _since).Ticks, 0, RunsFor.Ticks))
                : now;
        }
    }

    /// <summary>True in an exercise.</summary>
    internal bool IsExercise
    {
        get
        {
            lock (_setting)
            {
                return _present is not null;
            }
        }
    }

    /// <summary>Lets the time of an exercise begin there; the same again changes nothing.</summary>
    internal void Set(DateTimeOffset present)
    {
        lock (_setting)
        {
            if (_present != present)
            {
                (_present, _since) = (present, machine.GetUtcNow());
            }
        }
    }
}
