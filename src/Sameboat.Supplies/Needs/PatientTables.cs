namespace Sameboat.Supplies;

/// <summary>Cases of one week by severity. WHO's tool calls the table cases_weekly.</summary>
/// <param name="WeekBegins">The Monday.</param>
/// <param name="WeekEnds">The Sunday, or the last day counted.</param>
/// <param name="Cases">All new cases.</param>
/// <param name="NewCritical">New cases that will be critical.</param>
/// <param name="NewSevere">New cases that will be severe.</param>
/// <param name="NewModerate">New moderate cases.</param>
/// <param name="NewMild">New mild cases.</param>
/// <param name="TotalCritical">Running sum of <paramref name="NewCritical"/> since the table's first week.</param>
/// <param name="TotalSevere">Running sum of <paramref name="NewSevere"/>.</param>
/// <param name="TotalModerate">Running sum of <paramref name="NewModerate"/>.</param>
/// <param name="TotalMild">Running sum of <paramref name="NewMild"/>.</param>
/// <param name="Total">Running sum of <paramref name="Cases"/>.</param>
/// <param name="SuspectedNegative">Persons suspected and tested who do not have the disease.</param>
public sealed record CaseWeek(
    DateOnly WeekBegins,
    DateOnly WeekEnds,
    double Cases,
    double NewCritical,
    double NewSevere,
    double NewModerate,
    double NewMild,
    double TotalCritical,
    double TotalSevere,
    double TotalModerate,
    double TotalMild,
    double Total,
    double SuspectedNegative);

/// <summary>Patients and beds of one week. WHO's tool calls the table patients_weekly.</summary>
/// <param name="WeekBegins">The Monday.</param>
/// <param name="WeekEnds">The Sunday, or the last day counted.</param>
/// <param name="CriticalUncapped">Critical patients if beds were without limit.</param>
/// <param name="SevereUncapped">Severe patients if beds were without limit.</param>
/// <param name="Moderate">Moderate patients in isolation.</param>
/// <param name="Mild">Mild patients in isolation.</param>
/// <param name="CriticalBeds">Critical beds in use, never above the beds kept for the outbreak.</param>
/// <param name="SevereBeds">Severe beds in use, never above the beds kept for the outbreak.</param>
/// <param name="Beds">All beds in use.</param>
/// <param name="Facilities">Facilities of the planned size that hold these beds, whole.</param>
/// <param name="RemovedCritical">Critical patients whose stay ended, beds without limit.</param>
/// <param name="RemovedSevere">Severe patients whose stay ended, beds without limit.</param>
/// <param name="RemovedModerate">Moderate patients whose isolation ended.</param>
/// <param name="RemovedMild">Mild patients whose isolation ended.</param>
/// <param name="DischargedCritical">Critical patients who left a bed.</param>
/// <param name="DischargedSevere">Severe patients who left a bed.</param>
/// <param name="AdmittedSevere">Severe patients who found a bed.</param>
/// <param name="AdmittedCritical">Critical patients who found a bed.</param>
public sealed record PatientWeek(
    DateOnly WeekBegins,
    DateOnly WeekEnds,
    double CriticalUncapped,
    double SevereUncapped,
    double Moderate,
    double Mild,
    double CriticalBeds,
    double SevereBeds,
    double Beds,
    double Facilities,
    double RemovedCritical,
    double RemovedSevere,
    double RemovedModerate,
    double RemovedMild,
    double DischargedCritical,
    double DischargedSevere,
    double AdmittedSevere,
    double AdmittedCritical)
{
    /// <summary>Patients who would lie in a bed if there were one.</summary>
    public double WithoutBed => Math.Max(0, SevereUncapped + CriticalUncapped - Beds);
}

