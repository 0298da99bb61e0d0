namespace Sameboat.Supplies;

/// <summary>What kind of thing an item is, which decides the rule its need is estimated by.</summary>
public enum ItemKind
{
    /// <summary>Goods used up or installed: protective, diagnostic, care.</summary>
    Goods,

    /// <summary>A medicine, needed by course.</summary>
    Medicine,

    /// <summary>A vaccine, needed by person, counted in equivalents of one dose of a two-dose course.</summary>
    Vaccine,

    /// <summary>A medical or laboratory team, needed by the demand that national capacity leaves.</summary>
    Team,

    /// <summary>Money, needed by the price of what no goods met.</summary>
    Funds,
}

/// <summary>One thing that can be needed and offered in an outbreak, as the disease pack carries it.</summary>
/// <param name="Code">The pack's own code; unique in the pack.</param>
/// <param name="Name">The full English name; unique in the pack but for upper and lower case.</param>
/// <param name="Kind">Which rule estimates its need.</param>
/// <param name="Category">One of <see cref="PackWords.Categories"/>.</param>
/// <param name="Group">A finer heading, as the source groups it.</param>
/// <param name="Unit">One of <see cref="PackWords.Units"/>; every quantity of the item counts this.</param>
/// <param name="Reusable">True where a piece serves until it wears out; false where use consumes it.</param>
/// <param name="PriceUsd">US dollars for one unit, or null where the source gives none.</param>
/// <param name="PackSize">Whole units shipped together, at least 1.</param>
/// <param name="Source">The key of the source, resolved in the pack's SOURCE.md.</param>
public sealed record PackItem(
    ItemCode Code,
    string Name,
    ItemKind Kind,
    string Category,
    string Group,
    string Unit,
    bool Reusable,
    decimal? PriceUsd,
    long PackSize,
    string Source)
{
    internal ItemRule Rule { get; init; }
}
