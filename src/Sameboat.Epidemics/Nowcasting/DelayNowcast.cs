using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>Completes the newest weeks of a series by a delay given by hand.</summary>
/// <remarks>
/// Of N persons C are reported, each with the chance Z: N − C given C is negative binomial of mean (C + ½)(1 − Z)/Z and
/// variance mean/Z (Lawless 1994, 10.2307/3315820, with Jeffreys' half), by the gamma distribution of the same moments.
/// The delay counts as certain, so intervals are too narrow where it is a guess.
/// </remarks>
public static class DelayNowcast
{
    /// <summary>Completes weekly totals.</summary>
    /// <param name="place">Name of the place.</param>
    /// <param name="indicator">What is counted.</param>
    /// <param name="weeks">Persons reported by last day of the week; those after the day are left out.</param>
    /// <param name="delay">How reports come in.</param>
    /// <param name="asOf">The day whose knowledge is used.</param>
    /// <returns>Weeks up to <see cref="Nowcaster.WeeksOldMax"/> older than the newest, the newest first, and none of
    /// which less than <see cref="ReportingDelay.ShareMin"/> can be reported.</returns>
    public static IReadOnlyList<WeekNowcast> Of(
        string place,
        Indicator indicator,
        IReadOnlyDictionary<DateOnly, long> weeks,
        ReportingDelay delay,
        DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(weeks);
        ArgumentNullException.ThrowIfNull(delay);
        var ends = weeks.Keys.Where(end => end <= asOf).OrderDescending().ToList();
        List<WeekNowcast> nowcasts = [];
        foreach (var end in ends)
        {
            var age = (ends[0].DayNumber - end.DayNumber) / Weeks.Days;
            var share = delay.ShareOfWeek(end, asOf);
            if (age <= Nowcaster.WeeksOldMax && share >= ReportingDelay.ShareMin)
            {
                nowcasts.Add(new WeekNowcast(place, indicator, end, age, weeks[end],
                    Quantile(weeks[end], share, 0.05),
                    Quantile(weeks[end], share, 0.5),
                    Quantile(weeks[end], share, 0.95)));
            }
        }

        return nowcasts;
    }

    private static double Quantile(long reported, double share, double level)
    {
        if (share >= 1)
        {
            return reported;
        }

        var mean = (reported + 0.5) * (1 - share) / share;
        return reported + Math.Round(GammaDistribution.Quantile(level, mean * share) / share);
    }
}
