namespace Sameboat.Exchange.Chain.Donations;

/// <summary>Distance over the globe between the centres of territories.</summary>
/// <remarks>
/// d = 2 R asin sqrt(sin^2((a2 - a1) / 2) + cos a1 cos a2 sin^2((o2 - o1) / 2)), a latitude and o longitude; Sinnott
/// 1984, Sky and Telescope 68:159. R is the mean radius of the Earth, Moritz 2000, 10.1007/s001900050278.
/// </remarks>
internal static class GreatCircle
{
    private const double RadiusKm = 6371.0088;
    private const double RadiansPerDegree = Math.PI / 180;

    /// <summary>Whole kilometres, rounded to the nearest; 0 between a place and itself.</summary>
    public static long Kilometres(Territory from, Territory to)
    {
        var across = Half(to.Latitude - from.Latitude)
            + (Math.Cos(from.Latitude * RadiansPerDegree) * Math.Cos(to.Latitude * RadiansPerDegree)
                * Half(to.Longitude - from.Longitude));
        return (long)Math.Round(2 * RadiusKm * Math.Asin(Math.Min(1, Math.Sqrt(across))));
    }

    private static double Half(double degrees)
    {
        var sine = Math.Sin(degrees * RadiansPerDegree / 2);
        return sine * sine;
    }
}
