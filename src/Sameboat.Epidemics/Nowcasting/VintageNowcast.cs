namespace Sameboat.Epidemics;

/// <summary>The nowcast of a day from a history of publication.</summary>
public static class VintageNowcast
{
    /// <summary>Replays every publication up to the day and completes the newest weeks as known then.</summary>
    /// <param name="vintages">Weekly values, or daily ones, which are added up from Sunday to Saturday; a week with a
    /// day not reported counts what was.</param>
    /// <param name="asOf">Inclusive.</param>
    /// <returns>By indicator, place, and week, the newest first; empty before the first publication.</returns>
    public static IReadOnlyList<WeekNowcast> On(VintageHistory vintages, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(vintages);
        var nowcaster = new Nowcaster();
        var replay = vintages.Replay();
        IReadOnlyList<WeekNowcast> nowcasts = [];
        foreach (var day in vintages.Revisions.Select(revision => revision.AsOf).Distinct().Where(day => day <= asOf))
        {
            nowcasts = nowcaster.Next(replay.KnownOn(day)
                .SelectMany(place => place.Series.Select(series => (place.Name, Series: series)))
                .ToDictionary(
                    pair => (pair.Name, pair.Series.Indicator),
                    pair => (IReadOnlyDictionary<DateOnly, long>)WeeksOf(pair.Series, vintages.IsWeekly)));
        }

        return nowcasts;
    }

    private static Dictionary<DateOnly, long> WeeksOf(CountSeries series, bool weekly)
    {
        Dictionary<DateOnly, long> weeks = [];
        for (var day = 0; day < series.Counts.Length; day++)
        {
            var date = series.First.AddDays(day);
            var end = weekly ? date : Weeks.SaturdayOf(date);
            if (series.Counts[day] is { } count && end <= series.Last)
            {
                weeks[end] = weeks.GetValueOrDefault(end) + count;
            }
        }

        return weeks;
    }
}
