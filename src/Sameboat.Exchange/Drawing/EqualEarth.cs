namespace Sameboat.Exchange.Drawing;

/// <summary>The Equal Earth projection: every square kilometre takes the same area of the map.</summary>
/// <remarks>
/// sin t = (sqrt 3 / 2) sin(latitude);
/// x = 2 sqrt 3 longitude cos t / (3 (9 A4 t^8 + 7 A3 t^6 + 3 A2 t^2 + A1));
/// y = A4 t^9 + A3 t^7 + A2 t^3 + A1 t, on a sphere of radius 1. Savric, Patterson and Jenny 2018,
/// 10.1080/13658816.2018.1504949.
/// </remarks>
internal static class EqualEarth
{
    /// <summary>x at the equator and longitude 180.</summary>
    internal const double HalfWidth = 2.7066299836960748;

    private const double A1 = 1.340264;
    private const double A2 = -0.081106;
    private const double A3 = 0.000893;
    private const double A4 = 0.003796;
    private const double RadiansPerDegree = Math.PI / 180;

    /// <summary>The point on the sheet, y upwards, for degrees north and east of the central meridian.</summary>
    internal static (double X, double Y) Project(double latitude, double longitude)
    {
        var t = Math.Asin(Math.Sqrt(3) / 2 * Math.Sin(latitude * RadiansPerDegree));
        var t2 = t * t;
        var t6 = t2 * t2 * t2;
        var slope = A1 + (3 * A2 * t2) + (t6 * ((7 * A3) + (9 * A4 * t2)));
        var x = 2 * Math.Sqrt(3) * longitude * RadiansPerDegree * Math.Cos(t) / (3 * slope);
        return (x, t * (A1 + (A2 * t2) + (t6 * (A3 + (A4 * t2)))));
    }
}
