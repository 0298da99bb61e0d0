using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Exchange.Drawing;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>One place: its figures, its two charts, and what it gets of what is offered.</summary>
internal static class PlaceBlock
{
    private const int WeeksDrawn = 16;
    private const int DaysDrawn = 90;
    private const int DaysDrawnFolded = 42; // keeps a page of 200 places small
    private const int OpenNeedsMax = 6;
    private const int Low = 1; // of the forecast's quantiles: 0.025
    private static readonly int High = ForecastQuantiles.Levels.Length - 2; // 0.975
    private static readonly ChartSize Size = new(480, 200);

    public static Markup Legend { get; } = new(
        FanChart.Legend(new FanWords(Observed: "Reported and cleaned", Median: "Median", Half: "50 % interval",
            Most: "95 % interval")) + "\n");

    public static void Write(PageWriter page, ReportFacts facts, PlaceFacts place, bool withHeading)
    {
        page.Add($"<div class=\"place\" id=\"{place.Anchor}\">");
        if (withHeading)
        {
            page.Add($"<h3>{place.Name}</h3>");
        }

        WriteFigures(page, place, withHeading);
        page.Add($"<div class=\"charts\"><figure>{Fan(facts, place)}<figcaption>Cases a week, and the forecast of "
            + $"{Figures.Many(facts.Settings.Weeks, "week", "weeks")}</figcaption></figure>"
            + $"<figure>{Reproduction(place, withHeading ? DaysDrawn : DaysDrawnFolded)}<figcaption>R, the number of "
            + $"others one case leads to</figcaption></figure></div>\n");
        WriteNeeds(page, place, withHeading);
        page.Add($"</div>\n");
    }

    /// <summary>R and its interval in one cell; nothing where the cases are too few for more than the prior.</summary>
    public static string Reproduction(AssessmentRow row) =>
        row is { Reproduction: { } mean, ReproductionLow: { } low, ReproductionHigh: { } high, Trend: not Trend.TooFew }
            ? $"{Figures.Ratio(mean)} ({Figures.Ratio(low, high)})"
            : Figures.None;

    /// <summary>Median and 95 % interval in one cell.</summary>
    public static string Forecast(WeekForecast week) =>
        $"{Figures.Rounded(week.Median)} ({Figures.Between(week.Quantiles[Low], week.Quantiles[High])})";

    private static void WriteFigures(PageWriter page, PlaceFacts place, bool withAll)
    {
        var row = place.Row;
        page.Add($"<p class=\"facts\">");
        if (withAll)
        {
            page.Add($"R {Reproduction(row)}, {Figures.Words(row.Trend)} · "
                + $"{Figures.Rounded(row.CasesLastWeek)} cases last week · ");
        }

        page.Add($"{Figures.Change(row.CasesWeekBefore, row.CasesLastWeek)} on the week before · next week "
            + $"{Forecast(place.NextWeek)} · ");
        if (row.DoublingTimeDays is { } days)
        {
            page.Add($"{Figures.DoublingTime(days)} · ");
        }

        if (row.Population > 0)
        {
            page.Add($"{row.Population} persons · ");
        }

        page.Add($"last report {LastReport(row)} · "
            + $"{Figures.Many(row.DaysChanged, "day", "days")} cleaned</p>\n");
    }

    private static string LastReport(AssessmentRow row) => row.LastReport is { } day ? Figures.Day(day) : Figures.None;

    private static Markup Fan(ReportFacts facts, PlaceFacts place)
    {
        var weeks = place.PastWeeks;
        var asOf = facts.Settings.AsOf;
        var observed = weeks.Index().Skip(Math.Max(0, weeks.Length - WeeksDrawn)).Select(week =>
            new DayValue(asOf.AddDays(-Weeks.Days * (weeks.Length - 1 - week.Index)), week.Item));
        var forecast = place.Assessment.CasesForecast.Weeks.Select(week =>
            BandPoint.Of(week.WeekEnd, ForecastQuantiles.Levels.AsSpan(), week.Quantiles.AsSpan()));
        var last = place.Assessment.CasesForecast.Weeks[^1];
        return new Markup(FanChart.Svg(new FanDrawing(
            new ChartHead($"f-{place.Code}", $"Cases a week in {place.Name}",
                $"{Figures.Rounded(place.Row.CasesLastWeek)} last week; in the week to {Figures.Day(last.WeekEnd)} "
                + Forecast(last)),
            [.. observed],
            [.. forecast],
            [])
        {
            Size = Size,
        }));
    }

    private static Markup Reproduction(PlaceFacts place, int days)
    {
        var first = place.Assessment.Cases.Reported.First;
        var points = place.Assessment.Reproduction.TakeLast(days).Select(estimate => new BandPoint(
            first.AddDays(estimate.WindowEnd - 1), estimate.Quantile025, estimate.Quantile25, estimate.Median,
            estimate.Quantile75, estimate.Quantile975));
        return new Markup(ReproductionChart.Svg(
            new ChartHead($"r-{place.Code}", $"R in {place.Name}",
                $"The last {days} days, windows of a week; now {Reproduction(place.Row)}"),
            [.. points],
            Size));
    }

    private static void WriteNeeds(PageWriter page, PlaceFacts place, bool folded)
    {
        var unoffered = place.Lines.Length - place.Offered.Length;
        var rest = unoffered == 0 ? "" : $"{Figures.Many(unoffered, "item", "items")} that nobody offers: need.csv";
        if (place.Offered.IsEmpty)
        {
            page.Add($"<p class=\"note\">It needs nothing that is offered"
                + $"{(unoffered == 0 ? "" : ", and " + rest)}.</p>\n");
            return;
        }

        if (folded)
        {
            page.OpenFold($"What it gets of {Figures.Many(place.Offered.Length, "item", "items")} offered",
                place.Offered.Length <= OpenNeedsMax);
        }

        var ranges = place.Result.Need.ToDictionary(line => line.Item);
        page.OpenTable($"What {place.Name} needs and gets of the items offered", "Item", "Need", "Gets",
            "Covered", "Need, low–high");
        foreach (var line in place.Offered)
        {
            page.Add($"<tr><th scope=\"row\">{line.Item.Name}</th><td>{line.Need}</td><td>{line.Planned}</td>"
                + $"<td>{Figures.Share(line.Before + line.Planned, line.Need)}</td><td>{Range(line, ranges)}</td>"
                + $"</tr>\n");
        }

        page.CloseTable();
        if (rest.Length > 0)
        {
            page.Add($"<p class=\"note\">And {rest}.</p>\n");
        }

        page.Add(new Markup(folded ? "</details>\n" : ""));
    }

    private static string Range(CoverageLine line, Dictionary<ItemCode, NeedLine> ranges) =>
        !ranges.TryGetValue(line.Item.Code, out var need) || need.QuantityLow == need.QuantityHigh
            ? Figures.None
            : $"{Figures.Count(need.QuantityLow)}–{Figures.Count(need.QuantityHigh)}";
}
