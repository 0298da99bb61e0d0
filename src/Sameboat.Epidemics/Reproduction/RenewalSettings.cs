using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>What the renewal state-space estimator takes as known.</summary>
public sealed record RenewalSettings
{
    /// <summary>The defaults: R near one at the start, weekdays inside, everything reported.</summary>
    public static RenewalSettings Usual { get; } = new();

    /// <summary>Prior mean of R on the first day that has a source, above 0, finite.</summary>
    public double FirstMean { get; init; } = 1.5;

    /// <summary>Prior standard deviation of the same, above 0, finite; log-normal.</summary>
    public double FirstStandardDeviation { get; init; } = 2;

    /// <summary>True where reports may depend on the weekday: a slowly drifting factor for each of the seven.</summary>
    public bool HasWeekdays { get; init; } = true;

    /// <summary>
    /// Part of its cases that each of the last days has reported so far, the last day first, each above 0 and at most
    /// 1; days before those have reported all. <c>default</c> or empty = every day has.
    /// </summary>
    public ImmutableArray<double> ReportedShares { get; init; } = [];
}
