namespace Sameboat.Epidemics;

/// <summary>How far the forecaster was off at past origins of the same series.</summary>
internal static class PastErrors
{
    /// <summary>Past origins used for each horizon, one a week, the newest first.</summary>
    public const int OriginsMax = 16;

    /// <summary>
    /// An error at one week counts as at most this on the log scale; at horizon h times h to the power
    /// <see cref="DampedGrowth.SpreadPower"/>.
    /// </summary>
    public const double ErrorMax = 0.7;

    /// <summary>Least spread of a forecast on the log scale.</summary>
    public const double SpreadMin = 0.05;

    /// <summary>How many times the Poisson noise of a week's count is expected in its errors.</summary>
    public const double NoiseInflation = 5;

    /// <summary>Days cleaned before a past origin: the weeks followed and what their cleaning looks back on.</summary>
    private const int CleanedDays = 98;

    private const int NoiseWeeks = 8;

    /// <summary>
    /// The spread of ln(total + 1) at each horizon: s² = (Σ e² + k p²) / (n + k) over n past errors e, winsorised and
    /// taken as symmetric, shrunk to the prior p² = s₀² h^1.5 + 5ν that counts as k errors. ν = m / (m + 1)² is the
    /// Poisson noise of the mean recent week m on this scale, and the least that s² may be.
    /// </summary>
    public static double[] SpreadByHorizon(CleanSeries known, double[] totals, DampedGrowth method, int weeks)
    {
        var squares = new double[weeks];
        var found = new int[weeks];
        for (var back = 1; back < OriginsMax + weeks && back < totals.Length; back++)
        {
            var asKnown = TotalsAsKnown(known, back);
            var path = method.LogPath(asKnown, Math.Min(back, weeks));
            for (var horizon = 1; horizon <= path.Length; horizon++)
            {
                if (back - horizon >= OriginsMax)
                {
                    continue;
                }

                var truth = Math.Log(totals[totals.Length - 1 - back + horizon] + 1);
                var limit = ErrorMax * Math.Pow(horizon, DampedGrowth.SpreadPower);
                var error = Math.Clamp(truth - path[horizon - 1], -limit, limit);
                squares[horizon - 1] += error * error;
                found[horizon - 1]++;
            }
        }

        var noise = CountingNoise(totals);
        var spread = new double[weeks];
        for (var horizon = 1; horizon <= weeks; horizon++)
        {
            var priorSpread = method.PriorSpread * Math.Pow(horizon, DampedGrowth.SpreadPower);
            var prior = (priorSpread * priorSpread) + (NoiseInflation * noise);
            var variance = (squares[horizon - 1] + (method.PriorWeight * prior))
                / (found[horizon - 1] + method.PriorWeight);
            var least = horizon == 1 ? SpreadMin : spread[horizon - 2];
            spread[horizon - 1] = Math.Max(least, Math.Sqrt(Math.Max(variance, noise)));
        }

        return spread;
    }

    /// <summary>The last weekly totals as they would have been cleaned a number of weeks ago.</summary>
    private static double[] TotalsAsKnown(CleanSeries known, int weeksBack)
    {
        var counts = known.Reported.Counts;
        var end = counts.Length - (weeksBack * Weeks.Days);
        var start = Math.Max(0, end - CleanedDays);
        var then = known.Reported with { First = known.Reported.First.AddDays(start), Counts = counts[start..end] };
        return WeeklyTotals.EndingWith(Cleaning.Clean(then).Counts.AsSpan());
    }

    private static double CountingNoise(double[] totals)
    {
        var recent = totals.AsSpan(Math.Max(0, totals.Length - NoiseWeeks));
        var mean = 0.0;
        foreach (var total in recent)
        {
            mean += total / recent.Length;
        }

        return mean / ((mean + 1) * (mean + 1));
    }
}
