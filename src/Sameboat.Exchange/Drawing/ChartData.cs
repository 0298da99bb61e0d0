namespace Sameboat.Exchange.Drawing;

/// <summary>Width and height of the drawing's own units; on a page it takes the width it is given.</summary>
/// <param name="Width">240 to 2000.</param>
/// <param name="Height">120 to 2000.</param>
public sealed record ChartSize(int Width = 480, int Height = 240);

/// <summary>A value of a day, or of the period that ends with the day. One that is not finite is not drawn.</summary>
public readonly record struct DayValue(DateOnly Day, double Value);

/// <summary>
/// A distribution of a day, or of the period that ends with the day, by five of its quantiles. A point with one that is
/// not finite is not drawn; quantiles out of order are put in order.
/// </summary>
/// <param name="Day">The last day of the period.</param>
/// <param name="Low95">The 0.025 quantile.</param>
/// <param name="Low50">The 0.25 quantile.</param>
/// <param name="Median">The median.</param>
/// <param name="High50">The 0.75 quantile.</param>
/// <param name="High95">The 0.975 quantile.</param>
public readonly record struct BandPoint(
    DateOnly Day, double Low95, double Low50, double Median, double High50, double High95)
{
    /// <summary>Takes the five quantiles out of a longer list.</summary>
    /// <param name="day">The last day of the period.</param>
    /// <param name="levels">Levels, among them 0.025, 0.25, 0.5, 0.75 and 0.975.</param>
    /// <param name="quantiles">As many quantiles as levels.</param>
    /// <exception cref="ArgumentException">A level is missing, or the lengths differ.</exception>
    public static BandPoint Of(DateOnly day, ReadOnlySpan<double> levels, ReadOnlySpan<double> quantiles)
    {
        if (levels.Length != quantiles.Length)
        {
            throw new ArgumentException("There are as many quantiles as levels.", nameof(quantiles));
        }

        return new BandPoint(
            day,
            At(0.025, levels, quantiles),
            At(0.25, levels, quantiles),
            At(0.5, levels, quantiles),
            At(0.75, levels, quantiles),
            At(0.975, levels, quantiles));
    }

    /// <summary>True when all five quantiles are finite.</summary>
    internal bool IsFinite => double.IsFinite(Low95) && double.IsFinite(Low50) && double.IsFinite(Median)
        && double.IsFinite(High50) && double.IsFinite(High95);

    /// <summary>The same point with its quantiles in order and none below zero.</summary>
    internal BandPoint InOrder()
    {
        Span<double> sorted = [Low95, Low50, Median, High50, High95];
        foreach (ref var quantile in sorted)
        {
            quantile = Math.Max(0, quantile);
        }

        sorted.Sort();
        return new BandPoint(Day, sorted[0], sorted[1], sorted[2], sorted[3], sorted[4]);
    }

    private static double At(double level, ReadOnlySpan<double> levels, ReadOnlySpan<double> quantiles)
    {
        const double SameLevel = 1e-9;
        for (var at = 0; at < levels.Length; at++)
        {
            if (Math.Abs(levels[at] - level) < SameLevel)
            {
                return quantiles[at];
            }
        }

        throw new ArgumentException($"The level {level} is missing.", nameof(levels));
    }
}
