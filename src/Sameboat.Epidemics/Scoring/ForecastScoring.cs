using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>Scores models beside each other, only on targets that every one of them has.</summary>
public static class ForecastScoring
{
    /// <summary>Bins of the probability integral transform.</summary>
    public const int PitBins = 10;

    /// <summary>Resamples of the forecast dates for an interval of a ratio.</summary>
    public const int Resamples = 1_000;

    private const ulong Seed = 20_210_308;
    private const int Low50 = 6;
    private const int High50 = 16;
    private const int Low95 = 1;
    private const int High95 = 21;

    /// <summary>Scores by model, indicator and horizon, and over all horizons.</summary>
    /// <param name="models">The first is the one in question, the others are its references; at least one.</param>
    /// <param name="truth">What came, by place, indicator and Saturday.</param>
    /// <param name="flagged">
    /// Weeks that the publisher flagged as an anomaly: a target whose last week before the forecast is one of them is
    /// not scored, as the hubs have it. Null = none.
    /// </param>
    /// <returns>By indicator, then horizon with all of them first, then model; empty where no target is
    /// shared.</returns>
    /// <remarks>
    /// Relative skill (Cramer et al. 2022, 10.1073/pnas.2113561119) is the geometric mean of the ratios to every model
    /// over that of the baseline; on shared targets that is the ratio to the baseline, here the first reference.
    /// The bootstrap draws forecast dates with replacement, since places and horizons of one date err together; the
    /// same inputs give the same draws.
    /// </remarks>
    public static ImmutableArray<ScoreSummary> Score(
        IReadOnlyList<ModelForecasts> models,
        IReadOnlyDictionary<(string Place, Indicator Indicator, DateOnly WeekEnd), double> truth,
        IReadOnlySet<(string Place, Indicator Indicator, DateOnly WeekEnd)>? flagged = null)
    {
        ArgumentNullException.ThrowIfNull(models);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfZero(models.Count);
        var shared = models[0].Quantiles.Keys
            .Where(target => truth.ContainsKey((target.Place, target.Indicator, target.WeekEnd))
                && models.All(model => model.Quantiles.ContainsKey(target))
                && flagged?.Contains((target.Place, target.Indicator, LastWeekKnown(target))) != true)
            .OrderBy(target => target.ForecastDate).ThenBy(target => target.Indicator)
            .ThenBy(target => target.Horizon).ThenBy(target => target.Place, StringComparer.Ordinal)
            .ThenBy(target => target.WeekEnd)
            .ToList();
        var summaries = ImmutableArray.CreateBuilder<ScoreSummary>();
        foreach (var ofIndicator in shared.GroupBy(target => target.Indicator).OrderBy(group => group.Key))
        {
            summaries.AddRange(Summarise(models, truth, [.. ofIndicator], null));
            foreach (var ofHorizon in ofIndicator.GroupBy(target => target.Horizon).OrderBy(group => group.Key))
            {
                summaries.AddRange(Summarise(models, truth, [.. ofHorizon], ofHorizon.Key));
            }
        }

        return summaries.ToImmutable();
    }

    private static DateOnly LastWeekKnown(ForecastTarget target) =>
        target.WeekEnd.AddDays(-Weeks.Days * target.Horizon);

    private static IEnumerable<ScoreSummary> Summarise(
        IReadOnlyList<ModelForecasts> models,
        IReadOnlyDictionary<(string Place, Indicator Indicator, DateOnly WeekEnd), double> truth,
        List<ForecastTarget> targets,
        int? horizon)
    {
        var observed = targets.ConvertAll(target => truth[(target.Place, target.Indicator, target.WeekEnd)]);
        var scores = models.Select(model => targets.Select((target, index) =>
            WeightedIntervalScore.Of(model.Quantiles[target].AsSpan(), observed[index])).ToArray()).ToArray();
        var means = scores.Select(ofModel => ofModel.Average(score => score.Total)).ToArray();
        for (var model = 0; model < models.Count; model++)
        {
            var quantiles = targets.ConvertAll(target => models[model].Quantiles[target]);
            yield return new ScoreSummary(
                models[model].Model,
                targets[0].Indicator,
                horizon,
                targets.Count,
                MeanOf(scores[model]),
                MeanOf([.. quantiles.Select((q, at) => WeightedIntervalScore.OfLogs(q.AsSpan(), observed[at]))]),
                Coverage(quantiles, observed, Low50, High50),
                Coverage(quantiles, observed, Low95, High95),
                models.Count > 1 && means.All(mean => mean > 0)
                    ? RatioOf(targets, scores[model], scores[1])
                    : null,
                Pit(quantiles, observed));
        }
    }

