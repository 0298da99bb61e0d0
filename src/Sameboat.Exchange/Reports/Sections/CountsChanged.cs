using Sameboat.Epidemics;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>Which days of the counts were changed before estimating, and by which rule.</summary>
internal static class CountsChanged
{
    private const int PlacesShown = 10;

    public static void Write(PageWriter page, ReportFacts facts)
    {
        var changes = facts.Tables.Cleaning;
        if (changes.IsEmpty)
        {
            page.Add($"<p>Nothing: every day was used as reported.</p>\n");
            return;
        }

        var days = changes.Select(change => (change.Place, change.Indicator, change.Day)).Distinct().Count();
        page.Add($"<p>Before anything is estimated, days that cannot be what happened are made fit, and the count as "
            + $"published is kept beside each: {Figures.Many(days, "day", "days")} of cases or deaths in "
            + $"{Figures.Places(changes.Select(change => change.Place).Distinct().Count())}. cleaning.csv lists every "
            + $"change with the reported and the cleaned count.</p>\n");
        page.OpenTable("Days changed, by rule in the order of application", "Rule", "Days", "Places",
            Column.Words("What it does"));
        foreach (var rule in Enum.GetValues<CleaningRule>())
        {
            var of = changes.Where(change => change.Rule == rule).ToList();
            var (name, what) = Words(rule);
            page.Add($"<tr><th scope=\"row\">{name}</th><td>{of.Count}</td>"
                + $"<td>{of.Select(change => change.Place).Distinct().Count()}</td>"
                + $"<td class=\"w why\">{what}</td></tr>\n");
        }

        page.CloseTable();
        WritePlaces(page, facts);
    }

    private static void WritePlaces(PageWriter page, ReportFacts facts)
    {
        var places = facts.Tables.Cleaning.GroupBy(change => change.Place)
            .Select(place => (Place: place.Key,
                Days: place.Select(change => (change.Indicator, change.Day)).Distinct().Count(),
                Rule: Words(place.GroupBy(change => change.Rule).MaxBy(rule => rule.Count())!.Key).Name))
            .OrderByDescending(place => place.Days).ThenBy(place => place.Place);
        page.OpenTable("Places with most days changed", "Place", "Days", Column.Words("Most by"));
        foreach (var (place, days, rule) in places.Take(PlacesShown))
        {
            page.Add($"<tr><th scope=\"row\">{Figures.NameOf(place)}</th><td>{days}</td>"
                + $"<td class=\"w\">{rule}</td></tr>\n");
        }

        page.CloseTable();
    }

    private static (string Name, string What) Words(CleaningRule rule) => rule switch
    {
        CleaningRule.NegativeDay => ("Negative day",
            "A correction below zero is set to zero and taken from the days before it."),
        CleaningRule.WeeklyReporter => ("Weekly reporter",
            "Reports that come on few days of the week are spread over the days they cover."),
        CleaningRule.DumpAfterSilence => ("Dump after silence",
            "A large count after silent days is spread over the silence."),
        CleaningRule.Gap => ("Gap", "A day without a report is given the level of the days around it."),
        CleaningRule.Spike => ("Spike", "A lone day far above its neighbours is capped."),
        _ => (rule.ToString(), ""),
    };
}
