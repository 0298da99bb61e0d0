namespace Sameboat.Server.Tests.Accounts;

/// <summary>The machine's clock, moved ahead by whoever holds it.</summary>
internal sealed class MovedTime : TimeProvider
{
    private TimeSpan _ahead;

    internal void Move(TimeSpan ahead) => _ahead += ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;
}
