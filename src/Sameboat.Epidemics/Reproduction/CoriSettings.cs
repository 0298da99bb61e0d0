namespace Sameboat.Epidemics;

/// <summary>The gamma prior of R and the sliding window of Cori's method.</summary>
/// <param name="WindowDays">Days in a window, at least 1; windows move by one day from the second day on.</param>
/// <param name="PriorMean">Prior mean of R, above 0, finite.</param>
/// <param name="PriorStandardDeviation">
/// Prior standard deviation of R, above 0 and at most <see cref="PriorVariationMax"/> times the mean.
/// </param>
public sealed record CoriSettings(int WindowDays = 7, double PriorMean = 5, double PriorStandardDeviation = 5)
{
    /// <summary>Largest ratio of the prior's standard deviation to its mean: wider says nothing more.</summary>
    public const double PriorVariationMax = 10;

    /// <summary>Weekly windows and the published prior: mean 5, standard deviation 5.</summary>
    public static CoriSettings Weekly { get; } = new();
}
