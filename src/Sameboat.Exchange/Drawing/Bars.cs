using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>One item's need and what is there for it, all in the item's own unit.</summary>
/// <param name="Label">The item; any text.</param>
/// <param name="Need">What is needed, zero or more.</param>
/// <param name="Offered">What is offered, zero or more.</param>
/// <param name="Allocated">What the plan gives out of the offer, 0 to <paramref name="Offered"/>.</param>
/// <param name="Remark">Shown at the right above the bar, such as «7,000 of 12,000 gowns»; any text.</param>
public sealed record NeedBar(string Label, long Need, long Offered, long Allocated, string Remark = "");

/// <summary>The words of the legend of <see cref="Bars"/>.</summary>
public sealed record NeedBarWords(
    string Allocated = "Allocated",
    string Offered = "Offered, not allocated",
    string Unmet = "Needed, not offered");

/// <summary>
/// Need against offer, an item a row, as SVG without script. Units differ from item to item, so each bar shows shares
/// of its own need; the line marks the whole need, and an offer above it goes on to the right of the line.
/// </summary>
public static class Bars
{
    private const int Width = 480;
    private const double RowHeight = 46;
    private const double BarHeight = 15;
    private const double BarTop = 23;
    private const double LabelBase = 17;
    private const double FullAt = 400; // the place of the whole need
    private const int RowLettersMax = 56; // label and remark together, in the larger text of narrow screens
    private const int LabelLettersMin = 12;
    private const int RemarkLettersMax = 32;

    /// <summary>The bars in the order given; none gives an empty drawing with title and description.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A quantity is negative, or more is given than offered.</exception>
    public static string Svg(ChartHead head, ImmutableArray<NeedBar> bars)
    {
        ArgumentNullException.ThrowIfNull(head);
        ImmutableArray<NeedBar> rows = bars.IsDefault ? [] : bars;
        var svg = Drawing.Svg.Open(head, "sb-bars", Width, Math.Max(1, rows.Length) * RowHeight);
        svg.Append(CultureInfo.InvariantCulture, $"<defs><pattern id=\"{head.Id}-o\" width=\"6\" height=\"6\" ")
            .Append("patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">")
            .Append("<path class=\"sb-spare\" d=\"M0 0h6v6H0z\"/><path class=\"sb-spare-line\" d=\"M0 0v6\"/>")
            .Append("</pattern></defs>");
        for (var at = 0; at < rows.Length; at++)
        {
            AppendRow(svg, head.Id, rows[at], at * RowHeight);
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The legend as an HTML list.</summary>
    /// <param name="words">The words; English ones if null.</param>
    public static string Legend(NeedBarWords? words = null)
    {
        words ??= new NeedBarWords();
        return ChartLegend.Html(
        [
            ("<path class=\"sb-given\" d=\"M1 1h18v12H1z\"/>", words.Allocated),
            ("<path class=\"sb-spare\" d=\"M1 1h18v12H1z\"/>"
                + "<path class=\"sb-spare-line\" d=\"M3 13L11 1M10 13L18 1\"/>", words.Offered),
            ("<path class=\"sb-unmet\" d=\"M1 1h18v12H1z\"/>", words.Unmet),
        ]);
    }

    private static void AppendRow(StringBuilder svg, string id, NeedBar bar, double top)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bar.Need);
        ArgumentOutOfRangeException.ThrowIfNegative(bar.Offered);
        ArgumentOutOfRangeException.ThrowIfNegative(bar.Allocated);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bar.Allocated, bar.Offered);
        var (given, offered) = (Place(bar.Allocated, bar.Need), Place(bar.Offered, bar.Need));
        var remark = Drawing.Svg.Cut(bar.Remark, RemarkLettersMax);
        var y = top + BarTop;
        var label = Drawing.Svg.Cut(bar.Label, Math.Max(LabelLettersMin, RowLettersMax - remark.Length));
        svg.Append("<g><title>").Append(Drawing.Svg.Escape($"{bar.Label}: {bar.Remark}")).Append("</title>")
            .Text(0, top + LabelBase, "sb-s", label)
            .Text(Width, top + LabelBase, "sb-e sb-soft", remark)
            .Box("sb-unmet", 0.5, y, bar.Need > 0 ? FullAt - 0.5 : 0, BarHeight);
        if (offered > given)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g fill=\"url(#{id}-o)\">")
                .Box("sb-offer", given, y, offered - given, BarHeight).Append("</g>");
        }

        svg.Box("sb-given", 0, y, given, BarHeight)
            .Path("sb-whole", bar.Need > 0 ? PathData.OfLine([(FullAt, y), (FullAt, y + BarHeight + 4)]) : "")
            .Append("</g>");
    }

    /// <summary>The place of a quantity; what is far above the need ends at the drawing's edge.</summary>
    private static double Place(long quantity, long need) =>
        quantity == 0 ? 0 : need == 0 ? Width : Math.Min(Width, (double)quantity / need * FullAt);
}
