using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>Trajectories over weeks from quantiles week by week.</summary>
/// <remarks>
/// The Schaake shuffle (Clark et al. 2004, 10.1175/1525-7541(2004)005&lt;0243:TSSAMF&gt;2.0.CO;2): as many values of
/// each week's distribution as there are templates, at the levels (r − ½)/n, are put in the order of the templates'
/// values r of that week.
/// </remarks>
public static class JointPaths
{
    /// <summary>Fewest templates taken at their word.</summary>
    public const int CountMin = 50;

    /// <summary>Most templates used; of more, evenly spaced ones.</summary>
    public const int CountMax = 400;

    private static readonly ImmutableArray<double> NormalLevels =
        [.. ForecastQuantiles.Levels.Select(level => NormalDistribution.Quantile(level))];

    /// <summary>Trajectories with the forecast's marginals and the templates' ranks.</summary>
    /// <param name="weeks">Quantiles of each week.</param>
    /// <param name="templates">Paths of at least as many weeks, finite; their scale does not matter.</param>
    /// <returns>Persons, by trajectory, then by week; at least 0 and finite. Beyond the outermost quantiles values are
    /// those quantiles. Fewer than <see cref="CountMin"/> templates: that many trajectories, each of one
    /// level.</returns>
    public static ImmutableArray<ImmutableArray<double>> Of(
        ImmutableArray<WeekForecast> weeks, ImmutableArray<ImmutableArray<double>> templates)
    {
        var used = Spaced(templates);
        var count = used.Length < CountMin ? CountMin : used.Length;
        var paths = new double[count][];
        for (var path = 0; path < count; path++)
        {
            paths[path] = new double[weeks.Length];
        }

        for (var week = 0; week < weeks.Length; week++)
        {
            var order = Enumerable.Range(0, count).ToArray();
            if (used.Length == count)
            {
                var at = week;
                order = [.. order.OrderBy(path => used[path][at])];
            }

            for (var rank = 0; rank < count; rank++)
            {
                paths[order[rank]][week] = ValueAt(weeks[week].Quantiles, (rank + 0.5) / count);
            }
        }

        return [.. paths.Select(path => path.ToImmutableArray())];
    }

    private static ImmutableArray<ImmutableArray<double>> Spaced(ImmutableArray<ImmutableArray<double>> templates) =>
        templates.IsDefault ? []
        : templates.Length <= CountMax ? templates
        : [.. Enumerable.Range(0, CountMax).Select(path => templates[path * templates.Length / CountMax])];

    /// <summary>Between two levels the value is linear in the normal quantile of the level.</summary>
    private static double ValueAt(ImmutableArray<double> quantiles, double level)
    {
        var z = NormalDistribution.Quantile(level);
        if (z <= NormalLevels[0])
        {
            return quantiles[0];
        }

        for (var above = 1; above < quantiles.Length; above++)
        {
            if (z <= NormalLevels[above])
            {
                var share = (z - NormalLevels[above - 1]) / (NormalLevels[above] - NormalLevels[above - 1]);
                return quantiles[above - 1] + (share * (quantiles[above] - quantiles[above - 1]));
            }
        }

        return quantiles[^1];
    }
}
