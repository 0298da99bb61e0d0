using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>The constants of the method for one kind of count, and the median path and quantiles they give.</summary>
/// <param name="Damping">φ: the part of a week's log growth that the next week keeps, 0 to 1.</param>
/// <param name="LastWeekWeight">w: weight of the last week's log growth, the rest on the week before.</param>
/// <param name="PriorSpread">Spread of log errors at one week where a place has no past, growing with √h.</param>
/// <param name="PriorWeight">How many past errors the prior spread counts for.</param>
internal sealed record DampedGrowth(double Damping, double LastWeekWeight, double PriorSpread, double PriorWeight)
{
    /// <summary>Largest weekly growth carried on, either way: a factor of four.</summary>
    public static readonly double GrowthMax = Math.Log(4);

    /// <summary>Log totals are held below this: far above any population.</summary>
    private const double LogTotalMax = 34;

    private const double TailDegrees = 6;

    private static readonly ImmutableArray<double> StandardQuantiles =
        [.. ForecastQuantiles.Levels.Select(StandardQuantile)];

    private static readonly DampedGrowth ForCases = new(0.5, 0.75, 0.35, 6);
    private static readonly DampedGrowth ForDeaths = new(0.6, 0.7, 0.3, 6);

    public static DampedGrowth Of(Indicator indicator) => indicator == Indicator.Cases ? ForCases : ForDeaths;

    /// <summary>ln(total + 1) at each horizon.</summary>
    public double[] LogPath(ReadOnlySpan<double> totals, int weeks)
    {
        var path = new double[weeks];
        var level = LogAt(totals, 0);
        var last = totals.Length > 1 ? level - LogAt(totals, 1) : 0;
        var before = totals.Length > 2 ? LogAt(totals, 1) - LogAt(totals, 2) : last;
        var growth = (LastWeekWeight * last) + ((1 - LastWeekWeight) * before);
        growth = Math.Clamp(growth, -GrowthMax, GrowthMax);
        for (var week = 0; week < weeks; week++)
        {
            growth *= Damping;
            level = Math.Clamp(level + growth, 0, LogTotalMax);
            path[week] = level;
        }

        return path;
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

    private static double LogAt(ReadOnlySpan<double> totals, int weeksBack) =>
        weeksBack < totals.Length ? Math.Log(totals[totals.Length - 1 - weeksBack] + 1) : 0;

    /// <summary>Student's t of unit variance, by its expansion about the normal quantile.</summary>
    private static double StandardQuantile(double level)
    {
        if (level == 0.5)
        {
            return 0;
        }

        const double n = TailDegrees;
        var z = NormalDistribution.Quantile(level);
        var z2 = z * z;
        var t = z * (1 + ((z2 + 1) / (4 * n)) + (((((5 * z2) + 16) * z2) + 3) / (96 * n * n)));
        return t * Math.Sqrt((n - 2) / n);
    }
}
