using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>The estimated need of one place, with the tables that led to it.</summary>
public sealed record NeedEstimate
{
    /// <summary>Whose need.</summary>
    public required TerritoryCode Place { get; init; }

    /// <summary>One line per item with a need above zero, in the pack's order.</summary>
    public required ImmutableArray<NeedLine> Lines { get; init; }
}
