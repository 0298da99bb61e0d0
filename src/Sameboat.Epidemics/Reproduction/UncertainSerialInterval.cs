using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>A number known to within a spread: normal, cut off at both ends.</summary>
/// <param name="Mean">Mean before the cut, in days, within the ends.</param>
/// <param name="StandardDeviation">Standard deviation before the cut, in days, at least 0; 0 = known.</param>
/// <param name="Min">Lower end, in days, above 0.</param>
/// <param name="Max">Upper end, in days, at least the lower, at most <see cref="DaysMax"/>.</param>
public sealed record UncertainDays(double Mean, double StandardDeviation, double Min, double Max)
{
    /// <summary>Largest upper end, in days.</summary>
    public const double DaysMax = 200;

    /// <summary>Beyond so many standard deviations nothing is left to integrate.</summary>
    private const double SpreadMax = 6;

    /// <summary>
    /// Points and weights summing to one. A known number is one point. Panels end at whole days, where windows begin
    /// to be left out.
    /// </summary>
    internal ImmutableArray<(double Days, double Weight)> Nodes(int pointsMin, int pointsPerPanelMin, bool byDay)
    {
        var from = Math.Max(Min, Mean - (SpreadMax * StandardDeviation));
        var to = Math.Min(Max, Mean + (SpreadMax * StandardDeviation));
        if (!(to > from))
        {
            return [(Mean, 1)];
        }

        List<double> ends = [from];
        for (var day = Math.Floor(from) + 1; byDay && day < to; day++)
        {
            ends.Add(day);
        }

        ends.Add(to);
        var each = Math.Max(pointsPerPanelMin, (pointsMin + ends.Count - 2) / (ends.Count - 1));
        var nodes = new List<(double Days, double Weight)>();
        for (var panel = 1; panel < ends.Count; panel++)
        {
            var (points, weights) = GaussLegendre.Over(ends[panel - 1], ends[panel], each);
            nodes.AddRange(points.Zip(weights, (days, weight) =>
                (days, weight * NormalDistribution.Density((days - Mean) / StandardDeviation))));
        }

        var sum = nodes.Sum(node => node.Weight);
        return [.. nodes.Select(node => (node.Days, node.Weight / sum))];
    }

    internal void Check(string name, double above)
    {
        if (!(Min > above) || !(Min <= Mean) || !(Mean <= Max) || !(Max <= DaysMax) || !(StandardDeviation >= 0)
            || !double.IsFinite(StandardDeviation))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The {name} lies between its ends, the lower above {above} and the upper at most {DaysMax} days."));
        }
    }
}

/// <summary>
/// A shifted gamma serial interval whose mean and standard deviation are each known to within a spread, independent
/// of one another.
/// </summary>
/// <param name="MeanDays">The mean, its lower end above 1 day.</param>
/// <param name="SdDays">The standard deviation, its lower end above 0.</param>
public sealed record UncertainSerialInterval(UncertainDays MeanDays, UncertainDays SdDays)
{
    internal const int MeanPoints = 20;
    private const int MeanPointsPerPanelMin = 2;
    internal const int SdPoints = 5;

    /// <summary>Part of an interval left out beyond its last weight.</summary>
    private const double LeftOut = 1e-13;

    /// <summary>Serial intervals with weights summing to one: 100 where neither number is known.</summary>
    internal ImmutableArray<(SerialInterval Interval, double Weight)> Nodes(int days)
    {
        MeanDays.Check("mean of the serial interval", 1);
        SdDays.Check("standard deviation of the serial interval", 0);
        var spread = SdDays.Nodes(SdPoints, SdPoints, byDay: false);
        return
        [
            .. from mean in MeanDays.Nodes(MeanPoints, MeanPointsPerPanelMin, byDay: true)
               from sd in spread
               select (
                   SerialInterval.ShiftedGammaUpTo(mean.Days, sd.Days, Math.Max(1, days - 1), LeftOut),
                   mean.Weight * sd.Weight),
        ];
    }
}
