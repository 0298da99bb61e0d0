using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>Which colours the classes of a map take. Both go from light to dark, so that grey tells them too.</summary>
public enum MapScale
{
    /// <summary>One hue from little to much.</summary>
    Sequential,

    /// <summary>From blue (falling, good) through grey to dark orange (rising, of concern).</summary>
    Diverging,
}

/// <summary>What a world map shows.</summary>
/// <param name="Head">Title, description and id prefix.</param>
/// <param name="Classes">The labels of the classes, in order; 1 to <see cref="WorldMap.ClassesMax"/>.</param>
/// <param name="Values">The class of each territory, 0 to the number of classes less one; a territory that is absent
/// or has another number is shown as without data.</param>
/// <param name="NoData">The label of what has no data.</param>
public sealed record MapDrawing(
    ChartHead Head,
    ImmutableArray<string> Classes,
    IReadOnlyDictionary<TerritoryCode, int> Values,
    string NoData = "No data")
{
    /// <summary>The colours.</summary>
    public MapScale Scale { get; init; } = MapScale.Sequential;

    /// <summary>Text shown when a pointer rests on a territory; null for none, on all or on one.</summary>
    public Func<Territory, string?>? Tooltip { get; init; }

    /// <summary>Address that a territory leads to; null for none, on all or on one.</summary>
    public Func<Territory, string?>? Link { get; init; }

    /// <summary>The outlines; the carried ones unless given.</summary>
    public Boundaries? Boundaries { get; init; }
}

/// <summary>
/// A choropleth of the world as SVG without script. Each territory of <see cref="Territories.All"/> is on it: as its
/// outline, or as a circle at its centroid where the outline would not be seen.
/// </summary>
public static class WorldMap
{
    /// <summary>The most classes a reader can tell apart on a map.</summary>
    public const int ClassesMax = 6;

    private const int Radius = 3;
    private const int RadiusWithoutData = 2;

    /// <summary>The map without its legend; width and height come from the page.</summary>
    /// <exception cref="ArgumentException">No class or too many, or the id prefix has another form.</exception>
    public static string Svg(MapDrawing map)
    {
        ArgumentNullException.ThrowIfNull(map);
        CheckClasses(map);
        var shapes = ShapesOf(map);
        var svg = Drawing.Svg.Open(map.Head, "sb-map", MapShapes.Width, MapShapes.Height, map.Link is not null);
        svg.Append("<defs>").Append(HatchOf(map.Head.Id)).Append("</defs>").Path("sb-sea", shapes.Sea);
        var classOf = ClassOf(map);

        // Outlines first, circles on top of them, those without data below the others.
        foreach (var circles in (bool[])[false, true])
        {
            for (var index = -1; index < map.Classes.Length; index++)
            {
                var members = Territories.All
                    .Where(place => classOf.GetValueOrDefault(place.Code, -1) == index)
                    .Where(place => shapes.ByCode[place.Code].Circle is not null == circles);
                AppendClass(svg, map, StyleOf(map, index, circles ? " sb-spot" : ""), members, index < 0);
            }
        }

        return svg.Append("</svg>").ToString();
    }

    /// <summary>
    /// The legend as an HTML list, to stand below the map: as text it stays readable where the map is small.
    /// </summary>
    public static string Legend(MapDrawing map)
    {
        ArgumentNullException.ThrowIfNull(map);
        CheckClasses(map);
        return ChartLegend.Html(Enumerable.Range(0, map.Classes.Length + 1).Select(at =>
        {
            var last = at == map.Classes.Length;
            var swatch = $"<g{StyleOf(map, last ? -1 : at)}><path d=\"M1 1h18v12H1z\"/></g>";
            return (swatch, last ? map.NoData : map.Classes[at]);
        }));
    }

    /// <summary>Map, legend and the disclaimer on boundaries as one HTML figure.</summary>
    /// <param name="map">What is shown.</param>
    /// <param name="disclaimer">In the page's language; <see cref="Boundaries.Disclaimer"/> if null.</param>
    public static string Figure(MapDrawing map, string? disclaimer = null) =>
        $"<figure class=\"sb-figure\">{Svg(map)}{Legend(map)}<figcaption class=\"sb-note\">"
        + $"{Drawing.Svg.Escape(disclaimer ?? Boundaries.Disclaimer)}</figcaption></figure>";

    private static MapShapes ShapesOf(MapDrawing map) => (map.Boundaries ?? Boundaries.Carried).Shapes;

    private static Dictionary<TerritoryCode, int> ClassOf(MapDrawing map)
    {
        var classOf = new Dictionary<TerritoryCode, int>();
        foreach (var (code, index) in map.Values)
        {
            if (index >= 0 && index < map.Classes.Length && Territories.TryGet(code, out var territory))
            {
                classOf[territory.Code] = index;
            }
        }

        return classOf;
    }

    private static void AppendClass(
        StringBuilder svg, MapDrawing map, string style, IEnumerable<Territory> members, bool withoutData)
    {
        var shapes = ShapesOf(map);
        var radius = withoutData ? RadiusWithoutData : Radius;
        var together = new StringBuilder();
        var apart = new StringBuilder();
        foreach (var place in members)
        {
            var shape = shapes.ByCode[place.Code];
            var (tooltip, link) = (map.Tooltip?.Invoke(place), map.Link?.Invoke(place));
            if (tooltip is null && link is null)
            {
                together.Append(shape.Circle is { } middle ? PathData.OfCircle(middle, radius) : shape.Path);
                continue;
            }

            apart.Append(link is null ? "" : $"<a href=\"{Drawing.Svg.Escape(link)}\">");
            var (element, open) = shape.Circle is { } at
                ? ("circle", string.Create(CultureInfo.InvariantCulture, $"cx=\"{at.X}\" cy=\"{at.Y}\" r=\"{radius}\""))
                : ("path", $"d=\"{shape.Path}\"");
            apart.Append(CultureInfo.InvariantCulture, $"<{element} {open}>")
                .Append(tooltip is null ? "" : $"<title>{Drawing.Svg.Escape(tooltip)}</title>")
                .Append(CultureInfo.InvariantCulture, $"</{element}>")
                .Append(link is null ? "" : "</a>");
        }

        if (together.Length + apart.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g{style}>");
            svg.Append(together.Length > 0 ? $"<path d=\"{together}\"/>" : "").Append(apart).Append("</g>");
        }
    }

    private static string StyleOf(MapDrawing map, int index, string more = "")
    {
        if (index < 0)
        {
            return $" class=\"sb-land sb-empty{more}\" fill=\"url(#{map.Head.Id}-n)\"";
        }

        // Few classes are spread over the whole ramp.
        var step = map.Classes.Length == 1
            ? ClassesMax - 1
            : (int)Math.Round((double)index * (ClassesMax - 1) / (map.Classes.Length - 1));
        var ramp = map.Scale == MapScale.Sequential ? 's' : 'd';
        return string.Create(CultureInfo.InvariantCulture, $" class=\"sb-land sb-{ramp}{step + 1}{more}\"");
    }

    private static string HatchOf(string id) =>
        $"<pattern id=\"{id}-n\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" "
        + "patternTransform=\"rotate(45)\"><path class=\"sb-none\" d=\"M0 0h5v5H0z\"/>"
        + "<path class=\"sb-hatch\" d=\"M0 0v5\"/></pattern>";

    private static void CheckClasses(MapDrawing map)
    {
        if (map.Classes.IsDefaultOrEmpty || map.Classes.Length > ClassesMax)
        {
            throw new ArgumentException($"A map has 1 to {ClassesMax} classes.", nameof(map));
        }
    }
}
