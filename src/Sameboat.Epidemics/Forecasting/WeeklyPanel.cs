namespace Sameboat.Epidemics;

/// <summary>Weekly totals of one indicator in one place, oldest first, and ln(total + 1) of each.</summary>
internal sealed record WeeklyHistory(double[] Totals, double[] Logs, CleanSeries Clean)
{
    /// <summary>The log growth into a week, held within the limit either way.</summary>
    public double Growth(int week, double limit) => Math.Clamp(Logs[week] - Logs[week - 1], -limit, limit);
}

/// <summary>The cleaned weekly history of many places as known on one day, all weeks ending on the same days.</summary>
internal sealed class WeeklyPanel
{
    /// <summary>Weeks of history kept, the newest; what is older hardly weighs in any of the members.</summary>
    public const int WeeksMax = 156;

    private const int DaysBeforeForCleaning = 98;
    private readonly WeeklyHistory?[,] _histories;

    private WeeklyPanel(string[] names, DateOnly lastDay, int weeks, WeeklyHistory?[,] histories)
    {
        Names = names;
        LastDay = lastDay;
        Weeks = weeks;
        _histories = histories;
    }

    public string[] Names { get; }

    /// <summary>Last day of the last week.</summary>
    public DateOnly LastDay { get; }

    /// <summary>Weeks in every history; before a place's first report they are zero.</summary>
    public int Weeks { get; }

    public WeeklyHistory? Of(int place, Indicator indicator) => _histories[place, (int)indicator];

    public bool Has(Indicator indicator) =>
        Enumerable.Range(0, Names.Length).Any(place => Of(place, indicator) is not null);

    /// <summary>Cleans what was known by the day and adds it up by weeks that end on the day.</summary>
    public static WeeklyPanel Of(IReadOnlyList<PlaceCounts> places, DateOnly lastDay)
    {
        var first = places.SelectMany(place => place.Series).Where(series => !series.Counts.IsEmpty)
            .Select(series => series.First).DefaultIfEmpty(lastDay.AddDays(1)).Min();
        var days = lastDay.DayNumber - first.DayNumber + 1;
        var weeks = Math.Clamp(days / Sameboat.Weeks.Days, 0, WeeksMax);
        var histories = new WeeklyHistory?[places.Count, Enum.GetValues<Indicator>().Length];
        Parallel.For(0, places.Count, place =>
        {
            foreach (var series in places[place].Series)
            {
                histories[place, (int)series.Indicator] = HistoryOf(series, lastDay, weeks);
            }
        });
        return new WeeklyPanel([.. places.Select(place => place.Name)], lastDay, weeks, histories);
    }

    /// <summary>One place from series that are cleaned already and end on the day.</summary>
    public static WeeklyPanel OfOnePlace(string name, DateOnly lastDay, params CleanSeries[] series)
    {
        var weeks = Math.Min(WeeksMax, series.Max(one => one.Counts.Length) / Sameboat.Weeks.Days);
        var histories = new WeeklyHistory?[1, Enum.GetValues<Indicator>().Length];
        foreach (var clean in series)
        {
            histories[0, (int)clean.Reported.Indicator] = HistoryOf(clean, weeks);
        }

        return new WeeklyPanel([name], lastDay, weeks, histories);
    }

    /// <summary>The panel without its last weeks, cleaned as it is now.</summary>
    public WeeklyPanel Back(int weeks)
    {
        var kept = Weeks - weeks;
        var histories = new WeeklyHistory?[Names.Length, _histories.GetLength(1)];
        for (var place = 0; place < Names.Length; place++)
        {
            for (var indicator = 0; indicator < histories.GetLength(1); indicator++)
            {
                histories[place, indicator] = _histories[place, indicator] is { } history
                    ? history with { Totals = history.Totals[..kept], Logs = history.Logs[..kept] }
                    : null;
            }
        }

        return new WeeklyPanel(Names, LastDay.AddDays(-Sameboat.Weeks.Days * weeks), kept, histories);
    }

    private static WeeklyHistory HistoryOf(CountSeries series, DateOnly lastDay, int weeks)
    {
        var known = series.EndingOn(lastDay);
        var keptMax = (weeks * Sameboat.Weeks.Days) + DaysBeforeForCleaning;
        if (known.Counts.Length > keptMax)
        {
            var dropped = known.Counts.Length - keptMax;
            known = known with { First = known.First.AddDays(dropped), Counts = known.Counts[dropped..] };
        }

        return HistoryOf(Cleaning.Clean(known), weeks);
    }

    private static WeeklyHistory HistoryOf(CleanSeries clean, int weeks)
    {
        var found = WeeklyTotals.EndingWith(clean.Counts.AsSpan());
        var totals = new double[weeks];
        var shared = Math.Min(found.Length, weeks);
        found.AsSpan(found.Length - shared).CopyTo(totals.AsSpan(weeks - shared));
        return new WeeklyHistory(totals, Array.ConvertAll(totals, total => Math.Log(total + 1)), clean);
    }
}
