using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>Writes the d attribute of paths, as short as the grammar of SVG allows.</summary>
internal static class PathData
{
    /// <summary>Closed rings by relative steps in whole units.</summary>
    internal static string OfRings(IEnumerable<ImmutableArray<SheetPoint>> rings)
    {
        var path = new StringBuilder();
        var at = new SheetPoint(0, 0);
        foreach (var ring in rings)
        {
            // The first ring begins where the sheet says, so that paths can be put together; after z the pen stands at
            // the ring's first point, and the next ring begins from there.
            path.Append(path.Length == 0 ? 'M' : 'm');
            Append(path, ring[0].X - at.X, false);
            Append(path, ring[0].Y - at.Y, true);
            path.Append('l');
            var pen = ring[0];
            foreach (var point in ring.AsSpan(1..))
            {
                Append(path, point.X - pen.X, pen != ring[0]);
                Append(path, point.Y - pen.Y, true);
                pen = point;
            }

            path.Append('z');
            at = ring[0];
        }

        return path.ToString();
    }

    /// <summary>A circle of whole radius as a ring, for paths that hold several territories.</summary>
    internal static string OfCircle(SheetPoint middle, int radius)
    {
        var half = string.Create(CultureInfo.InvariantCulture, $"{radius} {radius} 0 1 0");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"M{middle.X - radius} {middle.Y}a{half} {2 * radius} 0 {half}-{2 * radius} 0");
    }

    /// <summary>Drops points that repeat the one before or lie on the line between their neighbours.</summary>
    internal static ImmutableArray<SheetPoint> WithoutNeedlessPoints(IEnumerable<SheetPoint> ring)
    {
        var kept = new List<SheetPoint>();
        foreach (var point in ring)
        {
            if (kept.Count > 0 && kept[^1] == point)
            {
                continue;
            }

            if (kept.Count > 1 && IsStraight(kept[^2], kept[^1], point))
            {
                kept[^1] = point;
                continue;
            }

            kept.Add(point);
        }

        if (kept.Count > 1 && kept[0] == kept[^1])
        {
            kept.RemoveAt(kept.Count - 1);
        }

        return [.. kept];
    }

    /// <summary>An open line, in tenths of a unit; a gap starts a new piece.</summary>
    internal static string OfLine(IEnumerable<(double X, double Y)?> points)
    {
        var path = new StringBuilder();
        var down = false;
        foreach (var point in points)
        {
            if (point is { } place)
            {
                path.Append(down ? 'L' : 'M').Append(Svg.Number(place.X)).Append(' ').Append(Svg.Number(place.Y));
            }

            down = point is not null;
        }

        return path.ToString();
    }

    /// <summary>The area between an upper and a lower line.</summary>
    internal static string OfBand(IReadOnlyList<(double X, double Low, double High)> points) =>
        points.Count == 0
            ? ""
            : OfLine(points.Select(point => ((double, double)?)(point.X, point.High))
                .Concat(points.Reverse().Select(point => ((double, double)?)(point.X, point.Low)))) + "z";

    private static bool IsStraight(SheetPoint first, SheetPoint middle, SheetPoint last)
    {
        var (ax, ay) = (middle.X - first.X, middle.Y - first.Y);
        var (bx, by) = (last.X - middle.X, last.Y - middle.Y);
        return (ax * by) - (ay * bx) == 0 && (ax * bx) + (ay * by) > 0;
    }

    private static void Append(StringBuilder path, int number, bool separate)
    {
        if (separate && number >= 0)
        {
            path.Append(' ');
        }

        path.Append(CultureInfo.InvariantCulture, $"{number}");
    }
}
