using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>
/// What followed the most similar past situations, over all places: the weighted median of their log growth over the
/// same number of weeks.
/// </summary>
/// <remarks>
/// Distance: Euclid's over <see cref="GrowthFeatures"/>, each divided by its spread over all places and weeks. The idea
/// is Lorenz's method of analogues (1969, 10.1175/1520-0469(1969)26&lt;636:APARBN&gt;2.0.CO;2).
/// </remarks>
internal sealed class AnalogueMember : IPathMember
{
    /// <summary>Similar situations that are averaged.</summary>
    public const int Neighbours = 50;

    /// <summary>
    /// Most past situations looked at: of more, every so many are left out, so that the cost grows with places alone.
    /// </summary>
    public const int SituationsMax = 6_000;

    private const double TotalMin = 5;
    private const double LogTotalMax = 34;

    public double[]?[] LogPaths(WeeklyPanel panel, Indicator indicator, int weeks)
    {
        var paths = new double[]?[panel.Names.Length];
        var described = LaggedRegressionMember.Describe(panel, indicator);
        var past = PastSituations.Of(panel, indicator, described, weeks);
        Parallel.For(0, paths.Length, place =>
        {
            if (panel.Of(place, indicator) is not { } history)
            {
                return;
            }

            var path = new double[weeks];
            Array.Fill(path, panel.Weeks == 0 ? 0 : history.Logs[^1]);
            if (panel.Weeks > 0 && described[place, panel.Weeks - 1] is { } now)
            {
                Follow(past, now, path);
            }

            paths[place] = path;
        });
        return paths;
    }

    private static void Follow(PastSituations past, double[] now, double[] path)
    {
        var nearest = past.Nearest(now, path.Length, Neighbours);
        for (var horizon = 1; horizon <= path.Length; horizon++)
        {
            var followed = nearest[horizon - 1].ConvertAll(situation =>
                (past.Growth(situation, horizon), past.Weight(situation)));
            path[horizon - 1] = Math.Clamp(path[horizon - 1] + (WeightedMedian.Of(followed) ?? 0), 0, LogTotalMax);
        }
    }

    internal static bool IsLargeEnough(double total) => total >= TotalMin;
}
