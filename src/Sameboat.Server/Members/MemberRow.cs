using Sameboat.Server.Storage;

namespace Sameboat.Server.Members;

/// <summary>A participating entity as its own log introduces it.</summary>
internal sealed record MemberRow : IProjectedRow
{
    public required string Subject { get; init; }

    public required string Member { get; init; }

    /// <summary>state, region or organisation.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>The territory it answers for, ISO 3166-1 alpha-3, or empty.</summary>
    public required string Territory { get; init; }

    public required bool Exercise { get; init; }

    /// <summary>Since when it has left, by its own log, in microseconds since 1970; 0 while it has not.</summary>
    public long Left { get; init; }
}
