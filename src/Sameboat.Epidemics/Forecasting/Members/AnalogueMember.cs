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

    private const double TotalMin = 5;
    private const double LogTotalMax = 34;

    public double[]?[] LogPaths(WeeklyPanel panel, Indicator indicator, int weeks)
    {
        var paths = new double[]?[panel.Names.Length];
        var described = LaggedRegressionMember.Describe(panel, indicator);
        var past = Situations(panel, indicator, described);
        var scale = SpreadOf(past);
        for (var place = 0; place < paths.Length; place++)
        {
            if (panel.Of(place, indicator) is not { } history)
            {
                continue;
            }

            paths[place] = new double[weeks];
            Array.Fill(paths[place]!, panel.Weeks == 0 ? 0 : history.Logs[^1]);
            if (panel.Weeks > 0 && described[place, panel.Weeks - 1] is { } now)
            {
                Follow(panel, indicator, past, scale, now, paths[place]!);
            }
        }

        return paths;
    }

    private static List<Situation> Situations(WeeklyPanel panel, Indicator indicator, double[]?[,] described)
    {
        List<Situation> past = [];
        for (var place = 0; place < panel.Names.Length; place++)
        {
            for (var week = GrowthFeatures.WeeksMin; week < panel.Weeks - 1; week++)
            {
                if (described[place, week] is { } features && panel.Of(place, indicator)!.Totals[week] >= TotalMin)
                {
                    past.Add(new Situation(place, week, features));
                }
            }
        }

        return past;
    }

    private static double[] SpreadOf(List<Situation> past)
    {
        if (past.Count == 0)
        {
            return [];
        }

        var spread = new double[past[0].Features.Length];
        for (var feature = 0; feature < spread.Length; feature++)
        {
            var mean = past.Average(situation => situation.Features[feature]);
            spread[feature] = Math.Sqrt(past.Average(situation =>
                (situation.Features[feature] - mean) * (situation.Features[feature] - mean)));
        }

        return spread;
    }

    private static void Follow(
        WeeklyPanel panel, Indicator indicator, List<Situation> past, double[] scale, double[] now, double[] path)
    {
        var distances = past.ConvertAll(situation => Distance(situation.Features, now, scale)).ToArray();
        var order = Enumerable.Range(0, distances.Length).ToArray();
        Array.Sort(distances, order);
        for (var horizon = 1; horizon <= path.Length; horizon++)
        {
            List<(double Growth, double Weight)> followed = [];
            foreach (var index in order)
            {
                var (place, week, _) = past[index];
                if (week + horizon < panel.Weeks)
                {
                    var history = panel.Of(place, indicator)!;
                    followed.Add((history.Logs[week + horizon] - history.Logs[week],
                        GrowthFeatures.Weight(history.Totals[week])));
                }

                if (followed.Count == Neighbours)
                {
                    break;
                }
            }

            path[horizon - 1] = Math.Clamp(path[horizon - 1] + WeightedMedian(followed), 0, LogTotalMax);
        }
    }

    private static double Distance(double[] a, double[] b, double[] scale)
    {
        var sum = 0.0;
        for (var feature = 0; feature < scale.Length; feature++)
        {
            var apart = scale[feature] > 0 ? (a[feature] - b[feature]) / scale[feature] : 0;
            sum += apart * apart;
        }

        return sum;
    }

    private static double WeightedMedian(List<(double Growth, double Weight)> values)
    {
        values.Sort((a, b) => a.Growth.CompareTo(b.Growth));
        var half = values.Sum(value => value.Weight) / 2;
        var passed = 0.0;
        foreach (var (growth, weight) in values)
        {
            passed += weight;
            if (passed >= half)
            {
                return growth;
            }
        }

        return 0;
    }

    private sealed record Situation(int Place, int Week, double[] Features);
}
