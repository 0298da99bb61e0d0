using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>
/// Log growth over h weeks as a linear function of <see cref="GrowthFeatures"/>, one ridge regression for each horizon,
/// fitted anew to every place and past week that is known; cases of weeks before lead deaths and admissions.
/// </summary>
/// <param name="halfLifeWeeks">A past week counts half as much as one this many weeks later.</param>
internal sealed class LaggedRegressionMember(double halfLifeWeeks) : IPathMember
{
    /// <summary>Penalty of the coefficients, in units of weighted rows.</summary>
    public const double Penalty = 10;

    /// <summary>Largest log growth over one week, fitted and foreseen; over h weeks times √h.</summary>
    public const double GrowthMax = 1;

    private const double LogTotalMax = 34;

    public double[]?[] LogPaths(WeeklyPanel panel, Indicator indicator, int weeks)
    {
        var paths = new double[]?[panel.Names.Length];
        for (var place = 0; place < paths.Length; place++)
        {
            if (panel.Of(place, indicator) is { } history)
            {
                paths[place] = new double[weeks];
                Array.Fill(paths[place]!, panel.Weeks == 0 ? 0 : history.Logs[^1]);
            }
        }

        if (panel.Weeks > GrowthFeatures.WeeksMin)
        {
            var described = Describe(panel, indicator);
            Parallel.For(1, weeks + 1, horizon => Foresee(panel, indicator, described, horizon, paths));
        }

        return paths;
    }

    /// <summary>The features by place and week; null where there are none.</summary>
    internal static double[]?[,] Describe(WeeklyPanel panel, Indicator indicator)
    {
        var features = new GrowthFeatures(panel, indicator);
        var described = new double[]?[panel.Names.Length, panel.Weeks];
        Parallel.For(0, panel.Names.Length, place =>
        {
            var isGiven = panel.Of(place, indicator) is not null;
            for (var week = GrowthFeatures.WeeksMin; isGiven && week < panel.Weeks; week++)
            {
                described[place, week] = features.At(place, week);
            }
        });
        return described;
    }

    private void Foresee(
        WeeklyPanel panel, Indicator indicator, double[]?[,] described, int horizon, double[]?[] paths)
    {
        var limit = GrowthMax * Math.Sqrt(horizon);
        RidgeRegression? regression = null;
        for (var place = 0; place < panel.Names.Length; place++)
        {
            for (var week = GrowthFeatures.WeeksMin; week + horizon < panel.Weeks; week++)
            {
                if (described[place, week] is not { } features)
                {
                    continue;
                }

                var history = panel.Of(place, indicator)!;
                var growth = Math.Clamp(history.Logs[week + horizon] - history.Logs[week], -limit, limit);
                var age = panel.Weeks - 1 - horizon - week;
                var weight = GrowthFeatures.Weight(history.Totals[week]) * Math.Pow(0.5, age / halfLifeWeeks);
                regression ??= new RidgeRegression(features.Length);
                regression.Add(features, growth, weight);
            }
        }

        if (regression?.Solve(Penalty) is not { } coefficients)
        {
            return;
        }

        for (var place = 0; place < paths.Length; place++)
        {
            if (described[place, panel.Weeks - 1] is { } features)
            {
                var growth = 0.0;
                for (var index = 0; index < features.Length; index++)
                {
                    growth += coefficients[index] * features[index];
                }

                paths[place]![horizon - 1] = Math.Clamp(
                    panel.Of(place, indicator)!.Logs[^1] + Math.Clamp(growth, -limit, limit), 0, LogTotalMax);
            }
        }
    }
}
