using System.Collections.Frozen;

namespace Sameboat.Supplies;

/// <summary>The closed lists of words a disease pack may use; the reader refuses any other.</summary>
public static class PackWords
{
    /// <summary>Units that items are counted in: pieces, mass, volume, doses, teams, money.</summary>
    public static FrozenSet<string> Units { get; } = new[]
    {
        "each", "pair", "kg", "litre", "test", "m3", "dose-equivalent", "team", "USD", "tablet", "ampoule", "vial",
        "bottle", "bag", "tube", "sachet", "inhaler", "nebule", "syringe", "treatment",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Headings of the goods list.</summary>
    public static FrozenSet<string> Categories { get; } = new[]
    {
        "hygiene", "protection", "diagnostics", "care equipment", "care consumables", "oxygen", "medicines",
        "vaccines", "teams", "funds",
    }.ToFrozenSet(StringComparer.Ordinal);

    internal static FrozenSet<string> ParameterUnits { get; } = new[]
    {
        "share", "each", "day", "week", "hour", "test", "m3", "litre-per-minute", "dose-equivalent",
    }.ToFrozenSet(StringComparer.Ordinal);
}
