using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>From beds in use to staff, within what the place has.</summary>
/// <remarks>Equations in docs/methods/need-parity.md, section Staff. Source: WHO ESFT and its HWFE table.</remarks>
internal static class StaffSteps
{
    private const int Digits = 5;
    private const double ScreeningShiftHours = 8;

    internal static StaffCaps Caps(
        DiseasePack pack,
        CountryCapacity place,
        BedCapacity beds,
        ImmutableArray<PatientWeek> patients,
        TestCapacity tests) => Caps(
            pack,
            place,
            beds,
            new BedWeeks(
                patients.Sum(one => one.SevereBeds),
                patients.Sum(one => one.CriticalBeds),
                patients.Sum(one => one.Beds)),
            tests);

    internal static StaffCaps Caps(
        DiseasePack pack, CountryCapacity place, BedCapacity beds, BedWeeks inUse, TestCapacity tests)
    {
        var figures = pack.Figures.Parameters;
        var hours = pack.Figures.Hours;
        var severe = Share(inUse.Severe, inUse.All, figures.ShareSevere, figures.ShareCritical);
        var critical = Share(inUse.Critical, inUse.All, figures.ShareCritical, figures.ShareSevere);
        var cleaners = (hours.CleanerSevere / figures.ShiftHours * severe * figures.CleanerFactor)
            + (hours.CleanerCritical / figures.ShiftHours * critical * figures.CleanerFactor);
        var workers = (hours.HealthWorkerSevere / figures.ShiftHours * severe)
            + (hours.HealthWorkerCritical / figures.ShiftHours * critical);
        var screened = hours.HealthWorkerScreening > 0 ? ScreeningShiftHours / hours.HealthWorkerScreening : 0;
        var inpatients = figures.ShareSevere + figures.ShareCritical;
        var outpatients = figures.ShareMild + figures.ShareModerate;
        var perOutpatient = screened > 0 ? Rounding.ToDigits(1 / screened, Digits) : 0;
        var ratio = Rounding.ToDigits(
            inpatients * workers / ((inpatients * workers) + (outpatients * perOutpatient)), Digits);
        var treating = Rounding.ToDigits(ratio * (1 - figures.WorkforceShareOtherCare), Digits);
        var screening = Rounding.ToDigits(1 - figures.WorkforceShareOtherCare - treating, Digits);
        var criticalShare = Rounding.ToDigits(critical, Digits);
        return new StaffCaps(
            place.Beds,
            screened,
            place.Beds * cleaners,
            Rounding.ToDigits(treating * beds.HealthWorkers, Digits),
            workers,
            perOutpatient,
            Rounding.ToDigits(screening * beds.HealthWorkers, Digits),
            cleaners,
            beds.LaboratoryStaff * tests.MeanOutbreakShare,
            criticalShare,
            screening,
            Rounding.ToDigits(1 - criticalShare, Digits),
            treating,
            inpatients,
            outpatients,
            ratio,
            tests.Laboratories,
            tests.Weekly / Weeks.Days);
    }

    internal static ImmutableArray<StaffWeek> Staff(
        DiseaseParameters figures,
        StaffCaps caps,
        ImmutableArray<PatientWeek> patients,
        ImmutableArray<TestWeek> tests) =>
        [.. patients.Zip(tests, (beds, tested) => new StaffWeek(
            beds.WeekBegins,
            beds.WeekEnds,
            Unknown.Min(beds.Beds * caps.WorkersPerBed, caps.InpatientWorkersCap),
            beds.Beds * caps.WorkersPerBed,
            beds.Beds * figures.CaregiversPerInpatient,
            Math.Min(beds.Beds * caps.CleanersPerBed, caps.CleanersCap),
            Math.Round(beds.Beds * figures.AmbulanceWorkersPerBed),
            Math.Round(beds.Beds * figures.BiomedicalEngineersPerBed),
            (tested.Mild + tested.Moderate) * figures.CaregiversPerIsolated,
            Unknown.Ceiling(Unknown.Min(
                caps.Laboratories * figures.Testing.StaffPerLaboratory, caps.LaboratoryStaffCap)),
            Math.Ceiling(caps.Laboratories * figures.Testing.CleanersPerLaboratory)))];

    internal static ImmutableArray<ScreeningWeek> Screening(StaffCaps caps, ImmutableArray<TestWeek> tests) =>
        [.. tests.Select(one =>
        {
            var persons = one.Suspected + one.Mild + one.Moderate;
            var wanted = caps.ScreenedPerWorkerDay > 0 ? persons / (Weeks.Days * caps.ScreenedPerWorkerDay) : 0;
            return new ScreeningWeek(
                one.WeekBegins, one.WeekEnds, wanted, Unknown.Min(wanted, caps.ScreeningWorkersCap));
        })];

    /// <summary>A share of the beds in use; where none is in use, the share among the cases that need one.</summary>
    private static double Share(double part, double whole, double ofCases, double otherCases) =>
        whole == 0 ? ofCases / (ofCases + otherCases) : part / whole;
}

/// <summary>Beds in use summed over the weeks of the tables.</summary>
internal readonly record struct BedWeeks(double Severe, double Critical, double All);

/// <summary>Arithmetic that keeps an unknown figure unknown.</summary>
internal static class Unknown
{
    internal static double? Min(double one, double? other) => other is { } known ? Math.Min(one, known) : null;

    internal static double? Ceiling(double? value) => value is { } known ? Math.Ceiling(known) : null;
}

/// <summary>Rounding to decimals as R 4 does it: the nearer of the two neighbours, the even one at a tie.</summary>
internal static class Rounding
{
    internal static double? ToDigits(double? value, int digits) => value is { } known ? ToDigits(known, digits) : null;

    internal static double ToDigits(double value, int digits)
    {
        var scale = Math.Pow(10, digits);
        var below = Math.Floor(value * scale);
        var (low, high) = (below / scale, (below + 1) / scale);
        var (down, up) = (value - low, high - value);
        if (down == up)
        {
            return below % 2 == 0 ? low : high;
        }

        return down < up ? low : high;
    }
}
