using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>From cases to patients and beds.</summary>
/// <remarks>
/// Removed_s(w) = Total_s(w - L_s); uncapped P_s = Total_s - Removed_s; beds in use min(P_s, B_s) (parity) or
/// InUse(w) = InUse(w-1) - Dis(w) + Adm(w) (bed balance), Dis(w) = Adm(w - L), Adm(w) = min(new(w), B - (InUse(w-1) -
/// Dis(w))). Source: WHO ESFT.
/// </remarks>
internal static class PatientSteps
{
    private const double PerCent = 100;

    internal static BedCapacity Beds(DiseaseParameters figures, CountryCapacity place, bool unknownStaysUnknown)
    {
        double? Known(double value, params string[] names) =>
            unknownStaysUnknown && !names.All(place.Reports) ? null : value;
        var critical = place.IntensiveCarePercent / PerCent;
        var severe = 1 - figures.BedShareOtherCare - critical;
        return new BedCapacity(
            place.Population,
            place.PopulationGrowth,
            place.IncomeGroup,
            Known(place.Staff.Doctors + place.Staff.Nurses, "doctors", "nurses"),
            Known(place.Staff.Laboratory, "laboratory"),
            place.Beds,
            critical,
            figures.BedShareOtherCare,
            severe,
            Math.Round(place.Beds * (1 - figures.BedShareOtherCare)),
            Math.Round(place.Beds * severe),
            Math.Round(place.Beds * critical));
    }

    internal static ImmutableArray<PatientWeek> Weeks(
        DiseaseParameters figures, BedCapacity beds, ImmutableArray<CaseWeek> cases, NeedSettings settings)
    {
        var conserve = settings.Mends(Corrections.BedBalance);
        var severe = new Ward(
            figures.StaySevere,
            beds.SevereBeds,
            cases.Select(one => one.NewSevere),
            cases.Select(one => one.TotalSevere));
        var critical = new Ward(
            figures.StayCritical,
            beds.CriticalBeds,
            cases.Select(one => one.NewCritical),
            cases.Select(one => one.TotalCritical));
        if (conserve)
        {
            severe.FillConserved();
            critical.FillConserved();
        }
        else
        {
            Ward.FillAsTheTool(severe, critical);
        }

        var rows = Enumerable.Range(0, cases.Length)
            .Where(week => cases[week].WeekBegins >= settings.Start)
            .Take(settings.TableWeeks)
            .Select(week => Row(figures, cases, week, severe, critical, conserve));
        return [.. rows];
    }

    private static PatientWeek Row(
        DiseaseParameters figures,
        ImmutableArray<CaseWeek> cases,
        int week,
        Ward severe,
        Ward critical,
        bool conserve)
    {
        double Before(int stay, Func<CaseWeek, double> of) => week >= stay ? of(cases[week - stay]) : 0;
        double Isolated(int stay, Func<CaseWeek, double> total) =>
            week >= stay ? total(cases[week]) - total(cases[week - stay]) : conserve ? total(cases[week]) : 0;
        var known = conserve || (week >= severe.Stay && week >= critical.Stay);
        var inUse = known ? severe.InUse[week] + critical.InUse[week] : 0;
        return new PatientWeek(
            cases[week].WeekBegins,
            cases[week].WeekEnds,
            critical.Uncapped[week],
            severe.Uncapped[week],
            Isolated(figures.StayModerate, one => one.TotalModerate),
            Isolated(figures.StayMild, one => one.TotalMild),
            critical.InUse[week],
            severe.InUse[week],
            inUse,
            Math.Ceiling(inUse / figures.BedsPerFacility),
            critical.Removed[week],
            severe.Removed[week],
            Before(figures.StayModerate, one => one.NewModerate),
            Before(figures.StayMild, one => one.NewMild),
            critical.Discharged[week],
            severe.Discharged[week],
            severe.Admitted[week],
            critical.Admitted[week]);
    }
}
