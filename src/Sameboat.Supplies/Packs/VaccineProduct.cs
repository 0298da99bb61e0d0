using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>How doses of one product count towards a vaccine item.</summary>
/// <param name="Name">The product's name.</param>
/// <param name="Names">Words that a delivery record may call it by; one of them occurs in the record's text.</param>
/// <param name="Doses">Doses that together make <paramref name="Equivalents"/>, at least 1.</param>
/// <param name="Equivalents">Equivalents of one dose of a two-dose course, at least 1.</param>
/// <param name="Source">The key of the source, resolved in the pack's SOURCE.md.</param>
/// <param name="ShippedBy">Doses that travel together, at least 1; null where no source tells.</param>
public sealed record VaccineProduct(
    string Name, ImmutableArray<string> Names, long Doses, long Equivalents, string Source, long? ShippedBy = null)
{
    /// <summary>Dose-equivalents of a number of doses, rounded down where a course takes three.</summary>
    /// <exception cref="OverflowException">The product of both is beyond 64 bits.</exception>
    public long EquivalentsOf(long doses) => doses * Equivalents / Doses;

    /// <summary>Dose-equivalents of the fewest doses that travel together and are whole equivalents.</summary>
    /// <remarks>Where no source tells how many travel together, one course's worth of doses.</remarks>
    public long PackEquivalents
    {
        get
        {
            var pack = ShippedBy ?? Doses;
            while (pack * Equivalents % Doses != 0)
            {
                pack += ShippedBy ?? Doses;
            }

            return pack * Equivalents / Doses;
        }
    }
}
