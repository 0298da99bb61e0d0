using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Chain.Tables;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>The lots of one round: what each donor declared, and what goes out.</summary>
internal static class LotTable
{
    private const int OpenRowsMax = 12;
    private const int NamesShown = 6;

    public static void Write(PageWriter page, ReportFacts facts, ItemFacts item)
    {
        LotRow[] lots = [.. facts.Tables.Lots.Where(lot => lot.Item == item.Item.Code && !facts.IsIdle(lot))];
        page.OpenFold($"{item.Item.Name}: {Figures.Many(lots.Length, "lot", "lots")} offered",
            lots.Length <= OpenRowsMax);
        page.OpenTable($"Lots of {item.Item.Name}, in {UnitWords.Plural(item.Item.Unit)}", "Lot", Column.Words("Donor"),
            "Offered", "Pack", "Planned", "Left", Column.Words("Conditions, and why some is left"));
        foreach (var lot in lots)
        {
            page.Add($"<tr><th scope=\"row\">{lot.Lot}</th><td class=\"w\">{lot.Donor}</td><td>{lot.Quantity}</td>"
                + $"<td>{lot.Pack}</td><td>{lot.Planned}</td><td>{lot.Quantity - lot.Planned}</td>"
                + $"<td class=\"w why\">{Conditions(lot)}{Left(lot)}</td></tr>\n");
        }

        page.CloseTable().CloseFold();
    }

    private static Markup Left(LotRow lot) =>
        lot.Note.Length > 0 ? Markup.Of($"<small>{lot.Note}</small>") : Markup.None;

    private static string Conditions(LotRow lot)
    {
        string[] all =
        [
            lot.OnlyFor.IsEmpty ? "" : $"only for {Figures.Names([.. lot.OnlyFor.Select(Figures.NameOf)], NamesShown)}",
            lot.Available is { } from ? $"from {Figures.Day(from)}" : "",
            lot.Expires is { } last ? $"use by {Figures.Day(last)}" : "",
            lot.ColdChain ? "kept cold" : "",
        ];
        var words = string.Join(", ", all.Where(one => one.Length > 0));
        return words.Length == 0 ? Figures.None : words;
    }
}
