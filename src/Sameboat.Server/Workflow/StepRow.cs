using Sameboat.Server.Storage;

namespace Sameboat.Server.Workflow;

/// <summary>One step that counted in the course of an entity: who took it, when, and why.</summary>
internal sealed class StepRow : IProjectedRow
{
    public required string Subject { get; init; }

    /// <summary>From 0, in the order in which they counted.</summary>
    public required int Step { get; init; }

    /// <summary>The part of the kind after the dot.</summary>
    public required string Verb { get; init; }

    /// <summary>The state after it.</summary>
    public required string State { get; init; }

    /// <summary>The author.</summary>
    public required string Member { get; init; }

    /// <summary>The published capacity of whoever acted for the member, or empty.</summary>
    public required string By { get; init; }

    /// <summary>Microseconds since 1970.</summary>
    public required long At { get; init; }

    /// <summary>As given, or empty.</summary>
    public required string Reason { get; init; }
}
