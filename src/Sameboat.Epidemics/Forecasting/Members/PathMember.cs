namespace Sameboat.Epidemics;

/// <summary>One way of foreseeing the median of weekly totals.</summary>
internal interface IPathMember
{
    /// <summary>
    /// ln(median + 1) by place, then by horizon from one week; null for a place that does not report the indicator.
    /// Every number is finite and at least 0.
    /// </summary>
    double[]?[] LogPaths(WeeklyPanel panel, Indicator indicator, int weeks);
}

/// <summary>Damped log growth, place by place.</summary>
internal sealed class DampedGrowthMember : IPathMember
{
    public double[]?[] LogPaths(WeeklyPanel panel, Indicator indicator, int weeks)
    {
        var method = DampedGrowth.Of(indicator);
        var paths = new double[]?[panel.Names.Length];
        for (var place = 0; place < paths.Length; place++)
        {
            paths[place] = panel.Of(place, indicator) is { } history ? method.LogPath(history.Totals, weeks) : null;
        }

        return paths;
    }
}
