namespace Sameboat.Server.Operations;

/// <summary>What a node counts from its start on and forgets when it stops.</summary>
internal sealed class NodeCounters(TimeProvider time)
{
    private long _refused;

    /// <summary>When the node was started.</summary>
    internal DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>Requests refused because they went beyond a limit.</summary>
    internal long Refused => Interlocked.Read(ref _refused);

    internal void CountRefused() => Interlocked.Increment(ref _refused);
}
