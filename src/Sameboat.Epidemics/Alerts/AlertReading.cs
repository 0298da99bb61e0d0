using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>What an alert method says of one day or week of a series.</summary>
/// <param name="Time">Position in the series, from 1.</param>
/// <param name="Observed">The count.</param>
/// <param name="Expected">What the past makes likely; null where the method has no say.</param>
/// <param name="Upper">The count above which there is an alarm; null where the method has no say.</param>
/// <param name="IsAlarm">True where there is an alarm.</param>
public sealed record AlertReading(int Time, double Observed, double? Expected, double? Upper, bool IsAlarm);

/// <summary>The three detectors of the Early Aberration Reporting System.</summary>
public enum EarsMethod
{
    /// <summary>Seven values just before.</summary>
    C1,

    /// <summary>Seven values that end three before: a slow rise does not hide in its own baseline.</summary>
    C2,

    /// <summary>The excesses of C2 over three values, added up.</summary>
    C3,
}

/// <summary>EARS: a count against the mean and spread of seven recent ones; for short series.</summary>
/// <remarks>
/// C1 and C2: upper = mean + z s, over the seven values before t, or before t − 2. C3: Σ_{i=0..2} max(0, C2(t−i) − 1)
/// above z, C2 the standardised excess; told as upper = y + s (z − C3), not below 0. Hutwagner et al. 2003
/// (10.1007/bf02416931); Fricker, Hegler and Dunfee 2008 (10.1002/sim.3197). With seven equal values s is zero and
/// one case more is an alarm.
/// </remarks>
public static class EarsDetector
{
    private const int Baseline = 7;
    private const int Lag = 2;

    /// <summary>Part of values without an outbreak that C1 and C2 take for one, were counts normal.</summary>
    public const double AlphaUsual = 0.001;

    /// <summary>The same for C3.</summary>
    public const double AlphaUsualC3 = 0.025;

    /// <summary>One reading for each value that has its baseline: from the 8th (C1), 10th (C2) or 12th (C3).</summary>
    /// <param name="counts">At least 0 and finite.</param>
    /// <param name="method">C1, C2 or C3.</param>
    /// <param name="alpha">One-sided level, above 0 and below 1; null = the usual one of the method.</param>
    /// <exception cref="ArgumentException">A count or the level outside its range.</exception>
    public static ImmutableArray<AlertReading> Read(
        ReadOnlySpan<double> counts, EarsMethod method, double? alpha = null)
    {
        AlertInput.Check(counts, alpha ?? AlphaUsual);
        var level = alpha ?? (method == EarsMethod.C3 ? AlphaUsualC3 : AlphaUsual);
        var z = Numerics.NormalDistribution.Quantile(1 - level);
        var lag = method == EarsMethod.C1 ? 0 : Lag;
        var first = Baseline + lag + (method == EarsMethod.C3 ? Lag : 0);
        var readings = ImmutableArray.CreateBuilder<AlertReading>(Math.Max(0, counts.Length - first));
        for (var t = first; t < counts.Length; t++)
        {
            var (mean, sd) = Moments(counts.Slice(t - lag - Baseline, Baseline));
            if (method != EarsMethod.C3)
            {
                var upper = mean + (z * sd);
                readings.Add(new AlertReading(t + 1, counts[t], mean, upper, counts[t] > upper));
                continue;
            }

            var excess = 0.0;
            for (var back = 0; back <= Lag; back++)
            {
                var (m, s) = Moments(counts.Slice(t - back - lag - Baseline, Baseline));
                var over = counts[t - back] - m;

                // Without spread any excess is beyond measure; a thousand deviations stand for that.
                excess += over <= 0 ? 0 : Math.Max(0, (s > 0 ? Math.Min(over / s, ExcessMax) : ExcessMax) - 1);
            }

            var bound = Math.Max(0, counts[t] + (sd * (z - excess)));
            readings.Add(new AlertReading(t + 1, counts[t], mean, bound, excess > z));
        }

        return readings.DrainToImmutable();
    }

    private const double ExcessMax = 1000;

    private static (double Mean, double Sd) Moments(ReadOnlySpan<double> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        var mean = sum / values.Length;
        foreach (var value in values)
        {
            squares += (value - mean) * (value - mean);
        }

        return (mean, Math.Sqrt(squares / (values.Length - 1)));
    }
}

/// <summary>What every detector asks of its input.</summary>
internal static class AlertInput
{
    public static void Check(ReadOnlySpan<double> counts, double alpha)
    {
        if (!(alpha > 0) || !(alpha < 1))
        {
            throw new ArgumentException("A level is above 0 and below 1.");
        }

        if (counts.Length > CountSeries.DaysMax)
        {
            throw new ArgumentException($"A series holds at most {CountSeries.DaysMax} values.");
        }

        foreach (var count in counts)
        {
            if (!(count >= 0) || !double.IsFinite(count))
            {
                throw new ArgumentException("Counts are finite and at least zero.");
            }
        }
    }
}
