using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>
/// Weekly cases as the need estimate takes them: weeks of seven days that end on the as-of day, and the weeks
/// forecast after it.
/// </summary>
internal static class WeeklyPaths
{
    /// <summary>The quantile of each forecast week on the lower path.</summary>
    public const double LowLevel = 0.1;

    /// <summary>The quantile of each forecast week on the upper path.</summary>
    public const double HighLevel = 0.9;

    private static readonly int LowIndex = ForecastQuantiles.Levels.IndexOf(LowLevel);
    private static readonly int HighIndex = ForecastQuantiles.Levels.IndexOf(HighLevel);

    /// <summary>History and forecast of one place at three levels; days before the series count as zero.</summary>
    public static CasePaths Of(Assessment assessment)
    {
        var counts = assessment.Cases.Counts;
        var weeks = (counts.Length + Weeks.Days - 1) / Weeks.Days;
        var history = new double[weeks];
        for (var day = 0; day < counts.Length; day++)
        {
            history[weeks - 1 - ((counts.Length - 1 - day) / Weeks.Days)] += counts[day];
        }

        var first = assessment.AsOf.AddDays(1 - (Weeks.Days * weeks));
        WeeklyCases Path(int level) => new(
            first, [.. history, .. assessment.CasesForecast.Weeks.Select(week => week.Quantiles[level])]);
        return new CasePaths(Path(LowIndex), Path(ForecastQuantiles.MedianIndex), Path(HighIndex));
    }

    /// <summary>Whether these are the figures of one forecast week on the three paths.</summary>
    public static bool IsOf(ImmutableArray<double> quantiles, double low, double median, double high) =>
        quantiles[LowIndex].Equals(low) && quantiles[ForecastQuantiles.MedianIndex].Equals(median)
        && quantiles[HighIndex].Equals(high);
}
