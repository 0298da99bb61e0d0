namespace Sameboat.Epidemics;

/// <summary>
/// Weeks of all places that the analogues are sought among: their features on one scale and what followed each.
/// </summary>
internal sealed class PastSituations
{
    private readonly double[] _features;
    private readonly double[] _scale;
    private readonly double[] _growth;
    private readonly double[] _weight;
    private readonly int[] _weeksAfter;
    private readonly int _weeks;

    private PastSituations(List<(WeeklyHistory History, int Week, double[] Features)> kept, int known, int weeks)
    {
        _weeks = weeks;
        _scale = SpreadOf(kept);
        _features = new double[kept.Count * _scale.Length];
        _growth = new double[kept.Count * weeks];
        _weight = new double[kept.Count];
        _weeksAfter = new int[kept.Count];
        for (var index = 0; index < kept.Count; index++)
        {
            var (history, week, features) = kept[index];
            _weight[index] = GrowthFeatures.Weight(history.Totals[week]);
            _weeksAfter[index] = known - 1 - week;
            for (var feature = 0; feature < _scale.Length; feature++)
            {
                _features[(index * _scale.Length) + feature] = Scaled(features, feature);
            }

            for (var horizon = 1; horizon <= Math.Min(weeks, _weeksAfter[index]); horizon++)
            {
                _growth[(index * weeks) + horizon - 1] = history.Logs[week + horizon] - history.Logs[week];
            }
        }
    }

    /// <summary>Every week that is described, large enough and followed by another.</summary>
    internal static PastSituations Of(WeeklyPanel panel, Indicator indicator, double[]?[,] described, int weeks)
    {
        List<(WeeklyHistory History, int Week, double[] Features)> found = [];
        for (var place = 0; place < panel.Names.Length; place++)
        {
            for (var week = GrowthFeatures.WeeksMin; week < panel.Weeks - 1; week++)
            {
                if (described[place, week] is { } features
                    && panel.Of(place, indicator) is { } history
                    && AnalogueMember.IsLargeEnough(history.Totals[week]))
                {
                    found.Add((history, week, features));
                }
            }
        }

        var kept = found.Count <= AnalogueMember.SituationsMax
            ? found
            : [.. Enumerable.Range(0, AnalogueMember.SituationsMax)
                .Select(index => found[(int)((long)index * found.Count / AnalogueMember.SituationsMax)])];
        return new PastSituations(kept, panel.Weeks, weeks);
    }

    /// <summary>The log growth of a situation over so many weeks, which must have followed it.</summary>
    internal double Growth(int situation, int horizon) => _growth[(situation * _weeks) + horizon - 1];

    /// <summary>How much a situation counts: more cases, more weight.</summary>
    internal double Weight(int situation) => _weight[situation];

    /// <summary>For each horizon the nearest situations that so many weeks followed; of equal ones the first.</summary>
    internal List<int>[] Nearest(double[] features, int horizons, int most)
    {
        var now = new double[_scale.Length];
        for (var feature = 0; feature < now.Length; feature++)
        {
            now[feature] = Scaled(features, feature);
        }

        var nearest = new PriorityQueue<int, (double Distance, int Index)>[horizons];
        for (var horizon = 0; horizon < horizons; horizon++)
        {
            // The farthest kept is the first to go.
            nearest[horizon] = new PriorityQueue<int, (double Distance, int Index)>(
                most + 1, Comparer<(double Distance, int Index)>.Create((a, b) => b.CompareTo(a)));
        }

        for (var index = 0; index < _weight.Length; index++)
        {
            var distance = Distance(index, now);
            for (var horizon = 1; horizon <= Math.Min(horizons, _weeksAfter[index]); horizon++)
            {
                var kept = nearest[horizon - 1];
                if (kept.Count < most)
                {
                    kept.Enqueue(index, (distance, index));
                }
                else if (kept.TryPeek(out _, out var farthest) && distance < farthest.Distance)
                {
                    kept.EnqueueDequeue(index, (distance, index));
                }
            }
        }

        return Array.ConvertAll(nearest, kept => kept.UnorderedItems.Select(item => item.Element).Order().ToList());
    }

    private double Scaled(double[] features, int feature) =>
        _scale[feature] > 0 ? features[feature] / _scale[feature] : 0;

    private double Distance(int index, double[] now)
    {
        var sum = 0.0;
        var there = _features.AsSpan(index * now.Length, now.Length);
        for (var feature = 0; feature < now.Length; feature++)
        {
            var apart = there[feature] - now[feature];
            sum += apart * apart;
        }

        return sum;
    }

    private static double[] SpreadOf(List<(WeeklyHistory History, int Week, double[] Features)> past)
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
}
