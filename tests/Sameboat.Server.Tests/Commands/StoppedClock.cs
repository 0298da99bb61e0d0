namespace Sameboat.Server.Tests.Commands;

internal sealed class StoppedClock : TimeProvider
{
    public override long GetTimestamp() => 0;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
}
