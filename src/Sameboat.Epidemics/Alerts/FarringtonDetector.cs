using System.Collections.Immutable;
using MathNet.Numerics;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>
/// Farrington's detector in its flexible form: this week against the same weeks of past years, outbreaks among them
/// weighed down.
/// </summary>
/// <remarks>
/// Quasi-Poisson log-linear fit of level, trend and season; φ = Pearson χ²/df, at least 1; weights ∝ s⁻² where the
/// standardised Anscombe residual s exceeds its limit, refitted. Upper bound (μ^⅔ + z √(4/9 μ^⅓ τ))^(3/2),
/// τ = φ + Var(μ)/μ, or the negative binomial quantile. Farrington et al. 1996 (10.2307/2983331), Noufaily et al.
/// 2012 (10.1002/sim.5595). As the published program does, Var(μ) and the test of the trend take the variance of the
/// working residuals where the papers have φ; see docs/methods/alerts.md.
/// </remarks>
public static class FarringtonDetector
{
    private const int RecentWeeks = 4;

    /// <summary>One reading for each week that has its past.</summary>
    /// <param name="counts">Weekly counts, at least 0 and finite.</param>
    /// <param name="settings">The past looked at and the bound.</param>
    /// <returns>
    /// Empty where the series is shorter than the past asked for. A week of too few recent cases, or whose past has no
    /// case or cannot be fitted, has no bound and no alarm.
    /// </returns>
    /// <exception cref="ArgumentException">A count or a setting outside its range.</exception>
    public static ImmutableArray<AlertReading> Read(ReadOnlySpan<double> counts, FarringtonSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        AlertInput.Check(counts, settings.Alpha);
        var first = (settings.Years * settings.PerYear) + settings.HalfWindow;
        var readings = ImmutableArray.CreateBuilder<AlertReading>(Math.Max(0, counts.Length - first));
        for (var week = first; week < counts.Length; week++)
        {
            readings.Add(ReadWeek(counts, week, settings));
        }

        return readings.DrainToImmutable();
    }

    private static AlertReading ReadWeek(ReadOnlySpan<double> counts, int week, FarringtonSettings settings)
    {
        var recent = 0.0;
        foreach (var count in counts[Math.Max(0, week + 1 - RecentWeeks)..(week + 1)])
        {
            recent += count;
        }

        var none = new AlertReading(week + 1, counts[week], null, null, false);
        if (recent < settings.CasesMin)
        {
            return none;
        }

        var past = Past(counts, week, settings);
        var fit = FitOf(past, settings);
        if (fit is not { } level)
        {
            return none;
        }

        var upper = settings.Threshold == FarringtonThreshold.Delta
            ? DeltaBound(level, settings.Alpha)
            : CountBound(level.Mean, level.Dispersion, settings.Alpha);
        return double.IsFinite(upper)
            ? new AlertReading(week + 1, counts[week], level.Mean, upper, counts[week] > upper)
            : none;
    }

    private static (double[] Counts, int[] Offsets, int[] Periods) Past(
        ReadOnlySpan<double> counts, int week, FarringtonSettings settings)
    {
        List<double> values = [];
        List<int> offsets = [];
        List<int> periods = [];
        var first = -(settings.Years * settings.PerYear) - settings.HalfWindow;
        var window = (2 * settings.HalfWindow) + 1;
        var rest = settings.PerYear - window;
        var last = settings.Periods == 1 ? settings.HalfWindow - settings.PerYear : -settings.WeeksLeftOut - 1;
        for (var offset = first; offset <= last; offset++)
        {
            // 0 to twice the half window about the same week of a year, then onward to the next year's.
            var along = (offset - first) % settings.PerYear;
            if (along < window || settings.Periods > 1)
            {
                values.Add(counts[week + offset]);
                offsets.Add(offset);
                periods.Add(along < window ? 0 : 1 + ((along - window) * (settings.Periods - 1) / rest));
            }
        }

        return ([.. values], [.. offsets], [.. periods]);
    }

