using Sameboat.Exchange.Chain;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>Every place: on the screen a line that unfolds into its block, on paper a table.</summary>
internal static class EveryPlace
{
    public static void Write(PageWriter page, ReportFacts facts)
    {
        if (facts.Places.IsEmpty)
        {
            page.Add($"<p>The counts name no place.</p>\n");
            return;
        }

        page.Add($"<p class=\"screen-only\">{Figures.Places(facts.Places.Length)} in the order of their names. "
            + $"A line unfolds into charts and needs.</p>\n"
            + $"<p class=\"print-only\">On paper this is a table; on the screen each place unfolds into its charts and "
            + $"its needs. Covered: mean over the offered items that the place needs.</p>\n");
        WriteList(page, facts);
        page.Add($"<div class=\"print-only\">");
        WriteTable(page, facts);
        page.Add($"</div>\n");
    }

    private static void WriteList(PageWriter page, ReportFacts facts)
    {
        var unfolded = facts.Worst.Select(place => place.Code).ToHashSet();
        page.Add($"<div class=\"list\">\n{PlaceBlock.Legend}");
        foreach (var place in facts.Places)
        {
            if (unfolded.Contains(place.Code))
            {
                page.Add($"<div class=\"row\"><div class=\"there\"><b><a href=\"#{place.Anchor}\">{place.Name}</a></b>"
                    + $"{Cells(place)}</div></div>\n");
                continue;
            }

            page.Add($"<details class=\"row\"><summary><b>{place.Name}</b>{Cells(place)}</summary>\n");
            PlaceBlock.Write(page, facts, place, withHeading: false);
            page.Add($"</details>\n");
        }

        page.Add($"</div>\n");
    }

    private static Markup Cells(PlaceFacts place)
    {
        var row = place.Row;
        var mean = place.MeanCoverage is { } share ? Markup.Of($"<i>covered</i> {Figures.Share(share)}") : Markup.None;
        return Markup.Of($"<span>{Figures.Words(row.Trend)}</span><span><i>R</i> {PlaceBlock.Reproduction(row)}</span>"
            + $"<span>{Figures.Rounded(row.CasesLastWeek)} <i>cases</i></span><span>{mean}</span>");
    }

    private static void WriteTable(PageWriter page, ReportFacts facts)
    {
        page.OpenTable(
            "Every place", "Place", "Cases last week", "Per 100,000", "R, 95 % interval", Column.Words("Trend"),
            "Forecast next week, 95 % interval", "Covered", "Lowest");
        foreach (var place in facts.Places)
        {
            var lowest = place.Offered.MinBy(line => line.Coverage);
            page.Add($"<tr><th scope=\"row\">{place.Name}</th><td>{Figures.Rounded(place.Row.CasesLastWeek)}</td>"
                + $"<td>{(place.Rate is { } rate ? Figures.Rate(rate) : Figures.None)}</td>"
                + $"<td>{PlaceBlock.Reproduction(place.Row)}</td>"
                + $"<td class=\"w\">{Figures.Words(place.Row.Trend)}</td><td>{PlaceBlock.Forecast(place.NextWeek)}</td>"
                + $"<td>{(place.MeanCoverage is { } mean ? Figures.Share(mean) : Figures.None)}</td>"
                + $"<td>{(lowest is null ? Figures.None : CoverageOf(lowest))}</td></tr>\n");
        }

        page.CloseTable();
    }

    private static string CoverageOf(CoverageLine line) => Figures.Share(line.Before + line.Planned, line.Need);
}
