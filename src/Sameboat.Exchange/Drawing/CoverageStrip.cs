using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>One row of a coverage strip.</summary>
/// <param name="Label">What the row shows, such as «before the plan»; any text.</param>
/// <param name="Coverage">Share of need that each place has, 0 upwards; what is not finite is left out.</param>
public sealed record CoverageRow(string Label, ImmutableArray<double> Coverage);

/// <summary>
/// How coverage is spread over places: a dot a place, from none to the whole need, rows below each other for
/// comparison. The bar below a row's dots marks its median. As SVG without script.
/// </summary>
public static class CoverageStrip
{
    private const int Width = 480;
    private const double RowHeight = 92;
    private const double Left = 10;
    private const double Right = 466;
    private const double AxisHeight = 26;
    private const double DotsBase = 80;
    private const double DotsHeight = 56;
    private const double DotRadius = 2.6;
    private const double DotStep = 5.6;
    private const int Bins = 76; // dots of one bin stand on each other
    private const double MarkHeight = 6;

    /// <summary>The strip. Coverage above the whole need is drawn at the whole need.</summary>
    /// <param name="head">Title, description and id prefix.</param>
    /// <param name="rows">At least one for a drawing that is not empty.</param>
    public static string Svg(ChartHead head, ImmutableArray<CoverageRow> rows)
    {
        ArgumentNullException.ThrowIfNull(head);
        ImmutableArray<CoverageRow> given = rows.IsDefault ? [] : rows;
        var height = (Math.Max(1, given.Length) * RowHeight) + AxisHeight;
        var svg = Drawing.Svg.Open(head, "sb-strip", Width, height);
        for (var share = 0; share <= 100; share += 25)
        {
            var x = Left + (share / 100.0 * (Right - Left));
            var anchor = share switch { 0 => "sb-s", 100 => "sb-e", _ => "sb-m" };
            svg.Path("sb-grid", PathData.OfLine([(x, 20), (x, height - AxisHeight)]))
                .Text(share switch { 0 => 0, 100 => Width, _ => x }, height - 6, anchor, $"{share} %");
        }

        for (var at = 0; at < given.Length; at++)
        {
            AppendRow(svg, given[at], at * RowHeight);
        }

        return svg.Append("</svg>").ToString();
    }

    private static void AppendRow(StringBuilder svg, CoverageRow row, double top)
    {
        double[] coverage = row.Coverage.IsDefault ? [] : [.. row.Coverage.Where(double.IsFinite).Order()];
        svg.Text(0, top + 14, "sb-s sb-on", row.Label)
            .Path("sb-axis", PathData.OfLine([(Left, top + DotsBase), (Right, top + DotsBase)]));
        if (coverage.Length == 0)
        {
            return;
        }

        var stacks = coverage.GroupBy(Bin).ToArray();
        var step = Math.Min(DotStep, DotsHeight / stacks.Max(stack => stack.Count()));
        var dots = new StringBuilder();
        foreach (var stack in stacks)
        {
            var x = Drawing.Svg.Number(Left + ((double)stack.Key / Bins * (Right - Left)));
            for (var at = 0; at < stack.Count(); at++)
            {
                // A line of no length with round ends is a dot, in a third of the text of a circle.
                var y = Drawing.Svg.Number(top + DotsBase - DotRadius - 1 - (at * step));
                dots.Append(CultureInfo.InvariantCulture, $"M{x} {y}h0");
            }
        }

        var median = Left + (Math.Clamp(Median(coverage), 0, 1) * (Right - Left));
        svg.Path("sb-dots", dots.ToString())
            .Path("sb-middle", PathData.OfLine([(median, top + DotsBase), (median, top + DotsBase + MarkHeight)]));
    }

    private static int Bin(double coverage) => (int)Math.Round(Math.Clamp(coverage, 0, 1) * Bins);

    private static double Median(double[] sorted) =>
        (sorted[(sorted.Length - 1) / 2] / 2) + (sorted[sorted.Length / 2] / 2);
}
