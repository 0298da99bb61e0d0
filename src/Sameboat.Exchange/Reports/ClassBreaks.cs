using System.Collections.Immutable;

namespace Sameboat.Exchange.Reports;

/// <summary>Bounds between the classes of a map, at numbers a reader can keep in mind.</summary>
internal static class ClassBreaks
{
    private static readonly double[] Steps = [1, 2, 5];

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
