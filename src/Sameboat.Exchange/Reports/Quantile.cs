namespace Sameboat.Exchange.Reports;

/// <summary>Quantiles of a finite set of numbers.</summary>
internal static class Quantile
{
    /// <summary>
    /// The quantile by linear interpolation between the order statistics, (n − 1) p counted from the lowest
    /// (type 7 of Hyndman and Fan 1996, 10.2307/2684934).
    /// </summary>
    /// <param name="sorted">At least one number, ascending.</param>
    /// <param name="level">0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double level)
    {
        var at = (sorted.Length - 1) * level;
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
