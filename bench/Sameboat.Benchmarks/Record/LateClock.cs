namespace Sameboat.Benchmarks.Record;

/// <summary>A clock that stands after every time that <see cref="BenchEntries"/> gives.</summary>
internal sealed class LateClock : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2040, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
