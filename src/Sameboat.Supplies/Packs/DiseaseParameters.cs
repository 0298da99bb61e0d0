namespace Sameboat.Supplies;

/// <summary>The figures of parameters.csv by meaning. Shares are 0 to 1, stays are whole weeks.</summary>
internal sealed class DiseaseParameters
{
    internal required double ShareMild { get; init; }

    internal required double ShareModerate { get; init; }

    internal required double ShareSevere { get; init; }

    internal required double ShareCritical { get; init; }

    internal required int StayMild { get; init; }

    internal required int StayModerate { get; init; }

    internal required int StaySevere { get; init; }

    internal required int StayCritical { get; init; }

    internal required double FatalitySevere { get; init; }

    internal required double FatalityCritical { get; init; }

    internal required double WorkforceShareOtherCare { get; init; }

    internal required double BedShareOtherCare { get; init; }

    internal required double BedsPerFacility { get; init; }

    internal required double AmbulanceWorkersPerBed { get; init; }

    internal required double BiomedicalEngineersPerBed { get; init; }

    internal required double CaregiversPerInpatient { get; init; }

    internal required double CaregiversPerIsolated { get; init; }

    internal required double ShiftHours { get; init; }

    internal required double CleanerFactor { get; init; }

    internal required OxygenFigures Oxygen { get; init; }

    internal required TestingFigures Testing { get; init; }

    internal required OtherCareFigures OtherCare { get; init; }

    internal required TeamFigures Teams { get; init; }

    /// <summary>Share of the population to be vaccinated, or null where the disease has no vaccine.</summary>
    internal required double? VaccineCoverageTarget { get; init; }

    internal required double VaccineEquivalentsPerCourse { get; init; }

    internal int StayLongest => Math.Max(Math.Max(StayMild, StayModerate), Math.Max(StaySevere, StayCritical));
}

/// <summary>Flows in litres a minute at ambient pressure; volumes in cubic metres.</summary>
internal sealed record OxygenFigures(
    double FlowSevere,
    double FlowInvasive,
    double FlowNonInvasive,
    double ShareInvasive,
    double ShareNonInvasive,
    double CylinderM3,
    double ConcentratorFlow,
    double GasM3PerLiquidLitre);

internal sealed record TestingFigures(
    double PerDiagnosisMild,
    double PerDiagnosisSevere,
    double PerReleaseSevere,
    double AntigenShare,
    double TargetedShare,
    double NegativesPerPositive,
    double PerWorkerWeek,
    double ContactsPerCase,
    double ContactsTestedShare,
    double StaffPerLaboratory,
    double CleanersPerLaboratory,
    double HighThroughputModulesPerLaboratory,
    double NearPatientModulesPerLaboratory,
    double TriplePackagingPerFacility,
    double ManualKitWastage,
    double ManualKitTests);

/// <summary>Defaults by cadre in the order of <see cref="OtherCadre"/>.</summary>
internal sealed record OtherCareFigures(double Weeks, double DaysPerWeek, double[] Defaults);

internal sealed record TeamFigures(
    double EmtType1OutpatientsPerDay,
    double EmtType2Beds,
    double RapidResponseCasesPerWeek,
    double RapidResponsePopulationPerTeam,
    double MobileLaboratoryTestsPerDay);

/// <summary>Cadres that care for patients of other diseases.</summary>
internal enum OtherCadre
{
    Doctor,
    Nurse,
    Laboratory,
    Midwife,
    Dentist,
    Physiotherapist,
    Traditional,
    Community,
    Pharmacist,
}
