using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sameboat.Supplies;

/// <summary>What is known of one disease for planning: its parameters, items and the countries' capacity.</summary>
public sealed partial record DiseasePack
{
    /// <summary>The folder and short name, such as <c>covid-19</c>.</summary>
    public required string Code { get; init; }

    /// <summary>The name in English.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the data, year.month.number; every change of a figure raises it.</summary>
    public required string Version { get; init; }

    /// <summary>True for an invented disease that must never be taken for a real one.</summary>
    public required bool Exercise { get; init; }

    /// <summary>Time between the onset of a case and of those it infects.</summary>
    public required SerialIntervalFigures SerialInterval { get; init; }

    /// <summary>Every item, in the pack's order.</summary>
    public required ImmutableArray<PackItem> Items { get; init; }

    /// <summary>Finds an item by its code or by its full name, upper and lower case alike.</summary>
    public bool TryFindItem(string? codeOrName, [NotNullWhen(true)] out PackItem? item)
    {
        var text = codeOrName?.Trim() ?? "";
        item = Items.FirstOrDefault(one =>
            string.Equals(one.Code.ToString(), text, StringComparison.OrdinalIgnoreCase)
            || string.Equals(one.Name, text, StringComparison.OrdinalIgnoreCase));
        return item is not null;
    }

    /// <summary>
    /// The capacity of a place. Figures that the tables lack are filled with the median per 1000 inhabitants of the
    /// whole table, and <see cref="CountryCapacity.Basis"/> says which.
    /// </summary>
    /// <param name="place">ISO 3166-1 alpha-3.</param>
    /// <param name="population">Persons; scales what is filled in, and stands where the tables have no population.</param>
    public CountryCapacity CapacityOf(TerritoryCode place, long population) =>
        new(place, population) { Basis = $"{Name}: no figures carried yet." };
}

/// <summary>Mean and spread of the serial interval, as a source gives them.</summary>
/// <param name="MeanDays">Days, above 0.</param>
/// <param name="StandardDeviationDays">Days, above 0.</param>
/// <param name="Source">The key of the source, resolved in the pack's SOURCE.md.</param>
public sealed record SerialIntervalFigures(double MeanDays, double StandardDeviationDays, string Source);