/// <summary>Beds that the place keeps for the outbreak. WHO's tool calls the table country_capacity.</summary>
/// <param name="Population">Persons.</param>
/// <param name="PopulationGrowth">Yearly, as a share; null where unknown.</param>
/// <param name="IncomeGroup">The World Bank's, or empty.</param>
/// <param name="HealthWorkers">Doctors and nurses; null in parity mode where one of both is unknown.</param>
/// <param name="LaboratoryStaff">Laboratory staff; null in parity mode where unknown.</param>
/// <param name="HospitalBeds">All hospital beds.</param>
/// <param name="CriticalShare">Share of beds for critical patients.</param>
/// <param name="OtherCareShare">Share of beds kept for other diseases.</param>
/// <param name="SevereShare">The rest.</param>
/// <param name="OutbreakBeds">Beds for the outbreak, whole.</param>
/// <param name="SevereBeds">Of them for severe patients, whole.</param>
/// <param name="CriticalBeds">Of them for critical patients, whole.</param>
public sealed record BedCapacity(
    long Population,
    double? PopulationGrowth,
    string IncomeGroup,
    double? HealthWorkers,
    double? LaboratoryStaff,
    double HospitalBeds,
    double CriticalShare,
    double OtherCareShare,
    double SevereShare,
    double OutbreakBeds,
    double SevereBeds,
    double CriticalBeds);

/// <summary>Oxygen of one week, and what would deliver the whole of it by each source alone.</summary>
/// <param name="WeekBegins">The Monday.</param>
/// <param name="CubicMetres">Gas at ambient pressure, m3 in the week.</param>
/// <param name="Cylinders">Large cylinders emptied in the week.</param>
/// <param name="Concentrators">Concentrators running all day.</param>
/// <param name="PlantM3PerHour">Output of a plant running all day, m3 an hour.</param>
/// <param name="LiquidLitres">Litres of liquid oxygen in the week.</param>
public sealed record OxygenWeek(
    DateOnly WeekBegins,
    double CubicMetres,
    double Cylinders,
    double Concentrators,
    double PlantM3PerHour,
    double LiquidLitres)
{
    /// <summary>The same week with each source delivering its share; the volume is shared out whole.</summary>
    public OxygenWeek SharedBy(OxygenMix mix)
    {
        ArgumentNullException.ThrowIfNull(mix);
        return this with
        {
            Cylinders = Cylinders * mix.Cylinders,
            Concentrators = Concentrators * mix.Concentrators,
            PlantM3PerHour = PlantM3PerHour * mix.Plants,
            LiquidLitres = LiquidLitres * mix.Liquid,
        };
    }
}

/// <summary>Shares of the oxygen by source, each 0 to 1; together they are 1.</summary>
public sealed record OxygenMix
{
    private const double Tolerance = 1e-9;

    /// <summary>States the shares.</summary>
    /// <param name="cylinders">Share from large cylinders.</param>
    /// <param name="concentrators">Share from bedside concentrators.</param>
    /// <param name="plants">Share from pressure swing adsorption plants on the site.</param>
    /// <param name="liquid">Share from liquid oxygen.</param>
    /// <exception cref="ArgumentException">A share is outside 0 to 1, or the sum is not 1.</exception>
    public OxygenMix(double cylinders, double concentrators, double plants, double liquid)
    {
        double[] shares = [cylinders, concentrators, plants, liquid];
        if (shares.Any(one => one is not (>= 0 and <= 1)) || Math.Abs(shares.Sum() - 1) > Tolerance)
        {
            throw new ArgumentException("The shares of the four sources are 0 to 1 and add up to 1.");
        }

        (Cylinders, Concentrators, Plants, Liquid) = (cylinders, concentrators, plants, liquid);
    }

    /// <summary>Share from large cylinders.</summary>
    public double Cylinders { get; }

    /// <summary>Share from bedside concentrators.</summary>
    public double Concentrators { get; }

    /// <summary>Share from pressure swing adsorption plants on the site.</summary>
    public double Plants { get; }

    /// <summary>Share from liquid oxygen.</summary>
    public double Liquid { get; }
}
