using System.Collections.Immutable;

namespace Sameboat.Exchange.Drawing;

/// <summary>The reproduction number over time with its bands and the line at one, as SVG without script.</summary>
public static class ReproductionChart
{
    private const double TopMin = 1.5;
    private const double TopMax = 4;

    /// <summary>The chart; an empty one still has its frame, title and description.</summary>
    /// <param name="head">Title, description and id prefix.</param>
    /// <param name="points">Estimates by the last day of their window, in any order; a gap of more than a day between
    /// two is not bridged.</param>
    /// <param name="size">The size in the drawing's own units; 480 x 240 if null.</param>
    public static string Svg(ChartHead head, ImmutableArray<BandPoint> points, ChartSize? size = null)
    {
        ArgumentNullException.ThrowIfNull(head);
        size ??= new ChartSize();
        var drawn = points.IsDefault
            ? []
            : points.Where(at => at.IsFinite).Select(at => at.InOrder()).OrderBy(at => at.Day).ToArray();
        if (drawn.Length == 0)
        {
            return Drawing.Svg.Open(head, "sb-rt", size.Width, size.Height).Append("</svg>").ToString();
        }

        var top = Math.Clamp(Math.Max(drawn.Max(point => point.High50), drawn[^1].High95), TopMin, TopMax);
        var plot = new TimePlot(size, drawn[0].Day, drawn[^1].Day, ValueAxis.Holding(top, wholeSteps: false));
        var svg = plot.Open(head, "sb-rt");
        foreach (var run in Runs(drawn))
        {
            svg.Path("sb-most", PathData.OfBand([.. run.Select(at =>
                    (plot.Days.At(at.Day, 0.5), plot.Y(at.Low95), plot.Y(at.High95)))]))
                .Path("sb-half", PathData.OfBand([.. run.Select(at =>
                    (plot.Days.At(at.Day, 0.5), plot.Y(at.Low50), plot.Y(at.High50)))]))
                .Path("sb-median", PathData.OfLine(run.Select(at =>
                    ((double, double)?)(plot.Days.At(at.Day, 0.5), plot.Y(at.Median)))));
        }

        var (x, y) = (plot.Days.At(drawn[^1].Day, 0.5), plot.Y(drawn[^1].Median));
        return svg.Path("sb-one", plot.Horizontal(1)).Dot("sb-median-dot", x, y).Append("</g></svg>").ToString();
    }

    private static List<List<BandPoint>> Runs(BandPoint[] points)
    {
        var runs = new List<List<BandPoint>>();
        foreach (var point in points)
        {
            if (runs.Count == 0 || point.Day.DayNumber - runs[^1][^1].Day.DayNumber > 1)
            {
                runs.Add([]);
            }

            runs[^1].Add(point);
        }

        return runs;
    }
}
