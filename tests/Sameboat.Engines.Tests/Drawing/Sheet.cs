using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sameboat.Engines.Tests.Drawing;

/// <summary>Reads a drawing back, as a browser would.</summary>
internal static partial class Sheet
{
    internal static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    /// <summary>The drawing as a tree; fails for text that is not well-formed or names a number that is none.</summary>
    internal static XElement Read(string svg)
    {
        foreach (var wrong in (string[])["NaN", "Infinity", "∞", "E+", "href=\"#\""])
        {
            svg.ShouldNotContain(wrong, Case.Sensitive);
        }

        return XDocument.Parse(svg).Root!;
    }

    /// <summary>Title and description exist and are what the drawing is labelled by.</summary>
    internal static void ShouldBeLabelled(this XElement svg, string id)
    {
        svg.Attribute("aria-labelledby")!.Value.ShouldBe($"{id}-t {id}-d");
        svg.Element(Svg + "title")!.Attribute("id")!.Value.ShouldBe($"{id}-t");
        svg.Element(Svg + "desc")!.Attribute("id")!.Value.ShouldBe($"{id}-d");
    }

    /// <summary>The rings of a d attribute of the form Mx yl... z m... in absolute units.</summary>
    internal static List<List<(int X, int Y)>> Rings(string data)
    {
        var rings = new List<List<(int X, int Y)>>();
        (int X, int Y) start = (0, 0);
        foreach (var ring in data.Split('z', StringSplitOptions.RemoveEmptyEntries))
        {
            var numbers = WholeNumber().Matches(ring)
                .Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture)).ToArray();
            start = ring[0] == 'M' ? (numbers[0], numbers[1]) : (start.X + numbers[0], start.Y + numbers[1]);
            var points = new List<(int X, int Y)> { start };
            for (var at = 2; at < numbers.Length; at += 2)
            {
                points.Add((points[^1].X + numbers[at], points[^1].Y + numbers[at + 1]));
            }

            rings.Add(points);
        }

        return rings;
    }

    internal static double Area(List<(int X, int Y)> ring)
    {
        double twice = 0;
        for (var at = 0; at < ring.Count; at++)
        {
            var (here, next) = (ring[at], ring[(at + 1) % ring.Count]);
            twice += ((double)here.X * next.Y) - ((double)next.X * here.Y);
        }

        return Math.Abs(twice) / 2;
    }

    [GeneratedRegex("-?[0-9]+")]
    private static partial Regex WholeNumber();
}
