namespace Sameboat.Epidemics.Numerics;

/// <summary>The least value that, with all below it, holds half of the weight.</summary>
internal static class WeightedMedian
{
    /// <summary>Sorts the values and gives their weighted median.</summary>
    /// <param name="values">With weights of 0 or more.</param>
    /// <returns>Null without values.</returns>
    internal static double? Of(List<(double Value, double Weight)> values)
    {
        values.Sort((a, b) => a.Value.CompareTo(b.Value));
        var half = values.Sum(value => value.Weight) / 2;
        var passed = 0.0;
        foreach (var (value, weight) in values)
        {
            passed += weight;
            if (passed >= half)
            {
                return value;
            }
        }

        return null;
    }
}
