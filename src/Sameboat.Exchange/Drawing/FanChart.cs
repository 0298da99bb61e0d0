using System.Collections.Immutable;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>The words of a fan chart's legend.</summary>
public sealed record FanWords(
    string Observed = "Reported",
    string Median = "Median forecast",
    string Half = "50 % of outcomes",
    string Most = "95 % of outcomes",
    string Came = "What came true");

/// <summary>What a fan chart shows. Values below zero are drawn at zero.</summary>
/// <param name="Head">Title, description and id prefix.</param>
/// <param name="Observed">Past values in any order; empty is allowed.</param>
/// <param name="Forecast">Future bands in any order; empty is allowed.</param>
/// <param name="Came">What was reported later for the time of the forecast; empty when not known.</param>
/// <param name="DaysEach">Days that each value stands for: 1 for daily counts, 7 for weekly.</param>
public sealed record FanDrawing(
    ChartHead Head,
    ImmutableArray<DayValue> Observed,
    ImmutableArray<BandPoint> Forecast,
    ImmutableArray<DayValue> Came,
    int DaysEach = Weeks.Days)
{
    /// <summary>The size in the drawing's own units.</summary>
    public ChartSize Size { get; init; } = new();
}

/// <summary>Past counts and the forecast that follows, as SVG without script.</summary>
public static class FanChart
{
    // A 95 % band that shoots far above all else would flatten the rest; it is cut there and its end written.
    private const double CutAboveTimes = 2.2;
    private const int BarsMax = 150;
    private const double BarShare = 0.78;

