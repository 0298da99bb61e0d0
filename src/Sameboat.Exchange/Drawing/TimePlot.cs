using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>The frame of a chart over time: grid, ticks and the places of values.</summary>
internal sealed class TimePlot
{
    // Left and bottom hold the labels also where the style sheet makes them larger for narrow screens.
    private const double LeftMargin = 52;
    private const double RightMargin = 14;
    private const double TopMargin = 14;
    private const double BottomMargin = 30;
    private const double EdgeOfMiddleAnchor = 40;
    private const double LetterWidth = 9.5; // of the larger text of narrow screens

    private readonly ChartSize _size;

    internal TimePlot(ChartSize size, DateOnly first, DateOnly last, ValueAxis values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Width, 240);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size.Width, 2000);
        ArgumentOutOfRangeException.ThrowIfLessThan(size.Height, 120);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size.Height, 2000);
        _size = size;
        Days = new TimeAxis(first, last, LeftMargin, size.Width - RightMargin);
        Values = values;
    }

    internal TimeAxis Days { get; }

    internal ValueAxis Values { get; }

    internal double Bottom => _size.Height - BottomMargin;

    internal double Right => _size.Width - RightMargin;

    /// <summary>The place of a value; what lies above the axis is cut off by the frame.</summary>
    internal double Y(double value) =>
        Bottom - (Math.Clamp(value, 0, 2 * Values.Max) / Values.Max * (Bottom - TopMargin));

    internal StringBuilder Open(ChartHead head, string kind)
    {
        var svg = Svg.Open(head, kind, _size.Width, _size.Height);
        svg.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"{head.Id}-c\">")
            .Box("", LeftMargin, TopMargin - 1, Right - LeftMargin, Bottom - TopMargin + 1).Append("</clipPath>");
        foreach (var tick in Values.Ticks)
        {
            svg.Path(tick == 0 ? "sb-axis" : "sb-grid", Horizontal(tick))
                .Text(LeftMargin - 6, Y(tick) + 4, "sb-e", ValueAxis.Short(tick));
        }

        var before = double.NegativeInfinity;
        foreach (var (day, label) in Days.Ticks())
        {
            var x = Days.At(day);
            if (x - before < label.Length * LetterWidth)
            {
                continue;
            }

            before = x;
            var atEdge = x > _size.Width - EdgeOfMiddleAnchor;
            svg.Path("sb-axis", PathData.OfLine([(x, Bottom), (x, Bottom + 4)]))
                .Text(atEdge ? _size.Width - 2 : x, Bottom + 19, atEdge ? "sb-e" : "sb-m", label);
        }

        return svg.Append(CultureInfo.InvariantCulture, $"<g clip-path=\"url(#{head.Id}-c)\">");
    }

    internal string Horizontal(double value) => PathData.OfLine([(LeftMargin, Y(value)), (Right, Y(value))]);

    /// <summary>Writes how far a band that was cut off goes.</summary>
    internal void NoteCut(StringBuilder svg, double x, double value)
    {
        if (value > Values.Max)
        {
            svg.Text(Math.Min(x, Right), TopMargin - 3, "sb-e", $"↑ {ValueAxis.Short(value)}");
        }
    }
}
