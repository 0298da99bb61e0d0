using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>
/// An epidemic that grows: P(R &gt; 1) of at least 0.9 on each of seven days, and a forecast above the last week.
/// </summary>
/// <remarks>
/// For each day only what was counted up to it is used: cleaned afresh, R by Cori's method over seven days, the median
/// forecast of the week that follows. The expected value told is the forecast's median for that week a day, the bound
/// the mean day of the week that ended. The rule is our own; see docs/methods/alerts.md.
/// </remarks>
public static class GrowthDetector
{
    /// <summary>Days in a row on which growth must be as good as certain.</summary>
    public const int DaysInARow = 7;

    /// <summary>Days of history looked at for each day: older counts no longer infect.</summary>
    public const int HistoryDays = 84;

    private const int WindowDays = 7;

    /// <summary>One reading a day, from the first that can have seven days of R.</summary>
    /// <param name="series">Daily cases as published.</param>
    /// <param name="serialInterval">Of the disease.</param>
    public static ImmutableArray<AlertReading> Read(CountSeries series, SerialInterval serialInterval)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(serialInterval);
        var readings = ImmutableArray.CreateBuilder<AlertReading>();
        var inARow = 0;
        for (var day = WindowDays; day < series.Counts.Length; day++)
        {
            var from = Math.Max(0, day + 1 - HistoryDays);
            var known = Cleaning.Clean(series with
            {
                First = series.First.AddDays(from), Counts = series.Counts[from..(day + 1)],
            });
            inARow = IsGrowing(known, serialInterval) ? inARow + 1 : 0;
            if (day + 1 < WindowDays + DaysInARow)
            {
                continue;
            }

            var lastWeek = known.Counts.AsSpan()[^WindowDays..].ToArray().Sum();
            double? ahead = inARow >= DaysInARow ? WeekAhead(known) : null;
            readings.Add(new AlertReading(
                day + 1,
                known.Counts[^1],
                ahead / WindowDays,
                ahead is null ? null : lastWeek / WindowDays,
                ahead > lastWeek));
        }

        return readings.DrainToImmutable();
    }

    private static bool IsGrowing(CleanSeries known, SerialInterval serialInterval)
    {
        var counts = known.Counts.AsSpan();
        var lastWeek = counts[^WindowDays..].ToArray().Sum();
        if (lastWeek < Assessor.CasesMin || known.Reported.Counts.Length <= serialInterval.MeanDays)
        {
            return false;
        }

        // Only the last window matters: its pressure is that of the days before it.
        var weights = serialInterval.Support.AsSpan();
        var pressure = 0.0;
        for (var day = counts.Length - WindowDays; day < counts.Length; day++)
        {
            for (var lag = 1; lag <= Math.Min(day, weights.Length - 1); lag++)
            {
                pressure += counts[day - lag] * weights[lag];
            }
        }

        var usual = CoriSettings.Weekly;
        var ratio = usual.PriorMean / usual.PriorStandardDeviation;
        var rate = (usual.PriorMean / (usual.PriorStandardDeviation * usual.PriorStandardDeviation)) + pressure;
        return Numerics.GammaDistribution.UpperTail((ratio * ratio) + lastWeek, rate) >= Assessor.GrowingFrom;
    }

    // The median of the forecast alone: its spread, which costs most, is not asked for.
    private static double WeekAhead(CleanSeries known) =>
        Math.Exp(DampedGrowth.Of(known.Reported.Indicator)
            .LogPath(WeeklyTotals.EndingWith(known.Counts.AsSpan()), 1)[0]) - 1;
}