    private static Level? FitOf((double[] Counts, int[] Offsets, int[] Periods) past, FarringtonSettings settings)
    {
        if (!past.Counts.Any(count => count > 0))
        {
            return null;
        }

        // A level per period that occurs; the period of this week is the first and needs none of its own.
        var levels = past.Periods.Where(period => period > 0).Distinct().Order().ToArray();
        var flat = Reweighted(past, levels, settings, hasTrend: false);
        var trend = Reweighted(past, levels, settings, hasTrend: true);
        if (trend is { } sloped
            && sloped.TrendProbability < settings.TrendBelow
            && sloped.Mean <= past.Counts.Max())
        {
            return sloped;
        }

        return flat;
    }

    private static Level? Reweighted(
        (double[] Counts, int[] Offsets, int[] Periods) past, int[] levels, FarringtonSettings settings, bool hasTrend)
    {
        var design = past.Offsets.Select((offset, row) => Row(offset, past.Periods[row], levels, hasTrend)).ToArray();
        var weights = Enumerable.Repeat(1.0, design.Length).ToArray();
        var first = QuasiPoissonFit.Of(design, past.Counts, weights);
        if (first is null)
        {
            return null;
        }

        var root = Math.Sqrt(Math.Max(first.Dispersion, 1));
        var sum = 0.0;
        for (var row = 0; row < weights.Length; row++)
        {
            var mean = first.Means[row];
            var anscombe = 1.5 * ((Math.Pow(past.Counts[row], 2.0 / 3) / Math.Pow(mean, 1.0 / 6)) - Math.Sqrt(mean));
            var residual = anscombe / (root * Math.Sqrt(Math.Max(1e-12, 1 - first.Leverages[row])));
            weights[row] = residual > settings.OutbreakAbove ? 1 / (residual * residual) : 1;
            sum += weights[row];
        }

        for (var row = 0; row < weights.Length; row++)
        {
            weights[row] *= weights.Length / sum;
        }

        return QuasiPoissonFit.Of(design, past.Counts, weights) is { } fit
            ? Predict(fit, Row(0, 0, levels, hasTrend), hasTrend)
            : null;
    }

    private static double[] Row(int offset, int period, int[] levels, bool hasTrend)
    {
        double[] head = hasTrend ? [1, offset] : [1];
        return [.. head, .. levels.Select(level => level == period ? 1.0 : 0)];
    }

    private static Level Predict(QuasiPoissonFit fit, double[] row, bool hasTrend)
    {
        double logMean = 0, variance = 0;
        for (var a = 0; a < row.Length; a++)
        {
            logMean += row[a] * fit.Coefficients[a];
            for (var b = 0; b < row.Length; b++)
            {
                variance += row[a] * fit.Inverse[a][b] * row[b];
            }
        }

        var probability = 1.0;
        if (hasTrend)
        {
            var t = fit.Coefficients[1] / Math.Sqrt(fit.WorkingVariance * fit.Inverse[1][1]);
            var df = fit.DegreesOfFreedom;
            probability = double.IsNaN(t) ? 1 : SpecialFunctions.BetaRegularized(0.5 * df, 0.5, df / (df + (t * t)));
        }

        return new Level(
            Math.Exp(logMean), Math.Max(fit.Dispersion, 1), fit.WorkingVariance * variance, probability);
    }

    private static double DeltaBound(Level level, double alpha)
    {
        var tau = level.Dispersion + (level.Mean * level.LogVariance);
        var sd = Math.Sqrt(4.0 / 9 * Math.Cbrt(level.Mean) * tau);
        return Math.Pow(
            Math.Pow(level.Mean, 2.0 / 3) + (NormalDistribution.Quantile(1 - alpha) * sd), 1.5);
    }

    /// <summary>The least count that the probability 1 − alpha reaches; Poisson where φ is one.</summary>
    private static double CountBound(double mean, double dispersion, double alpha)
    {
        double Tail(double count) => dispersion > 1
            ? SpecialFunctions.BetaRegularized(mean / (dispersion - 1), count + 1, 1 / dispersion)
            : GammaDistribution.UpperTail(count + 1, mean);

        double low = -1, high = 1;
        while (Tail(high) < 1 - alpha)
        {
            (low, high) = (high, 2 * high);
        }

        while (high - low > 1)
        {
            var middle = Math.Floor(0.5 * (low + high));
            (low, high) = Tail(middle) < 1 - alpha ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The level of this week as the past has it.</summary>
    private readonly record struct Level(double Mean, double Dispersion, double LogVariance, double TrendProbability);
}
