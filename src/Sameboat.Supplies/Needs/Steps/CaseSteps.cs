using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>From weekly counts to cases by severity.</summary>
/// <remarks>
/// new_critical = C p_crit, new_severe = C p_sev, new_s = (new_severe + new_critical) p_s / (p_sev + p_crit) for mild
/// and moderate; the table begins with the weeks that end less than 1 + longest stay weeks before the start.
/// Source: WHO ESFT, WHO-cases route.
/// </remarks>
internal static class CaseSteps
{
    internal static ImmutableArray<CaseWeek> Weeks(
        DiseaseParameters figures, WeeklyCases cases, NeedSettings settings)
    {
        var start = settings.Start;
        var asReported = settings.Mode == NeedMode.Parity && cases.LastReported.Length > 0;
        var after = start.AddDays(-Sameboat.Weeks.Days * (1 + figures.StayLongest));
        var rows = ImmutableArray.CreateBuilder<CaseWeek>();
        CaseWeek? last = null;
        for (var week = 0; week < cases.Cases.Length; week++)
        {
            var monday = cases.FirstDay.AddDays(Sameboat.Weeks.Days * week);
            var sunday = monday.AddDays(Sameboat.Weeks.Days - 1);
            var ends = asReported ? cases.LastReported[week]
                : sunday < cases.LastDay ? sunday : cases.LastDay;
            if (ends > after)
            {
                last = Week(figures, monday, ends.Value, cases.Cases[week], last);
                rows.Add(last);
            }
        }

        return rows.ToImmutable();
    }

    private static CaseWeek Week(
        DiseaseParameters figures, DateOnly monday, DateOnly ends, double cases, CaseWeek? last)
    {
        var critical = cases * figures.ShareCritical;
        var severe = cases * figures.ShareSevere;
        var admitted = figures.ShareSevere + figures.ShareCritical;
        var mild = (severe + critical) * figures.ShareMild / admitted;
        var moderate = (severe + critical) * figures.ShareModerate / admitted;
        return new CaseWeek(
            monday,
            ends,
            cases,
            critical,
            severe,
            moderate,
            mild,
            (last?.TotalCritical ?? 0) + critical,
            (last?.TotalSevere ?? 0) + severe,
            (last?.TotalModerate ?? 0) + moderate,
            (last?.TotalMild ?? 0) + mild,
            (last?.Total ?? 0) + cases,
            (mild + moderate + severe + critical) * figures.Testing.NegativesPerPositive);
    }
}
