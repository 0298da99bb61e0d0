using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>
/// The scale on which errors are taken as symmetric: the cube root of a total relative to its median, between the log
/// scale, whose upper tail is too long for large counts, and the scale of the counts.
/// </summary>
/// <remarks>e = ((y + 1)/(m + 1))^λ − 1 over λ, λ = 1/3 (Box and Cox 1964,
/// 10.1111/j.2517-6161.1964.tb00553.x).</remarks>
internal static class ErrorScale
{
    private const double Power = 1.0 / 3;
    private const double RatioMin = 1e-6;
    private const double LogTotalMax = 34;

    /// <summary>Degrees of freedom of the quantiles' shape before the widths are learned.</summary>
    private const double TailDegrees = 8;

    private static readonly ImmutableArray<double> StandardQuantiles =
        [.. ForecastQuantiles.Levels.Select(level => StudentDistribution.StandardQuantile(level, TailDegrees))];

    /// <summary>The error of a median, both as ln(total + 1).</summary>
    public static double Error(double logTotal, double logMedian) =>
        (Math.Exp(Power * (logTotal - logMedian)) - 1) / Power;

    /// <summary>
    /// Persons at each level: the median, and about it the spread times the standard quantile times the width factor of
    /// its central interval. Ascending, at least 0.
    /// </summary>
    /// <param name="logMedian">ln(median + 1).</param>
    /// <param name="spread">Standard deviation of the error on this scale.</param>
    /// <param name="logWidths">ln of the factor for each interval, the widest first, as many as intervals.</param>
    public static ImmutableArray<double> Quantiles(double logMedian, double spread, ReadOnlySpan<double> logWidths)
    {
        var count = StandardQuantiles.Length;
        Span<double> errors = stackalloc double[count];
        errors[ForecastQuantiles.MedianIndex] = 0;
        for (var level = ForecastQuantiles.MedianIndex - 1; level >= 0; level--)
        {
            var error = spread * StandardQuantiles[level] * Math.Exp(logWidths[level]);

            // Widths are learned one by one; a wider interval never ends up inside a narrower one.
            errors[level] = Math.Min(error, errors[level + 1]);
            errors[count - 1 - level] = -errors[level];
        }

        var quantiles = ImmutableArray.CreateBuilder<double>(count);
        foreach (var error in errors)
        {
            var ratio = Math.Max(RatioMin, 1 + (Power * error));
            var log = Math.Clamp(logMedian + (Math.Log(ratio) / Power), 0, LogTotalMax);
            quantiles.Add(Math.Exp(log) - 1);
        }

        return quantiles.MoveToImmutable();
    }
}
