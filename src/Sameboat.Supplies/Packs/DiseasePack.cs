using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sameboat.Supplies;

/// <summary>
/// What is known of one disease for planning: its parameters, its items and what the countries have. Packs are data
/// under data/diseases; docs/methods/disease-packs.md describes the files.
/// </summary>
public sealed class DiseasePack
{
    private FrozenDictionary<string, PackItem>? _byText;

    internal DiseasePack(PackFigures figures) => Figures = figures;

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

    /// <summary>Every item, in the pack's order, medicines after the goods.</summary>
    public required ImmutableArray<PackItem> Items { get; init; }

    /// <summary>Vaccine products, the more particular names before the more general.</summary>
    public required ImmutableArray<VaccineProduct> Vaccines { get; init; }

    /// <summary>What each source key stands for, in words.</summary>
    public required FrozenDictionary<string, string> Sources { get; init; }

    /// <summary>The places that the capacity table knows, in ordinal order.</summary>
    public IEnumerable<TerritoryCode> Places => Figures.Capacities.Places;

    internal PackFigures Figures { get; }

    /// <summary>Finds an item by its code or by its full name, upper and lower case alike.</summary>
    public bool TryFindItem(string? codeOrName, [NotNullWhen(true)] out PackItem? item)
    {
        _byText ??= Items
            .SelectMany(one => new[] { (Text: one.Code.ToString(), Item: one), (Text: one.Name, Item: one) })
            .DistinctBy(one => one.Text, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(one => one.Text, one => one.Item, StringComparer.OrdinalIgnoreCase);
        return _byText.TryGetValue(codeOrName?.Trim() ?? "", out item);
    }

    /// <summary>Finds the vaccine product that a delivery record names, such as <c>Johnson &amp; Johnson</c>.</summary>
    public bool TryFindVaccine(string? text, [NotNullWhen(true)] out VaccineProduct? product)
    {
        product = Vaccines.FirstOrDefault(one =>
            one.Names.Any(name => text?.Contains(name, StringComparison.OrdinalIgnoreCase) == true));
        return product is not null;
    }

    /// <summary>
    /// Dose-equivalents that a number of inhabitants needs in all: the pack's target share of them, a whole course
    /// each, rounded up as need lines are; null where the pack has no such target.
    /// </summary>
    /// <param name="population">Persons, zero or more.</param>
    public long? VaccineNeedOf(long population) => Figures.Parameters.VaccineCoverageTarget is { } target
        ? NeedLines.RoundUp(population * target * Figures.Parameters.VaccineEquivalentsPerCourse)
        : null;

    /// <summary>
    /// The capacity of a place. Figures that the tables lack are filled with the median per 1000 inhabitants of the
    /// whole table, and <see cref="CountryCapacity.Basis"/> says which.
    /// </summary>
    /// <param name="place">ISO 3166-1 alpha-3; XKK, XKS and UNK are read as Kosovo, XKX.</param>
    /// <param name="population">
    /// Persons, zero or more; used only where the tables give no population, to scale what is filled in.
    /// </param>
    public CountryCapacity CapacityOf(TerritoryCode place, long population) =>
        Figures.Capacities.CapacityOf(place, population);
}

/// <summary>What the estimate computes with: the pack's tables behind <see cref="DiseasePack.Items"/>.</summary>
internal sealed record PackFigures(
    DiseaseParameters Parameters,
    FrozenDictionary<ItemCode, UseRates> Rates,
    FrozenDictionary<ItemCode, string> ToolUnits,
    ImmutableArray<Medicine> Medicines,
    ImmutableArray<OtherCareRates> OtherCare,
    CareHours Hours,
    ImmutableArray<TestPlatform> Platforms,
    CapacityTable Capacities);

/// <summary>Mean and spread of the serial interval, as a source gives them.</summary>
/// <param name="MeanDays">Days, above 0.</param>
/// <param name="StandardDeviationDays">Days, above 0.</param>
/// <param name="Source">The key of the source, resolved in the pack's SOURCE.md.</param>
public sealed record SerialIntervalFigures(double MeanDays, double StandardDeviationDays, string Source);

/// <summary>Severity of a case, in the order of every array indexed by it.</summary>
internal enum Severity
{
    Mild,
    Moderate,
    Severe,
    Critical,
}

/// <summary>A medicine with units per course and share treated by <see cref="Severity"/>.</summary>
internal sealed record Medicine(PackItem Item, string Drug, double[] UnitsPerCourse, double[] ShareTreated);

/// <summary>Protective goods for care of other diseases: amount per day by <see cref="OtherCadre"/>.</summary>
internal sealed record OtherCareRates(PackItem Item, double[] PerDay);

/// <summary>Hours per patient and day summed over the cadres of a group.</summary>
internal sealed record CareHours(
    double HealthWorkerSevere,
    double HealthWorkerCritical,
    double HealthWorkerScreening,
    double CleanerSevere,
    double CleanerCritical);

internal enum PlatformType
{
    HighThroughput,
    NearPatient,
    Manual,
}

/// <summary>Tests a module runs in a day at the planned shifts, and the share kept for the outbreak.</summary>
internal sealed record TestPlatform(
    string Code, PlatformType Type, double TestsPerDay, double DaysPerWeek, double OutbreakShare);
