using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>The page in a few sentences with numbers.</summary>
internal static class InShort
{
    private const int SharesInOneSentence = 5;

    public static void Write(PageWriter page, ReportFacts facts)
    {
        page.Add($"<ul class=\"short\">\n");
        foreach (var sentence in (Markup[])
            [
                Trends(facts), Fastest(facts), Cases(facts), Offers(facts), Shares(facts), Lowest(facts),
                facts.Tables.Comparison.IsEmpty ? Money(facts) : AsItHappened.InShort(facts),
            ])
        {
            page.Add(sentence.Html.Length == 0 ? sentence : Markup.Of($"<li>{sentence}</li>\n"));
        }

        page.Add($"</ul>\n");
    }

    private static Markup Trends(ReportFacts facts) => Markup.Of(
        $"Of {Figures.Places(facts.Places.Length)} with counts, cases grow in "
        + $"<strong>{facts.CountOf(Trend.Growing)}</strong> and decline in "
        + $"<strong>{facts.CountOf(Trend.Declining)}</strong>; {facts.CountOf(Trend.Stable)} show no clear trend and "
        + $"{facts.CountOf(Trend.TooFew)} have too few cases to say.");

    private static Markup Fastest(ReportFacts facts)
    {
        if (facts.Fastest.FirstOrDefault() is not { Assessment.Latest: { } latest } fastest)
        {
            return Markup.None;
        }

        var interval = Figures.Ratio(latest.Quantile025, latest.Quantile975);
        var estimate = Markup.Of($"one case leads to <strong>{Figures.Ratio(latest.Mean)}</strong> others "
            + $"(95 % interval {interval})");
        return fastest.Row.Trend == Trend.Growing
            ? Markup.Of($"They grow fastest in <strong>{fastest.Name}</strong>: {estimate}"
                + $"{Doubling(fastest.Row.DoublingTimeDays)}.")
            : Markup.Of($"Nowhere is growth sure; highest stands {fastest.Name}, where {estimate}.");
    }

    private static string Doubling(double? days) =>
        days is null ? "" : $", and their number {Figures.DoublingTime(days)}";

    private static Markup Cases(ReportFacts facts)
    {
        var last = facts.Places.Sum(place => place.Row.CasesLastWeek);
        var before = facts.Places.Sum(place => place.Row.CasesWeekBefore);
        var next = facts.Places.Sum(place => place.NextWeek.Median);
        return Markup.Of($"All together they had <strong>{Figures.Rounded(last)}</strong> cases in the last seven days "
            + $"({Figures.Change(before, last)} on the week before); the median forecasts of the next seven add up to "
            + $"<strong>{Figures.Rounded(next)}</strong>.");
    }

    private static Markup Offers(ReportFacts facts)
    {
        var lots = facts.Tables.Lots;
        var needed = facts.Goods.Count();
        if (lots.IsEmpty)
        {
            return Markup.Of($"Nothing is offered; {Figures.Many(needed, "item is", "items are")} needed.");
        }

        var items = lots.Select(lot => lot.Item).Distinct().Count();
        var donors = lots.Select(lot => lot.Donor).Distinct(StringComparer.Ordinal).Count();
        var unoffered = facts.Goods.Count(item => item.Round is null);
        var rest = unoffered == 0
            ? "everything that is needed is offered by somebody"
            : $"of {Figures.Many(needed, "item", "items")} of goods and teams that are needed, "
                + $"{Figures.Count(unoffered)} are offered by nobody";
        return Markup.Of($"{Figures.Many(donors, "donor offers", "donors offer")} "
            + $"<strong>{Figures.Many(lots.Length, "lot", "lots")}</strong> of {Figures.Many(items, "item", "items")}; "
            + $"{rest}.");
    }

    private static Markup Shares(ReportFacts facts)
    {
        ItemFacts[] goods = [.. facts.OfferedItems.Where(item => item.Item.Kind != ItemKind.Funds)
            .OrderBy(item => (double)item.Met / item.Need)];
        if (goods.Length == 0)
        {
            return Markup.None;
        }

        if (goods.Length > SharesInOneSentence)
        {
            var middle = goods[(goods.Length - 1) / 2];
            return Markup.Of($"Of the {goods.Length} items divided, the plan leaves <em>{goods[0].Item.Name}</em> "
                + $"shortest, at {ShareOf(goods[0])} of the need, and <em>{goods[^1].Item.Name}</em> best met, at "
                + $"{ShareOf(goods[^1])}; half of the items stay at or below "
                + $"{Figures.Share(middle.Met, middle.Need)}.");
        }

        var parts = goods.Select(item => Markup.Of($"{ShareOf(item)} for <em>{item.Item.Name}</em>").Html);
        return Markup.Of($"With the plan, this share of all need is met: {new Markup(string.Join("; ", parts))}.");
    }

    private static Markup ShareOf(ItemFacts item) =>
        Markup.Of($"<strong>{Figures.Share(item.Met, item.Need)}</strong>");

    private static Markup Lowest(ReportFacts facts)
    {
        CoverageLine[] lines = [.. facts.OfferedItems.SelectMany(item => item.Lines)];
        if (lines.MinBy(line => line.Coverage) is not { } lowest)
        {
            return Markup.None;
        }

        var empty = lines.Count(line => line.Before + line.Planned == 0);
        return empty == 0
            ? Markup.Of($"No place is left with nothing of an item that is offered: the lowest coverage is "
                + $"<strong>{Figures.Share(lowest.Before + lowest.Planned, lowest.Need)}</strong> "
                + $"({Figures.NameOf(lowest.Place)}, <em>{lowest.Item.Name}</em>).")
            : Markup.Of($"The lowest coverage is <strong>0 %</strong>: {empty} of the {lines.Length} needs for an "
                + $"offered item get nothing, each for a reason that is stated below.");
    }

    private static Markup Money(ReportFacts facts)
    {
        if (facts.Funds is not { } funds)
        {
            return facts.Items.IsEmpty ? Markup.None : Markup.Of($"Nothing that has a price stays unmet.");
        }

        var open = Markup.Of($"What no goods meet would cost <strong>{Figures.Money(funds.Need)}</strong> at the "
            + $"prices of the disease pack");
        return funds.Round is null
            ? Markup.Of($"{open}; nobody offers money for it.")
            : Markup.Of($"{open}; {Figures.Money(funds.Offered)} is offered in money, of which the plan hands out "
                + $"{Figures.Money(funds.Planned)}, {Figures.Share(funds.Planned, funds.Need)} of that price.");
    }
}
