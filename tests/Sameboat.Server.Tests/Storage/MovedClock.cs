namespace Sameboat.Server.Tests.Storage;

/// <summary>A clock that stands where a test puts it; what waits on it waits in real time.</summary>
internal sealed class MovedClock : TimeProvider
{
    /// <summary>A day after the times that <see cref="EntryMaker"/> gives.</summary>
    internal static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(1_740_086_400);

    internal DateTimeOffset Now { get; set; } = Start;

    public override DateTimeOffset GetUtcNow() => Now;
}
