namespace Sameboat.Server.Tests.Accounts;

/// <summary>A clock that stands until somebody moves it ahead.</summary>
internal sealed class MovedTime : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    internal void Move(TimeSpan ahead) => _now += ahead;

    public override DateTimeOffset GetUtcNow() => _now;
}
