using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>A line of one word's size, 120 by 28, for a table cell or a sentence; as SVG without script.</summary>
public static class Sparkline
{
    private const double Width = 120;
    private const double Height = 28;
    private const double Margin = 4;
    private const int PointsMax = 120;
    private const double Largest = 1e15;

    /// <summary>The line from zero to its own highest value, with a dot at its end.</summary>
    /// <param name="values">In order of time; null or not finite is a gap, below zero counts as zero. More than 120
    /// are averaged in groups.</param>
    /// <param name="label">What is shown, for readers who do not see it; any text.</param>
    public static string Svg(IReadOnlyList<double?> values, string label)
    {
        ArgumentNullException.ThrowIfNull(values);
        var points = Grouped(values);
        var top = points.Max() is { } most && most > 0 ? most : 1;
        var step = points.Count > 1 ? (Width - (2 * Margin)) / (points.Count - 1) : 0;
        var places = points.Select((value, at) => value is { } drawn
            ? (Margin + (at * step), Height - Margin - (drawn / top * (Height - (2 * Margin))))
            : ((double, double)?)null).ToArray();
        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sb-chart sb-spark\" ")
            .Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {Width} {Height}\" ")
            .Append(CultureInfo.InvariantCulture, $"width=\"{Width}\" height=\"{Height}\" ")
            .Append(CultureInfo.InvariantCulture, $"role=\"img\" aria-label=\"{Drawing.Svg.Escape(label)}\">")
            .Path("sb-axis", PathData.OfLine([(0, Height - Margin + 0.5), (Width, Height - Margin + 0.5)]))
            .Path("sb-line", PathData.OfLine(places));
        if (places.LastOrDefault(place => place is not null) is { } end)
        {
            svg.Dot("sb-dot", end.Item1, end.Item2, 2.5);
        }

        return svg.Append("</svg>").ToString();
    }

    private static List<double?> Grouped(IReadOnlyList<double?> values)
    {
        var each = Math.Max(1, (values.Count + PointsMax - 1) / PointsMax);
        return [.. values
            .Select(at => at is { } given && double.IsFinite(given) ? Math.Clamp(given, 0, Largest) : (double?)null)
            .Chunk(each)
            .Select(group => group.Average())];
    }
}
