using System.Collections.Immutable;

namespace Sameboat.Exchange.Reports;

/// <summary>Bounds between the classes of a map, at numbers a reader can keep in mind.</summary>
internal static class ClassBreaks
{
    private static readonly double[] Steps = [1, 2, 5];
    private static readonly int[] StepsPerWhole = [1000, 200, 100, 50, 20, 10, 5, 4];

    /// <summary>
    /// Quantiles that part the values above zero into about equal groups, each moved to the nearest 1, 2 or 5 times a
    /// power of ten; ascending, all different. Empty where no value is above zero.
    /// </summary>
    public static ImmutableArray<double> Of(IEnumerable<double> values, int classesMax)
    {
        double[] sorted = [.. values.Where(value => value > 0).Order()];
        return sorted.Length == 0
            ? []
            :
            [
                .. Enumerable.Range(1, classesMax - 1)
                    .Select(at => Nearest(sorted[at * (sorted.Length - 1) / classesMax]))
                    .Distinct(),
            ];
    }

    /// <summary>
    /// Bounds at even steps of shares, the smallest step of a few round ones that parts the middle nine tenths of the
    /// values into no more than the classes. One bound where all values are much the same; empty where there are none.
    /// </summary>
    public static ImmutableArray<double> EvenOf(IEnumerable<double> shares, int classesMax)
    {
        const double Tail = 0.05;
        double[] sorted = [.. shares.Order()];
        if (sorted.Length == 0)
        {
            return [];
        }

        var (low, high) = (Quantile.Of(sorted, Tail), Quantile.Of(sorted, 1 - Tail));
        var perStep = StepsPerWhole.First(steps => Math.Floor(high * steps) - Math.Floor(low * steps) < classesMax
            || steps == StepsPerWhole[^1]);
        var first = (int)Math.Floor(low * perStep) + 1;
        var count = Math.Clamp((int)Math.Floor(high * perStep) - first + 1, 1, classesMax - 1);
        return [.. Enumerable.Range(first, count).Select(at => (double)at / perStep)];
    }

    private static double Nearest(double value)
    {
        var power = Math.Floor(Math.Log10(value));
        return Enumerable.Range(-1, 3)
            .SelectMany(at => Steps.Select(step => power + at < 0
                ? step / Math.Pow(10, -(power + at))
                : step * Math.Pow(10, power + at)))
            .MinBy(step => Math.Abs(Math.Log(step / value)));
    }
}
