using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>
/// The outlines of territories on the globe. The carried ones are Natural Earth's at 1:110m; a deployment with an
/// official line of its own reads another file of the same form (data/boundaries/SOURCE.md).
/// </summary>
public sealed class Boundaries
{
    /// <summary>To be shown beside every map.</summary>
    public const string Disclaimer =
        "The boundaries and names on this map imply no opinion on the legal status of any territory or its government.";

    private const string FirstLine = "sameboat-boundaries 1 ";
    private const int UnitsPerDegreeMax = 1_000_000;

    private static readonly Lazy<Boundaries> CarriedOnce = new(ReadCarried);

    private readonly Lazy<MapShapes> _shapes;

    private Boundaries(FrozenDictionary<TerritoryCode, ImmutableArray<ImmutableArray<GlobePoint>>> rings)
    {
        Rings = rings;
        _shapes = new Lazy<MapShapes>(() => MapShapes.Of(this));
    }

    /// <summary>The outlines that this build carries.</summary>
    public static Boundaries Carried => CarriedOnce.Value;

    /// <summary>The territories that have an outline; the others are drawn as a circle.</summary>
    public IEnumerable<TerritoryCode> Codes => Rings.Keys;

    /// <summary>Open rings of a territory, holes among them: an odd number of rings holds a point inside.</summary>
    internal FrozenDictionary<TerritoryCode, ImmutableArray<ImmutableArray<GlobePoint>>> Rings { get; }

    /// <summary>The outlines on the map, projected once.</summary>
    internal MapShapes Shapes => _shapes.Value;

    /// <summary>Reads a file of the form that data/boundaries/SOURCE.md defines.</summary>
    /// <exception cref="FormatException">The stream has another form; the message names the line.</exception>
    public static Boundaries Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var first = reader.ReadLine() ?? "";
        if (!first.StartsWith(FirstLine, StringComparison.Ordinal)
            || !int.TryParse(first[FirstLine.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var units)
            || units is 0 or > UnitsPerDegreeMax)
        {
            throw new FormatException($"Boundaries begin with «{FirstLine}N», found «{first}».");
        }

        var rings = new Dictionary<TerritoryCode, ImmutableArray<ImmutableArray<GlobePoint>>>();
        for (var number = 2; reader.ReadLine() is { } line; number++)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0 || !TerritoryCode.TryParse(line[..space], out var code))
            {
                throw new FormatException($"Boundaries, line {number}: no territory code at the beginning.");
            }

            if (!rings.TryAdd(code, [.. line[(space + 1)..].Split(';').Select(ring => RingOf(ring, units, number))]))
            {
                throw new FormatException($"Boundaries, line {number}: {code} stands twice.");
            }
        }

        return new Boundaries(rings.ToFrozenDictionary());
    }

    private static ImmutableArray<GlobePoint> RingOf(string text, int units, int line)
    {
        const int LeastNumbers = 6; // three points
        var numbers = text.Split(' ');
        if (numbers.Length < LeastNumbers || numbers.Length % 2 != 0)
        {
            throw new FormatException($"Boundaries, line {line}: a ring is at least three pairs of numbers.");
        }

        var points = ImmutableArray.CreateBuilder<GlobePoint>(numbers.Length / 2);
        long x = 0;
        long y = 0;
        for (var at = 0; at < numbers.Length; at += 2)
        {
            x += Number(numbers[at], line);
            y += Number(numbers[at + 1], line);
            var point = new GlobePoint((double)x / units, (double)y / units);
            if (Math.Abs(point.Latitude) > 90 || Math.Abs(point.Longitude) > 540)
            {
                throw new FormatException($"Boundaries, line {line}: a point lies off the globe.");
            }

            points.Add(point);
        }

        return points.MoveToImmutable();
    }

    private static int Number(string text, int line) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new FormatException($"Boundaries, line {line}: «{text}» is not a whole number.");

    private static Boundaries ReadCarried()
    {
        using var stream = typeof(Boundaries).Assembly.GetManifestResourceStream("boundaries/world-110m.txt")
            ?? throw new InvalidDataException("The carried boundaries are missing from the build.");
        return Read(stream);
    }
}
