namespace Sameboat.Epidemics;

/// <summary>A score of one forecast of one count, lower is better, in the unit of the count or of its log.</summary>
/// <param name="Dispersion">What the width of the intervals costs.</param>
/// <param name="Underprediction">What lying below the outcome costs.</param>
/// <param name="Overprediction">What lying above the outcome costs.</param>
public readonly record struct IntervalScore(double Dispersion, double Underprediction, double Overprediction)
{
    /// <summary>The whole score: the sum of its three parts.</summary>
    public double Total => Dispersion + Underprediction + Overprediction;

    /// <summary>Part by part.</summary>
    public static IntervalScore operator +(IntervalScore a, IntervalScore b) => Add(a, b);

    /// <summary>As the operator of that name.</summary>
    public static IntervalScore Add(IntervalScore a, IntervalScore b) => new(
        a.Dispersion + b.Dispersion, a.Underprediction + b.Underprediction, a.Overprediction + b.Overprediction);
}

/// <summary>The weighted interval score of the forecast hubs.</summary>
/// <remarks>
/// WIS = [½|y − m| + Σ (α_k/2) IS_k] / (K + ½), IS = (u − l) + (2/α)(l − y)₊ + (2/α)(y − u)₊, K = 11 central intervals
/// of the 23 levels (Bracher et al. 2021, 10.1371/journal.pcbi.1008618). The term of the median counts as under- or
/// overprediction.
/// </remarks>
public static class WeightedIntervalScore
{
    private const int Intervals = ForecastQuantiles.MedianIndex;

    /// <summary>The score on the scale of the counts.</summary>
    /// <param name="quantiles">At <see cref="ForecastQuantiles.Levels"/>, ascending.</param>
    /// <param name="observed">What came.</param>
    /// <exception cref="ArgumentException">Not 23 quantiles.</exception>
    public static IntervalScore Of(ReadOnlySpan<double> quantiles, double observed)
    {
        if (quantiles.Length != ForecastQuantiles.Levels.Length)
        {
            throw new ArgumentException($"A forecast has {ForecastQuantiles.Levels.Length} quantiles.");
        }

        var median = quantiles[Intervals];
        var dispersion = 0.0;
        var under = 0.5 * Math.Max(0, observed - median);
        var over = 0.5 * Math.Max(0, median - observed);
        for (var interval = 0; interval < Intervals; interval++)
        {
            // α/2 is the level of the lower end, so that the penalties beyond the ends count once.
            var lower = quantiles[interval];
            var upper = quantiles[quantiles.Length - 1 - interval];
            dispersion += ForecastQuantiles.Levels[interval] * (upper - lower);
            over += Math.Max(0, lower - observed);
            under += Math.Max(0, observed - upper);
        }

        const double Weights = Intervals + 0.5;
        return new IntervalScore(dispersion / Weights, under / Weights, over / Weights);
    }

    /// <summary>
    /// The score of ln(count + 1), in which a factor counts alike everywhere (Bosse et al. 2023,
    /// 10.1371/journal.pcbi.1011393). Values below zero count as zero.
    /// </summary>
    /// <param name="quantiles">At <see cref="ForecastQuantiles.Levels"/>, ascending, not logs.</param>
    /// <param name="observed">What came.</param>
    public static IntervalScore OfLogs(ReadOnlySpan<double> quantiles, double observed)
    {
        Span<double> logs = stackalloc double[ForecastQuantiles.Levels.Length];
        if (quantiles.Length != logs.Length)
        {
            throw new ArgumentException($"A forecast has {logs.Length} quantiles.");
        }

        for (var level = 0; level < logs.Length; level++)
        {
            logs[level] = Math.Log(Math.Max(0, quantiles[level]) + 1);
        }

        return Of(logs, Math.Log(Math.Max(0, observed) + 1));
    }
}
