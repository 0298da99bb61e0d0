namespace Sameboat.Server.Operations;

/// <summary>What a node counts from its start on and forgets when it stops.</summary>
internal sealed class NodeCounters(TimeProvider time)
{
    private long _refused;
    private long _cut;

    /// <summary>When the node was started.</summary>
    internal DateTimeOffset Started { get; } = time.GetUtcNow();

    /// <summary>Requests refused because they went beyond a limit.</summary>
    internal long Refused => Interlocked.Read(ref _refused);

    /// <summary>Requests whose client cut the connection before they were answered.</summary>
    internal long Cut => Interlocked.Read(ref _cut);

    internal void CountCut() => Interlocked.Increment(ref _cut);

    internal void CountRefused() => Interlocked.Increment(ref _refused);
}
