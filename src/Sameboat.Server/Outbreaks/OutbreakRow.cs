using Sameboat.Server.Storage;

namespace Sameboat.Server.Outbreaks;

/// <summary>One disease spreading, as its convener declared it.</summary>
internal sealed class OutbreakRow : IProjectedRow
{
    public required string Subject { get; init; }

    public required string Member { get; init; }

    public required string Name { get; init; }

    /// <summary>Code of the disease pack that need is estimated with.</summary>
    public required string Pack { get; init; }

    /// <summary>Day number (days since 0001-01-01) of the declaration.</summary>
    public required int Declared { get; init; }

    /// <summary>True when nothing of it is real.</summary>
    public required bool Exercise { get; init; }
}
