using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>How doses of one product count towards a vaccine item.</summary>
/// <param name="Name">The product's name.</param>
/// <param name="Names">Words that a delivery record may call it by; one of them occurs in the record's text.</param>
/// <param name="Doses">Doses that together make <paramref name="Equivalents"/>, at least 1.</param>
/// <param name="Equivalents">Equivalents of one dose of a two-dose course, at least 1.</param>
/// <param name="Source">The key of the source, resolved in the pack's SOURCE.md.</param>
public sealed record VaccineProduct(
    string Name, ImmutableArray<string> Names, long Doses, long Equivalents, string Source)
{
    /// <summary>Dose-equivalents of a number of doses, rounded down where a course takes three.</summary>
    /// <exception cref="OverflowException">The product of both is beyond 64 bits.</exception>
    public long EquivalentsOf(long doses) => doses * Equivalents / Doses;
}