    private static IntervalScore MeanOf(IntervalScore[] scores)
    {
        var sum = scores.Aggregate(default(IntervalScore), IntervalScore.Add);
        var count = scores.Length;
        return new IntervalScore(sum.Dispersion / count, sum.Underprediction / count, sum.Overprediction / count);
    }

    private static double Coverage(
        List<ImmutableArray<double>> quantiles, List<double> observed, int low, int high) =>
        quantiles.Where((q, at) => q[low] <= observed[at] && observed[at] <= q[high]).Count() / (double)quantiles.Count;

    private static RatioEstimate RatioOf(
        List<ForecastTarget> targets, IntervalScore[] scores, IntervalScore[] reference)
    {
        var byDate = targets.Select((target, at) => (target.ForecastDate, at)).GroupBy(pair => pair.ForecastDate)
            .Select(date => (Own: date.Sum(pair => scores[pair.at].Total),
                Other: date.Sum(pair => reference[pair.at].Total)))
            .ToArray();
        var random = new SeededRandom(Seed);
        var ratios = new double[Resamples];
        for (var resample = 0; resample < Resamples; resample++)
        {
            double own = 0, other = 0;
            for (var draw = 0; draw < byDate.Length; draw++)
            {
                var date = byDate[random.NextBelow(byDate.Length)];
                own += date.Own;
                other += date.Other;
            }

            ratios[resample] = other > 0 ? own / other : 1;
        }

        ratios.AsSpan().Sort();
        const int Tail = Resamples / 40;
        return new RatioEstimate(
            byDate.Sum(date => date.Own) / byDate.Sum(date => date.Other), ratios[Tail], ratios[Resamples - 1 - Tail]);
    }

    /// <summary>
    /// The level of each outcome, linear between quantiles; over a run of equal quantiles that it meets, spread evenly,
    /// as for counts a single number would pile up at one level.
    /// </summary>
    private static ImmutableArray<double> Pit(List<ImmutableArray<double>> quantiles, List<double> observed)
    {
        var bins = new double[PitBins];
        for (var at = 0; at < quantiles.Count; at++)
        {
            var (low, high) = LevelsOf(quantiles[at], observed[at]);
            for (var bin = 0; bin < PitBins; bin++)
            {
                var (from, to) = (bin / (double)PitBins, (bin + 1) / (double)PitBins);
                bins[bin] += high > low
                    ? Math.Max(0, Math.Min(high, to) - Math.Max(low, from)) / (high - low)
                    : low >= from && (low < to || bin == PitBins - 1) ? 1 : 0;
            }
        }

        return [.. bins.Select(bin => bin / quantiles.Count)];
    }

    private static (double Low, double High) LevelsOf(ImmutableArray<double> quantiles, double observed)
    {
        var levels = ForecastQuantiles.Levels;
        int below = 0, upTo = 0;
        foreach (var quantile in quantiles)
        {
            below += quantile < observed ? 1 : 0;
            upTo += quantile <= observed ? 1 : 0;
        }

        if (upTo > below)
        {
            return (below == 0 ? 0 : levels[below], upTo == quantiles.Length ? 1 : levels[upTo - 1]);
        }

        if (below == 0)
        {
            return (0, levels[0]);
        }

        if (below == quantiles.Length)
        {
            return (levels[^1], 1);
        }

        var share = (observed - quantiles[below - 1]) / (quantiles[below] - quantiles[below - 1]);
        var level = levels[below - 1] + (share * (levels[below] - levels[below - 1]));
        return (level, level);
    }
}
