namespace Sameboat.Supplies;

/// <summary>
/// Limits of staff and tests. WHO's tool calls the table hcw_caps. Null is unknown, in parity mode only.
/// </summary>
/// <param name="Beds">All hospital beds.</param>
/// <param name="ScreenedPerWorkerDay">Persons one health worker screens in a day.</param>
/// <param name="CleanersCap">Cleaners at most.</param>
/// <param name="InpatientWorkersCap">Health workers on wards at most.</param>
/// <param name="WorkersPerBed">Health workers a bed in use takes, weighted by severity over the table's weeks.</param>
/// <param name="WorkersPerOutpatient">Health workers an outpatient takes.</param>
/// <param name="ScreeningWorkersCap">Health workers in screening at most.</param>
/// <param name="CleanersPerBed">Cleaners a bed in use takes.</param>
/// <param name="LaboratoryStaffCap">Laboratory staff for the outbreak at most.</param>
/// <param name="CriticalShare">Share of the beds in use that are critical.</param>
/// <param name="ScreeningShare">Share of health workers for screening.</param>
/// <param name="SevereShare">Share of the beds in use that are severe.</param>
/// <param name="TreatingShare">Share of health workers for wards.</param>
/// <param name="InpatientShare">Share of cases that need a bed.</param>
/// <param name="OutpatientShare">Share of cases that do not.</param>
/// <param name="InpatientWorkerRatio">Share of the outbreak's health workers that wards take.</param>
/// <param name="Laboratories">Laboratories by their machines; not whole.</param>
/// <param name="TestsPerDayMax">Tests a day that all platforms can run for the outbreak.</param>
public sealed record StaffCaps(
    double Beds,
    double ScreenedPerWorkerDay,
    double CleanersCap,
    double? InpatientWorkersCap,
    double WorkersPerBed,
    double WorkersPerOutpatient,
    double? ScreeningWorkersCap,
    double CleanersPerBed,
    double? LaboratoryStaffCap,
    double CriticalShare,
    double ScreeningShare,
    double SevereShare,
    double TreatingShare,
    double InpatientShare,
    double OutpatientShare,
    double InpatientWorkerRatio,
    double Laboratories,
    double TestsPerDayMax);

/// <summary>Staff of one week. WHO's tool calls the table hcws_weekly. Null is unknown, in parity mode only.</summary>
/// <param name="WeekBegins">The Monday.</param>
/// <param name="WeekEnds">The Sunday, or the last day counted.</param>
/// <param name="InpatientWorkers">Health workers on wards, within the limit.</param>
/// <param name="InpatientWorkersUncapped">Health workers that the beds in use would take.</param>
/// <param name="InpatientCaregivers">Relatives who care for inpatients.</param>
/// <param name="InpatientCleaners">Cleaners on wards, within the limit.</param>
/// <param name="AmbulanceWorkers">Ambulance staff, whole.</param>
/// <param name="BiomedicalEngineers">Biomedical engineers, whole.</param>
/// <param name="IsolationCaregivers">Relatives who care for the isolated.</param>
/// <param name="LaboratoryStaff">Laboratory staff, whole, within the limit.</param>
/// <param name="LaboratoryCleaners">Cleaners of laboratories, whole.</param>
public sealed record StaffWeek(
    DateOnly WeekBegins,
    DateOnly WeekEnds,
    double? InpatientWorkers,
    double InpatientWorkersUncapped,
    double InpatientCaregivers,
    double InpatientCleaners,
    double AmbulanceWorkers,
    double BiomedicalEngineers,
    double IsolationCaregivers,
    double? LaboratoryStaff,
    double LaboratoryCleaners);

/// <summary>Health workers in screening in one week. WHO's tool calls the table screening_hcws_weekly.</summary>
/// <param name="WeekBegins">The Monday.</param>
/// <param name="WeekEnds">The Sunday, or the last day counted.</param>
/// <param name="WorkersUncapped">Health workers that the persons to screen would take.</param>
/// <param name="Workers">The same within the limit; null is unknown, in parity mode only.</param>
public sealed record ScreeningWeek(DateOnly WeekBegins, DateOnly WeekEnds, double WorkersUncapped, double? Workers);
