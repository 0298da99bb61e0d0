using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>The constants of the method for one kind of count, and the median path and quantiles they give.</summary>
/// <param name="Damping">φ: the part of a week's log growth that the next week keeps, 0 to 1.</param>
/// <param name="LevelWeight">α: how much of a week's surprise moves the level, above 0 to 1.</param>
/// <param name="GrowthWeight">
/// β: how much of the level's move beyond what was foreseen moves the growth, 0 to 1.
/// </param>
/// <param name="SurpriseMax">
/// Largest log surprise of one week taken at its word; what is beyond is not followed.
/// </param>
/// <param name="PriorSpread">Spread of log errors at one week where a place has no past.</param>
/// <param name="PriorWeight">How many past errors the prior spread counts for.</param>
internal sealed record DampedGrowth(
    double Damping,
    double LevelWeight,
    double GrowthWeight,
    double SurpriseMax,
    double PriorSpread,
    double PriorWeight)
{
    /// <summary>Spread grows as the horizon in weeks to this power.</summary>
    public const double SpreadPower = 0.75;

    /// <summary>Weeks back from which level and growth are followed.</summary>
    public const int WeeksFollowed = 8;

    /// <summary>Largest weekly growth carried on, either way: a factor of four.</summary>
    public static readonly double GrowthMax = Math.Log(4);

    /// <summary>Log totals are held below this: far above any population.</summary>
    private const double LogTotalMax = 34;

    /// <summary>Degrees of freedom of the quantiles' shape.</summary>
    private const double TailDegrees = 12;

    private static readonly ImmutableArray<double> StandardQuantiles =
        [.. ForecastQuantiles.Levels.Select(level => StudentDistribution.StandardQuantile(level, TailDegrees))];

    private static readonly DampedGrowth ForCases = new(0.5, 1, 0.9, 1.5, 0.3, 24);
    private static readonly DampedGrowth ForDeaths = new(0.65, 1, 0.75, 0.5, 0.22, 24);

    public static DampedGrowth Of(Indicator indicator) => indicator == Indicator.Cases ? ForCases : ForDeaths;

    /// <summary>
    /// ln(total + 1) at each horizon, from whole weeks in order; steady at zero where there are none.
    /// </summary>
    public double[] LogPath(ReadOnlySpan<double> totals, int weeks)
    {
        var (level, growth) = Follow(totals);
        var path = new double[weeks];
        for (var week = 0; week < weeks; week++)
        {
            growth *= Damping;
            level = Math.Clamp(level + growth, 0, LogTotalMax);
            path[week] = level;
        }

        return path;
    }

    private (double Level, double Growth) Follow(ReadOnlySpan<double> totals)
    {
        var followed = totals[Math.Max(0, totals.Length - WeeksFollowed)..];
        var level = followed.IsEmpty ? 0 : Math.Log(followed[0] + 1);
        var growth = 0.0;
        for (var week = 1; week < followed.Length; week++)
        {
            growth *= Damping;
            var foreseen = level + growth;
            var surprise = Math.Clamp(Math.Log(followed[week] + 1) - foreseen, -SurpriseMax, SurpriseMax);
            level = foreseen + (LevelWeight * surprise);
            growth = Math.Clamp(growth + (GrowthWeight * LevelWeight * surprise), -GrowthMax, GrowthMax);
        }

        return (level, growth);
    }

    /// <summary>The 23 quantiles of a total with the log median and the log spread.</summary>
    public static ImmutableArray<double> Quantiles(double logMedian, double spread)
    {
        var quantiles = ImmutableArray.CreateBuilder<double>(StandardQuantiles.Length);
        foreach (var standard in StandardQuantiles)
        {
            var log = Math.Clamp(logMedian + (spread * standard), 0, LogTotalMax);
            quantiles.Add(Math.Exp(log) - 1);
        }

        return quantiles.MoveToImmutable();
    }
}
