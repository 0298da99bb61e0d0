using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>What a place has to treat, test and staff with. Head counts and beds are estimates, so not whole.</summary>
/// <param name="Place">ISO 3166-1 alpha-3.</param>
/// <param name="Population">Persons, zero or more.</param>
public sealed record CountryCapacity(TerritoryCode Place, long Population)
{
    /// <summary>Yearly growth of the population as a share, or null where the tables give none.</summary>
    public double? PopulationGrowth { get; init; }

    /// <summary>The World Bank's income group, or empty where the tables give none. No estimate uses it.</summary>
    public string IncomeGroup { get; init; } = "";

    /// <summary>Doctors and nurses, laboratory staff and the other cadres.</summary>
    public required Workforce Staff { get; init; }

    /// <summary>All hospital beds.</summary>
    public required double Beds { get; init; }

    /// <summary>Share of <see cref="Beds"/> for intensive care, in per cent, 0 to 100.</summary>
    public required double IntensiveCarePercent { get; init; }

    /// <summary>PCR modules by platform code; a platform left out has none.</summary>
    public required ImmutableDictionary<string, double> Platforms { get; init; }

    /// <summary>Names of the figures that the tables lack and that were filled in; empty where none.</summary>
    public required ImmutableArray<string> FilledIn { get; init; }

    /// <summary>One sentence: where the figures come from, and which were filled in.</summary>
    public required string Basis { get; init; }

    /// <summary>Why WHO's tool stops for this place whatever the counts, or null where it does not.</summary>
    internal string? ToolStops { get; init; }

    /// <summary>True where the figure of this name stands in the tables.</summary>
    internal bool Reports(string figure) => !FilledIn.Contains(figure);
}

/// <summary>Head counts of a place's health workforce.</summary>
/// <param name="Doctors">Physicians.</param>
/// <param name="Nurses">Nurses.</param>
/// <param name="Midwives">Midwives.</param>
/// <param name="Laboratory">Laboratory scientists and technicians.</param>
/// <param name="Traditional">Traditional and complementary practitioners.</param>
/// <param name="Community">Community health workers.</param>
/// <param name="Pharmacists">Pharmacists.</param>
/// <param name="Physiotherapists">Physiotherapists.</param>
/// <param name="Dentists">Dentists.</param>
public sealed record Workforce(
    double Doctors,
    double Nurses,
    double Midwives,
    double Laboratory,
    double Traditional,
    double Community,
    double Pharmacists,
    double Physiotherapists,
    double Dentists)
{
    internal double Of(OtherCadre cadre) => cadre switch
    {
        OtherCadre.Doctor => Doctors,
        OtherCadre.Nurse => Nurses,
        OtherCadre.Laboratory => Laboratory,
        OtherCadre.Midwife => Midwives,
        OtherCadre.Dentist => Dentists,
        OtherCadre.Physiotherapist => Physiotherapists,
        OtherCadre.Traditional => Traditional,
        OtherCadre.Community => Community,
        OtherCadre.Pharmacist => Pharmacists,
        _ => throw new ArgumentOutOfRangeException(nameof(cadre)),
    };
}
