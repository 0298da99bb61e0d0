using Sameboat.Exchange.Chain.Tables;
using Sameboat.Exchange.Drawing;
using StripRow = Sameboat.Exchange.Drawing.CoverageRow;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>What recipients of pooled donations were given, beside what a fair plan of the same pool gives.</summary>
internal static class AsItHappened
{
    private const string AsGiven = "As it happened";
    private const string AsFair = "A fair plan of the same pool";

    public static void Write(PageWriter page, ReportFacts facts)
    {
        var rows = facts.Tables.Comparison;
        if (rows.IsEmpty)
        {
            page.Add($"<p>No recipient of the record has counts, so there is nothing to compare.</p>\n");
            return;
        }

        double[] given = [.. rows.Select(row => row.CoverageGiven).Order()];
        double[] fair = [.. rows.Select(row => row.CoverageFair).Order()];
        page.Add($"<p>The same doses, counted in equivalents of one dose of a two-dose course, over the same "
            + $"{Figures.Many(rows.Length, "recipient", "recipients")}: as they were given the worst covered had "
            + $"<strong>{Figures.Share(given[0])}</strong> of its need and the middle one "
            + $"{Figures.Share(Quantile.Of(given, 0.5))}; divided fairly, no recipient would have had less than "
            + $"<strong>{Figures.Share(fair[0])}</strong>. What recipients bought themselves counts towards their "
            + $"coverage in both and is not shared out.</p>\n");
        page.Add($"<figure class=\"strip\">{new Markup(CoverageStrip.Svg(
            new ChartHead("happened", "Coverage of recipients as it happened and as a fair plan would have it",
                $"Lowest {Figures.Share(given[0])} as it happened, {Figures.Share(fair[0])} in a fair plan."),
            [new StripRow(AsGiven, [.. given]), new StripRow(AsFair, [.. fair])]))}"
            + $"<figcaption class=\"note\">A dot is a recipient; coverage above 100 % is drawn at 100 %. "
            + $"A fair plan stands above "
            + $"its lowest level only where recipients bought as much themselves.</figcaption>"
            + $"</figure>\n");
        WriteSpread(page, given, fair);
        WriteRows(page, facts);
        page.Add($"<p class=\"note\">The need is the vaccination target of the disease pack for the whole population. "
            + $"The plan looks at the pool as if all of it had been there on one day; it does not say that it could "
            + $"have been moved, stored or used sooner.</p>\n");
    }

    /// <summary>The comparison in one sentence; there is at least one recipient.</summary>
    public static Markup InShort(ReportFacts facts)
    {
        var rows = facts.Tables.Comparison;
        var worst = rows.MinBy(row => row.CoverageGiven)!;
        return Markup.Of($"As the donations were made, {Figures.NameOf(worst.Place)} was covered worst of "
            + $"{Figures.Many(rows.Length, "recipient", "recipients")}, to "
            + $"<strong>{Covered(worst, worst.Given)}</strong> of its need; a fair plan of the same pool leaves nobody "
            + $"below <strong>{Figures.Share(rows.Min(row => row.CoverageFair))}</strong>.");
    }

    private static void WriteSpread(PageWriter page, double[] given, double[] fair)
    {
        page.OpenTable("Spread of coverage over recipients", "", AsGiven, AsFair);
        WriteMeasure(page, "Lowest", given, fair, sorted => sorted[0]);
        WriteMeasure(page, "Median", given, fair, sorted => Quantile.Of(sorted, 0.5));
        WriteMeasure(page, "Highest", given, fair, sorted => sorted[^1]);
        WriteMeasure(page, "Spread: highest less lowest, in points", given, fair, sorted => sorted[^1] - sorted[0]);
        WriteMeasure(page, "Spread of the middle half, in points", given, fair,
            sorted => Quantile.Of(sorted, 0.75) - Quantile.Of(sorted, 0.25));
        page.CloseTable();
    }

    private static void WriteMeasure(
        PageWriter page, string name, double[] given, double[] fair, Func<double[], double> measure) =>
        page.Add($"<tr><th scope=\"row\">{name}</th><td>{Figures.Share(measure(given))}</td>"
            + $"<td>{Figures.Share(measure(fair))}</td></tr>\n");

    private static void WriteRows(PageWriter page, ReportFacts facts)
    {
        page.OpenFold("Every recipient", open: true);
        page.OpenTable("Every recipient, in dose-equivalents, the worst covered as it happened first", "Recipient",
            "Need", "Bought", "Given", "Fair", "Covered as given", "Covered if fair");
        foreach (var row in facts.Tables.Comparison.OrderBy(row => row.CoverageGiven).ThenBy(row => row.Place))
        {
            page.Add($"<tr><th scope=\"row\">{Figures.NameOf(row.Place)}</th><td>{row.Need}</td><td>{row.Bought}</td>"
                + $"<td>{row.Given}</td><td>{row.Fair}</td><td>{Covered(row, row.Given)}</td>"
                + $"<td>{Covered(row, row.Fair)}</td></tr>\n");
        }

        page.CloseTable().CloseFold();
    }

    private static string Covered(ComparisonRow row, long doses) => Figures.Share(row.Bought + doses, row.Need);
}
