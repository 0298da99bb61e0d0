using Sameboat.Epidemics;
using Sameboat.Exchange.Drawing;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>The places where it grows fastest: a table, then their charts.</summary>
internal static class FastestPlaces
{
    private const int RowsMax = 20;
    private const int WeeksDrawn = 12;

    public static void Write(PageWriter page, ReportFacts facts)
    {
        PlaceFacts[] shown = [.. facts.Fastest.Take(RowsMax)];
        if (shown.Length == 0)
        {
            page.Add($"<p>No place has cases enough to say which way they go.</p>\n");
            return;
        }

        var growing = facts.CountOf(Trend.Growing);
        page.Add($"<p>Cases are called growing where the probability that R, the number of others to whom one case "
            + $"leads, is above 1 is at least {Figures.Probability(Assessor.GrowingFrom)}. That holds for "
            + $"{Figures.Places(growing)}. The table is in the order of the lower end of the interval of R, so that "
            + $"the chance of small numbers puts no place on top.</p>\n");
        page.OpenTable(
            shown.Length < facts.Fastest.Length ? $"The {shown.Length} places of fastest growth" : "Places by growth",
            "Place", "P(R > 1)", "R, 95 % interval", Column.Words("Their number"), "Cases last week", "Per 100,000",
            "Forecast next week, 95 % interval", Column.Words($"Last {WeeksDrawn} weeks"));
        foreach (var place in shown)
        {
            WriteRow(page, place);
        }

        page.CloseTable();
        page.Add($"<h3>The {facts.Worst.Length} first, with their charts</h3>\n{PlaceBlock.Legend}");
        foreach (var place in facts.Worst)
        {
            PlaceBlock.Write(page, facts, place, withHeading: true);
        }
    }

    private static void WriteRow(PageWriter page, PlaceFacts place)
    {
        var (row, next) = (place.Row, place.NextWeek);
        page.Add($"<tr><th scope=\"row\"><a href=\"#{place.Anchor}\">{place.Name}</a></th>"
            + $"<td>{(row.ProbabilityAboveOne is { } above ? Figures.Probability(above) : Figures.None)}</td>"
            + $"<td class=\"once\">{PlaceBlock.Reproduction(row)}</td>"
            + $"<td class=\"w once\">{Figures.DoublingTime(row.DoublingTimeDays)}</td>"
            + $"<td>{Figures.Rounded(row.CasesLastWeek)}</td>"
            + $"<td>{(place.Rate is { } rate ? Figures.Rate(rate) : Figures.None)}</td>"
            + $"<td>{PlaceBlock.Forecast(next)}</td><td class=\"w\">{Spark(place)}</td></tr>\n");
    }

    private static Markup Spark(PlaceFacts place) => new(Sparkline.Svg(
        [.. place.PastWeeks.TakeLast(WeeksDrawn).Select(week => (double?)week)],
        $"Weekly cases in {place.Name}, the last {WeeksDrawn} weeks"));
}
