using System.Collections.Frozen;

namespace Sameboat.Supplies;

/// <summary>The closed lists of words a disease pack may use; the loader refuses any other.</summary>
public static class PackWords
{
    /// <summary>Units of count, mass, volume, money.</summary>
    public static FrozenSet<string> Units { get; } = new[]
    {
        "each", "pair", "kg", "litre", "test", "m3", "dose-equivalent", "team", "USD",
        "tablet", "capsule", "ampoule", "vial", "bottle", "bag", "tube", "sachet", "inhaler", "suppository",
        "cartridge", "syringe", "treatment unit",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Headings of the goods list.</summary>
    public static FrozenSet<string> Categories { get; } = new[]
    {
        "hygiene", "protection", "diagnostics", "care equipment", "care consumables", "oxygen", "medicines",
        "vaccines", "teams", "funds",
    }.ToFrozenSet(StringComparer.Ordinal);
}
