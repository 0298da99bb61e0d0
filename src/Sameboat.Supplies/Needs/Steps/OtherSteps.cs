using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>Medicines: courses for the cases of a horizon.</summary>
/// <remarks>
/// amount_s = round(sum over weeks of new_s) x units per course_s x share treated_s; parity sums every week of the
/// case table and rounds half to even. Source: WHO ESFT.
/// </remarks>
internal static class MedicineSteps
{
    internal static double[] NewCases(ImmutableArray<CaseWeek> cases, Func<CaseWeek, bool> counts)
    {
        double Sum(Func<CaseWeek, double> of) => Math.Round(Summed(cases.Where(counts).Select(of)));
        return
        [
            Sum(one => one.NewMild),
            Sum(one => one.NewModerate),
            Sum(one => one.NewSevere),
            Sum(one => one.NewCritical),
        ];
    }

    /// <summary>
    /// Neumaier's compensated sum: the tool sums in extended precision, and a plain sum would round some totals that
    /// lie on a half the other way.
    /// </summary>
    private static double Summed(IEnumerable<double> values)
    {
        var sum = default(CompensatedSum);
        foreach (var value in values)
        {
            sum.Add(value);
        }

        return sum.Total;
    }

    internal static ImmutableArray<MedicineTotal> Totals(ImmutableArray<Medicine> medicines, double[] newCases)
    {
        double Units(Medicine medicine, Severity severity) => newCases[(int)severity]
            * medicine.UnitsPerCourse[(int)severity] * medicine.ShareTreated[(int)severity];
        return [.. medicines.Select(one => new MedicineTotal(
            one.Item,
            one.Drug,
            Units(one, Severity.Mild),
            Units(one, Severity.Moderate),
            Units(one, Severity.Severe),
            Units(one, Severity.Critical)))];
    }
}

/// <summary>Neumaier's sum with what rounding lost carried along.</summary>
internal struct CompensatedSum
{
    private double _sum;
    private double _lost;

    internal readonly double Total => _sum + _lost;

    internal void Add(double value)
    {
        var next = _sum + value;
        _lost += Math.Abs(_sum) >= Math.Abs(value) ? _sum - next + value : value - next + _sum;
        _sum = next;
    }
}

/// <summary>Protection of those who go on caring for patients of other diseases.</summary>
/// <remarks>
/// Reusable: one piece a head; else heads x rate x days a week x weeks. Parity takes the tool's default workforce;
/// corrected the place's own, less the share that serves the outbreak. Source: WHO ESFT.
/// </remarks>
internal static class OtherCareSteps
{
    internal static ImmutableArray<OtherCareTotal> Totals(
        DiseasePack pack, CountryCapacity place, double laboratoryShare, NeedSettings settings)
    {
        var figures = pack.Figures.Parameters;
        var national = settings.Mends(Corrections.NationalWorkforce);
        var weeks = national ? settings.Weeks : figures.OtherCare.Weeks;
        double Heads(OtherCadre cadre) => !national ? figures.OtherCare.Defaults[(int)cadre] : cadre switch
        {
            OtherCadre.Doctor or OtherCadre.Nurse => place.Staff.Of(cadre) * figures.WorkforceShareOtherCare,
            OtherCadre.Laboratory => place.Staff.Of(cadre) * (1 - laboratoryShare),
            _ => place.Staff.Of(cadre),
        };
        return [.. pack.Figures.OtherCare.Select(one => new OtherCareTotal(
            one.Item,
            [.. Enum.GetValues<OtherCadre>().Select(cadre => one.Item.Reusable
                ? Heads(cadre)
                : Heads(cadre) * one.PerDay[(int)cadre] * figures.OtherCare.DaysPerWeek * weeks)]))];
    }
}

/// <summary>Oxygen as a volume of gas at ambient pressure.</summary>
/// <remarks>
/// m3 a day = (severe beds x flow_s + critical beds x (share_inv flow_inv + share_non flow_non)) x 1440 / 1000 x u.
/// Source: WHO/2019-nCoV/Oxygen_sources/2020.1.
/// </remarks>
internal static class OxygenSteps
{
    private const double MinutesPerDay = 1440;
    private const double HoursPerDay = 24;
    private const double LitresPerM3 = 1000;

    /// <summary>What a flow of one litre a minute is in cubic metres a day.</summary>
    internal const double CubicMetresPerLitreMinute = MinutesPerDay / LitresPerM3;

    internal static ImmutableArray<OxygenWeek> Weeks(
        OxygenFigures figures, ImmutableArray<PatientWeek> patients, double utilisation)
    {
        var critical = (figures.ShareInvasive * figures.FlowInvasive)
            + (figures.ShareNonInvasive * figures.FlowNonInvasive);
        var concentrator = figures.ConcentratorFlow * MinutesPerDay / LitresPerM3;
        return [.. patients.Select(one =>
        {
            var flow = (one.SevereBeds * figures.FlowSevere) + (one.CriticalBeds * critical);
            var perDay = flow * MinutesPerDay / LitresPerM3 * utilisation;
            var perWeek = perDay * Sameboat.Weeks.Days;
            return new OxygenWeek(
                one.WeekBegins,
                perWeek,
                Per(perWeek, figures.CylinderM3),
                Per(perDay, concentrator),
                perDay / HoursPerDay,
                Per(perWeek, figures.GasM3PerLiquidLitre));
        })];
    }

    private static double Per(double amount, double unit) => unit > 0 ? amount / unit : 0;
}
