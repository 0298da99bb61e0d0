namespace Sameboat.Epidemics;

/// <summary>The gamma prior of R and the sliding window of Cori's method.</summary>
/// <param name="WindowDays">Days in a window, at least 1; windows move by one day from the second day on.</param>
/// <param name="PriorMean">Prior mean of R, above 0, finite.</param>
/// <param name="PriorStandardDeviation">Prior standard deviation of R, above 0, finite.</param>
public sealed record CoriSettings(int WindowDays = 7, double PriorMean = 5, double PriorStandardDeviation = 5)
{
    /// <summary>Weekly windows and the published prior: mean 5, standard deviation 5.</summary>
    public static CoriSettings Weekly { get; } = new();
}
