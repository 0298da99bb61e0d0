using Sameboat.Exchange.Chain;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>What no offer meets, by place, and what it would cost.</summary>
internal static class Unmet
{
    private const int PlacesShown = 15;
    private const int ItemsNamed = 2;

    public static void Write(PageWriter page, ReportFacts facts)
    {
        ItemFacts[] unmet = [.. facts.Goods.Where(item => item.Unmet > 0)];
        if (unmet.Length == 0)
        {
            var all = facts.Items.IsEmpty ? "No place needs anything in these weeks." : "Nothing: every need is met.";
            page.Add($"<p>{all}</p>\n");
            return;
        }

        var lines = unmet.Sum(item => item.Lines.Count(line => line.Unmet > 0));
        page.Add($"<p>Of the {facts.Goods.Sum(item => item.Lines.Length)} needs of a place for an item of goods or "
            + $"teams, {lines} stay unmet wholly or in part, over {Figures.Many(unmet.Length, "item", "items")}. "
            + $"Every one is a line of coverage.csv.</p>\n");
        WriteFunds(page, facts);
        PlaceFacts[] places =
        [
            .. facts.Places.Where(place => place.Lines.Any(line => line.Unmet > 0 && line.Item.Kind != ItemKind.Funds))
                .OrderByDescending(place => place.FundsNeeded)
                .ThenBy(place => place.Code),
        ];
        var caption = facts.Funds is null
            ? "Places where something stays unmet"
            : "Places by the price of what stays unmet";
        WritePlaces(page, caption, places.Take(PlacesShown));
        if (places.Length > PlacesShown)
        {
            page.OpenFold($"The other {Figures.Places(places.Length - PlacesShown)}");
            WritePlaces(page, caption + ", continued", places.Skip(PlacesShown));
            page.CloseFold();
        }
    }

    private static void WriteFunds(PageWriter page, ReportFacts facts)
    {
        if (facts.Funds is not { } funds)
        {
            return;
        }

        page.Add($"<p>At the prices of the disease pack it would cost {Figures.Money(funds.Need)}, over "
            + $"{Figures.Places(funds.Lines.Length)}; items without a price are not in it. ");
        page.Add(funds.Round is null
            ? Markup.Of($"Nobody offers money.</p>\n")
            : Markup.Of($"Money goes last, to what goods could not meet: {Figures.Money(funds.Offered)} is offered, "
                + $"{Figures.Money(funds.Planned)} is planned, and {Figures.Money(funds.Unmet)} stays open.</p>\n"));
    }

    private static void WritePlaces(PageWriter page, string caption, IEnumerable<PlaceFacts> places)
    {
        page.OpenTable(caption, "Place", "Items unmet", "Price, US$", "US$ a person", "Money planned, US$",
            Column.Words("Dearest of them"));
        foreach (var place in places)
        {
            CoverageLine[] unmet =
                [.. place.Lines.Where(line => line.Unmet > 0 && line.Item.Kind != ItemKind.Funds)];
            var dearest = unmet.OrderByDescending(line => line.Unmet * (line.Item.PriceUsd ?? 0)).Take(ItemsNamed)
                .Select(line => $"{Figures.Count(line.Unmet)} × {line.Item.Name}");
            page.Add($"<tr><th scope=\"row\"><a href=\"#{place.Anchor}\">{place.Name}</a></th><td>{unmet.Length}</td>"
                + $"<td>{Price(place)}</td><td>{PerPerson(place)}</td><td>{place.FundsPlanned}</td>"
                + $"<td class=\"w why\">{string.Join("; ", dearest)}</td></tr>\n");
        }

        page.CloseTable();
    }

    private static string Price(PlaceFacts place) =>
        place.FundsNeeded > 0 ? Figures.Count(place.FundsNeeded) : "not known";

    private static string PerPerson(PlaceFacts place) =>
        place is { Row.Population: > 0, FundsNeeded: > 0 }
            ? Figures.Ratio((double)place.FundsNeeded / place.Row.Population)
            : Figures.None;
}
