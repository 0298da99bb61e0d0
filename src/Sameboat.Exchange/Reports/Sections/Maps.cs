using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Exchange.Drawing;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>Two maps: how much there is of the disease, and how far the plan goes.</summary>
internal static class Maps
{
    public static void Write(PageWriter page, ReportFacts facts)
    {
        page.Add(MapOfRates(facts));
        page.Add(MapOfCoverage(facts));
    }

    private static Markup MapOfRates(ReportFacts facts)
    {
        var rates = facts.Places.Where(place => place.Rate is not null)
            .ToDictionary(place => place.Code, place => place.Rate!.Value);
        var breaks = ClassBreaks.Of(rates.Values, WorldMap.ClassesMax);
        var highest = facts.Places.Where(place => place.Rate is not null).MaxBy(place => place.Rate);
        var title = $"Cases per 100,000 persons in the seven days to {Figures.DayInWords(facts.Settings.AsOf)}";
        var description = highest is null
            ? "No place has counts."
            : $"Highest in {highest.Name}, {Figures.Rate(highest.Rate!.Value)}; "
                + $"{rates.Values.Count(rate => rate == 0)} of {Figures.Places(rates.Count)} had none.";
        return FigureOf(title, description, new MapDrawing(
            new ChartHead("m1", title, description),
            LabelsOf(breaks, rate => rate.ToString("#,0.####", CultureInfo.InvariantCulture)),
            rates.ToDictionary(rate => rate.Key, rate => breaks.Count(one => rate.Value >= one)),
            "No counts")
        {
            Tooltip = place => rates.TryGetValue(place.Code, out var rate)
                ? $"{place.EnglishName}: {Figures.Rate(rate)}" : null,
        });
    }

    private static Markup MapOfCoverage(ReportFacts facts)
    {
        var coverage = facts.Places.Where(place => place.MeanCoverage is not null)
            .ToDictionary(place => place.Code, place => place.MeanCoverage!.Value);
        if (coverage.Count == 0)
        {
            return Markup.Of($"<p>No place needs an item that is offered, so there is no coverage to map.</p>\n");
        }

        var breaks = ClassBreaks.EvenOf(coverage.Values, WorldMap.ClassesMax);
        var items = facts.OfferedItems.Count();
        var title = items == 1
            ? "Share of the need for the item offered that the plan meets"
            : "Share of need that the plan meets, mean over the items offered";
        var lowest = facts.ByCode[coverage.MinBy(place => place.Value).Key];
        var description = $"{Figures.Many(items, "item", "items")} divided; lowest mean in {lowest.Name}, "
            + $"{Figures.Share(coverage[lowest.Code])}. "
            + "Where few of them are needed, one item can lift or lower the mean.";
        return FigureOf(title, description, new MapDrawing(
            new ChartHead("m2", title, description),
            LabelsOf(breaks, Figures.RoundShare),
            coverage.ToDictionary(one => one.Key, one => breaks.Count(at => one.Value >= at)),
            "No need of what is offered")
        {
            Tooltip = place => coverage.TryGetValue(place.Code, out var share)
                ? $"{place.EnglishName}: {Figures.Share(share)}" : null,
        });
    }

    private static Markup FigureOf(string title, string description, MapDrawing map) => Markup.Of(
        $"<div class=\"block\"><h3>{title}</h3>\n<p>{description}</p>\n{new Markup(WorldMap.Figure(map))}</div>\n");

    private static ImmutableArray<string> LabelsOf(ImmutableArray<double> breaks, Func<double, string> words) =>
        breaks.IsEmpty
            ? ["none"]
            :
            [
                $"under {words(breaks[0])}",
                .. breaks.Zip(breaks.Skip(1), (from, to) => $"{words(from)} to {words(to)}"),
                $"{words(breaks[^1])} or more",
            ];
}
