using Sameboat.Exchange.Chain.Tables;
using Sameboat.Exchange.Drawing;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>What is needed beside what is there for it, item by item.</summary>
internal static class NeedAndOffer
{
    private const int UnofferedShown = 10;

    public static void Write(PageWriter page, ReportFacts facts)
    {
        ItemFacts[] offered = [.. facts.OfferedItems];
        if (offered.Length == 0)
        {
            page.Add($"<p>No item is both needed and offered, so there is nothing to divide.</p>\n");
        }
        else
        {
            page.Add($"<p>The need of all places together over the planned weeks, and what is there for it. Each bar "
                + $"is one item, drawn as shares of its own need; the upright line marks the whole need.</p>\n");
            page.Add($"<figure class=\"bars\">{new Markup(Bars.Svg(HeadOf(offered), [.. offered.Select(BarOf)]))}"
                + $"{new Markup(Bars.Legend())}</figure>\n");
            WriteOffered(page, offered);
        }

        WriteUnoffered(page, facts);
        WriteIdle(page, facts);
    }

    private static ChartHead HeadOf(ItemFacts[] offered)
    {
        var lowest = offered.MinBy(item => (double)item.Met / item.Need)!;
        return new ChartHead("bars", "Need and offer of each item that is offered",
            $"Lowest share of need met: {lowest.Item.Name}, {Figures.Share(lowest.Met, lowest.Need)}. "
            + "The table below has every number.");
    }

    private static NeedBar BarOf(ItemFacts item) => new(
        item.Item.Name, item.Need, item.Offered, item.Planned, $"{Figures.Share(item.Met, item.Need)} of need met");

    private static void WriteOffered(PageWriter page, ItemFacts[] offered)
    {
        page.OpenTable(
            "Items offered: units needed, offered and planned, and coverage over the places that need them",
            "Item, unit", "Need, low–high", "Offered", "Planned", "Unmet", "Met", "Lowest coverage", "Median",
            "Highest");
        foreach (var item in offered)
        {
            double[] coverage = [.. item.Lines.Select(line => line.Coverage).Order()];
            page.Add($"<tr><th scope=\"row\">{item.Item.Name}<small>{item.Item.Unit}</small></th>"
                + $"<td>{item.Need}{Range(item)}</td><td>{item.Offered}</td><td>{item.Planned}</td>"
                + $"<td>{item.Unmet}</td><td>{Figures.Share(item.Met, item.Need)}</td>"
                + $"<td>{Figures.Share(coverage[0])}</td><td>{Figures.Share(Quantile.Of(coverage, 0.5))}</td>"
                + $"<td>{Figures.Share(coverage[^1])}</td></tr>\n");
        }

        page.CloseTable().Add($"<p class=\"note\">Low–high: the sum of every place’s need if its weeks turned out at "
            + $"the 10 % and at the 90 % quantile of the forecast. Places do not all err the same way at once, so the "
            + $"true sum is likely nearer the middle. The need for money is the price of what stays unmet.</p>\n");
    }

    private static Markup Range(ItemFacts item) => item is { Low: { } low, High: { } high } && low != high
        ? Markup.Of($"<small>{low}–{high}</small>")
        : Markup.None;

    private static void WriteUnoffered(PageWriter page, ReportFacts facts)
    {
        ItemFacts[] unoffered =
        [
            .. facts.Goods.Where(item => item.Round is null)
                .OrderByDescending(item => item.UnmetValue ?? -1)
                .ThenBy(item => item.Item.Name, StringComparer.Ordinal),
        ];
        if (unoffered.Length == 0)
        {
            return;
        }

        page.Add($"<h3>Needed, and offered by nobody</h3>\n");
        WriteUnofferedRows(page, "The dearest at the prices of the disease pack", unoffered[..Shown(unoffered)]);
        if (unoffered.Length > Shown(unoffered))
        {
            var rest = unoffered[Shown(unoffered)..];
            page.OpenFold($"The other {Figures.Many(rest.Length, "item", "items")} that nobody offers");
            WriteUnofferedRows(page, "Offered by nobody, continued", rest);
            page.CloseFold();
        }
    }

    private static int Shown(ItemFacts[] items) => Math.Min(UnofferedShown, items.Length);

    private static void WriteUnofferedRows(PageWriter page, string caption, ItemFacts[] items)
    {
        page.OpenTable(caption, "Item, unit", "Need, low–high", "Places", "Price, US$");
        foreach (var item in items)
        {
            var price = item.UnmetValue is { } value ? Figures.Count((long)Math.Ceiling(value)) : "not known";
            page.Add($"<tr><th scope=\"row\">{item.Item.Name}<small>{item.Item.Unit}</small></th>"
                + $"<td>{item.Need}{Range(item)}</td><td>{item.Lines.Length}</td><td>{price}</td></tr>\n");
        }

        page.CloseTable();
    }

    private static void WriteIdle(PageWriter page, ReportFacts facts)
    {
        LotRow[] idle = [.. facts.Tables.Lots.Where(facts.IsIdle)];
        if (idle.Length == 0)
        {
            return;
        }

        page.Add($"<h3>Offered, and taking no part</h3>\n");
        page.OpenTable("Lots that the plan cannot use", "Lot", Column.Words("Donor"), Column.Words("Item"), "Quantity",
            Column.Words("Why"));
        foreach (var lot in idle)
        {
            page.Add($"<tr><th scope=\"row\">{lot.Lot}</th><td class=\"w\">{lot.Donor}</td>"
                + $"<td class=\"w\">{NameOf(facts, lot.Item)}</td><td>{lot.Quantity}</td>"
                + $"<td class=\"w why\">{lot.Note}</td></tr>\n");
        }

        page.CloseTable();
    }

    private static string NameOf(ReportFacts facts, ItemCode item) =>
        facts.Settings.Pack.TryFindItem(item.ToString(), out var found) ? found.Name : item.ToString();
}
