using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Sameboat.Exchange.Drawing;

/// <summary>The outlines and circles of all territories in whole units of the map sheet.</summary>
internal sealed record MapShapes(FrozenDictionary<TerritoryCode, MapShape> ByCode, string Sea)
{
    internal const int Width = 1200;

    // 11 degrees east keeps the east of Siberia whole and puts the seam into the Bering Strait.
    private const double CentralMeridian = 11;
    private const double NorthEdge = 84;
    private const double SouthEdge = -58;
    private const double Scale = Width / (2 * EqualEarth.HalfWidth);
    private const int VisibleFrom = 4;
    private const double EdgeStep = 6;

    private static readonly double Top = EqualEarth.Project(NorthEdge, 0).Y * Scale;

    internal static int Height { get; } = (int)Math.Ceiling(Top - (EqualEarth.Project(SouthEdge, 0).Y * Scale));

    internal static MapShapes Of(Boundaries boundaries)
    {
        var shapes = new Dictionary<TerritoryCode, MapShape>();
        foreach (var territory in Territories.All)
        {
            var rings = boundaries.Rings.TryGetValue(territory.Code, out var globe)
                ? globe.Select(RingOnSheet).Where(ring => ring.Length >= 3).ToImmutableArray()
                : [];
            var latitude = Math.Clamp(territory.Latitude, SouthEdge + 1, NorthEdge - 1);
            var middle = new GlobePoint(territory.Longitude, latitude);
            shapes[territory.Code] = rings.Any(IsVisible)
                ? new MapShape(PathData.OfRings(rings), null)
                : new MapShape("", OnSheet(middle, Turn(territory.Longitude)));
        }

        return new MapShapes(shapes.ToFrozenDictionary(), PathData.OfRings([Edge()]));
    }

    private static ImmutableArray<SheetPoint> RingOnSheet(ImmutableArray<GlobePoint> ring)
    {
        var turn = Turn(ring.Max(point => point.Longitude));
        return PathData.WithoutNeedlessPoints(ring.Select(point => OnSheet(point, turn)));
    }

    /// <summary>Degrees to add so that what lies west of the map's left edge comes out at the right one.</summary>
    private static double Turn(double eastmost) => eastmost < CentralMeridian - 180 ? 360 : 0;

    private static SheetPoint OnSheet(GlobePoint point, double turn)
    {
        var (x, y) = EqualEarth.Project(point.Latitude, point.Longitude + turn - CentralMeridian);
        return new SheetPoint((int)Math.Round((Width / 2.0) + (x * Scale)), (int)Math.Round(Top - (y * Scale)));
    }

    private static bool IsVisible(ImmutableArray<SheetPoint> ring) =>
        ring.Max(point => point.X) - ring.Min(point => point.X) >= VisibleFrom
        || ring.Max(point => point.Y) - ring.Min(point => point.Y) >= VisibleFrom;

    private static ImmutableArray<SheetPoint> Edge()
    {
        var latitudes = new List<double>();
        for (var latitude = SouthEdge; latitude < NorthEdge; latitude += EdgeStep)
        {
            latitudes.Add(latitude);
        }

        latitudes.Add(NorthEdge);
        var west = latitudes.Select(latitude => OnSheet(new GlobePoint(CentralMeridian - 180, latitude), 0));
        var east = latitudes.Select(latitude => OnSheet(new GlobePoint(CentralMeridian + 180, latitude), 0));
        return [.. west, .. east.Reverse()];
    }
}

/// <summary>What stands for a territory: a path, or a circle where the outline would not be seen.</summary>
internal sealed record MapShape(string Path, SheetPoint? Circle);