    /// <summary>The chart; an empty one still has its frame, title and description.</summary>
    public static string Svg(FanDrawing fan)
    {
        ArgumentNullException.ThrowIfNull(fan);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(fan.DaysEach);
        var observed = Sorted(fan.Observed);
        var came = Sorted(fan.Came);
        var bands = fan.Forecast.IsDefault
            ? []
            : fan.Forecast.Where(at => at.IsFinite).Select(at => at.InOrder()).OrderBy(at => at.Day).ToArray();
        DateOnly[] days = [.. observed.Concat(came).Select(at => at.Day), .. bands.Select(at => at.Day)];
        if (days.Length == 0)
        {
            return Drawing.Svg.Open(fan.Head, "sb-fan", fan.Size.Width, fan.Size.Height).Append("</svg>").ToString();
        }

        var plot = new TimePlot(
            fan.Size,
            FirstDay(days.Min(), fan.DaysEach),
            days.Max(),
            ValueAxis.Holding(TopOf(observed, bands, came), wholeSteps: true));
        var svg = plot.Open(fan.Head, "sb-fan");
        AppendBands(svg, plot, observed, bands, fan.DaysEach);
        AppendObserved(svg, plot, observed, fan.DaysEach);
        AppendMedian(svg, plot, observed, bands, fan.DaysEach);
        AppendCame(svg, plot, came, fan.DaysEach);
        svg.Append("</g>");
        if (bands.Length > 0)
        {
            var highest = bands.MaxBy(band => band.High95);
            plot.NoteCut(svg, Middle(plot, highest.Day, fan.DaysEach), highest.High95);
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>The legend as an HTML list; one serves many charts.</summary>
    /// <param name="words">The words; English ones if null.</param>
    /// <param name="withCame">Whether the charts show what came true.</param>
    public static string Legend(FanWords? words = null, bool withCame = false)
    {
        words ??= new FanWords();
        IEnumerable<(string, string)> entries =
        [
            ("<path class=\"sb-bar\" d=\"M3 13V6h4v7zM9 13V2h4v11z\"/>", words.Observed),
            ("<path class=\"sb-median\" d=\"M1 10L19 4\"/>", words.Median),
            ("<path class=\"sb-half\" d=\"M1 2h18v10H1z\"/>", words.Half),
            ("<path class=\"sb-most\" d=\"M1 2h18v10H1z\"/>", words.Most),
            ("<path class=\"sb-came\" d=\"M2 10L18 4\"/>", words.Came),
        ];
        return ChartLegend.Html(withCame ? entries : entries.SkipLast(1));
    }

    private static DayValue[] Sorted(ImmutableArray<DayValue> values) => values.IsDefault
        ? []
        : [.. values.Where(at => double.IsFinite(at.Value)).OrderBy(at => at.Day)];

    private static DateOnly FirstDay(DateOnly day, int daysEach) =>
        DateOnly.FromDayNumber(Math.Max(0, day.DayNumber - daysEach + 1));

    private static double TopOf(DayValue[] observed, BandPoint[] bands, DayValue[] came)
    {
        var most = observed.Concat(came).Select(at => at.Value)
            .Concat(bands.Select(band => band.High50)).Append(0).Max();
        var tail = bands.Select(band => band.High95).Append(0).Max();
        return most > 0 ? Math.Max(most, Math.Min(tail, most * CutAboveTimes)) : tail;
    }

    private static double Middle(TimePlot plot, DateOnly day, int daysEach) =>
        plot.Days.At(day, 1 - (daysEach / 2.0));

    private static void AppendObserved(StringBuilder svg, TimePlot plot, DayValue[] observed, int daysEach)
    {
        if (observed.Length > BarsMax)
        {
            svg.Path("sb-line", PathData.OfLine(observed.Select(at =>
                ((double, double)?)(Middle(plot, at.Day, daysEach), plot.Y(at.Value)))));
            return;
        }

        var bars = new StringBuilder();
        var foot = Drawing.Svg.Number(plot.Bottom);
        var wide = (plot.Days.At(plot.Days.First, daysEach) - plot.Days.At(plot.Days.First)) * BarShare;
        foreach (var at in observed.Where(at => at.Value > 0))
        {
            var left = Middle(plot, at.Day, daysEach) - (wide / 2);
            bars.Append('M').Append(Drawing.Svg.Number(left)).Append(' ').Append(foot)
                .Append('V').Append(Drawing.Svg.Number(plot.Y(at.Value)))
                .Append('h').Append(Drawing.Svg.Number(wide)).Append('V').Append(foot).Append('z');
        }

        svg.Path("sb-bar", bars.ToString());
    }

    private static void AppendBands(
        StringBuilder svg, TimePlot plot, DayValue[] observed, BandPoint[] bands, int daysEach)
    {
        var joined = Joined(observed, bands);
        svg.Path("sb-most", PathData.OfBand([.. joined.Select(at =>
                (Middle(plot, at.Day, daysEach), plot.Y(at.Low95), plot.Y(at.High95)))]))
            .Path("sb-half", PathData.OfBand([.. joined.Select(at =>
                (Middle(plot, at.Day, daysEach), plot.Y(at.Low50), plot.Y(at.High50)))]));
    }

    private static void AppendMedian(
        StringBuilder svg, TimePlot plot, DayValue[] observed, BandPoint[] bands, int daysEach)
    {
        svg.Path("sb-median", PathData.OfLine(Joined(observed, bands).Select(at =>
            ((double, double)?)(Middle(plot, at.Day, daysEach), plot.Y(at.Median)))));
        foreach (var at in bands)
        {
            svg.Dot("sb-median-dot", Middle(plot, at.Day, daysEach), plot.Y(at.Median));
        }
    }

    private static void AppendCame(StringBuilder svg, TimePlot plot, DayValue[] came, int daysEach)
    {
        svg.Path("sb-came", PathData.OfLine(came.Select(at =>
            ((double, double)?)(Middle(plot, at.Day, daysEach), plot.Y(at.Value)))));
        foreach (var at in came.Length <= BarsMax ? came : [])
        {
            svg.Dot("sb-came-dot", Middle(plot, at.Day, daysEach), plot.Y(at.Value));
        }
    }

    /// <summary>The fan opens from the last value before it.</summary>
    private static BandPoint[] Joined(DayValue[] observed, BandPoint[] bands)
    {
        if (bands.Length == 0 || !observed.Any(at => at.Day < bands[0].Day))
        {
            return bands;
        }

        var last = observed.Last(at => at.Day < bands[0].Day);
        var start = Math.Max(0, last.Value);
        return [new BandPoint(last.Day, start, start, start, start, start), .. bands];
    }
}
