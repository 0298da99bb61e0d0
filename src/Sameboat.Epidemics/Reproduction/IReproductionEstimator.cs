using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>R of one window with what follows from it.</summary>
/// <param name="Estimate">
/// The window and the distribution of R. Where the method has no window the day is both its ends.
/// </param>
/// <param name="ProbabilityAboveOne">P(R &gt; 1), 0 to 1.</param>
/// <param name="DoublingTimeDays">
/// ln 2 / r in days, r the daily growth that the mean R implies; negative = halving. Null where the time is longer
/// than <see cref="Assessor.DoublingTimeDaysMax"/>, or no growth within limits gives R.
/// </param>
/// <remarks>R = 1 / Σ w(k) e^(−rk): Wallinga and Lipsitch 2007 (10.1098/rspb.2006.3754).</remarks>
public sealed record ReproductionReading(
    ReproductionEstimate Estimate, double ProbabilityAboveOne, double? DoublingTimeDays);

/// <summary>
/// A method that reads the reproduction number off daily counts; see <see cref="ReproductionEstimators"/>. The same
/// counts give the same readings every time. Safe for use from several threads at once.
/// </summary>
public interface IReproductionEstimator
{
    /// <summary>Readings in order of day; a window of which nothing can be said is left out.</summary>
    /// <param name="local">New cases infected here, persons a day from day 1, each finite and at least 0.</param>
    /// <param name="imported">New cases infected elsewhere, as many days; empty = none.</param>
    /// <exception cref="ArgumentException">
    /// A count is negative or not finite, the lengths differ, or there are more than
    /// <see cref="CountSeries.DaysMax"/> days.
    /// </exception>
    ImmutableArray<ReproductionReading> Read(ReadOnlySpan<double> local, ReadOnlySpan<double> imported);
}
