namespace Sameboat.Epidemics;

/// <summary>Caps lone days far above all around them, most often a backlog published at once.</summary>
internal static class Spikes
{
    /// <summary>Median absolute deviations, on the log scale, above which a day is a spike.</summary>
    public const double Deviations = 6;

    private const int EitherSide = 10;
    private const double CountMin = 20;

    /// <summary>A spike is also this many times the same weekday a week before and a week after.</summary>
    private const double WeekdayRatio = 2.5;

    private const double NormalConsistency = 1.4826;
    private const double DeviationMin = 0.15;

    /// <summary>
    /// Lowers a spike to the limit: e^(median + 6·MAD) − 1 over the ten days either side, on ln(count + 1). The
    /// deviation is at least 0.15 and at least the Poisson error of the level. A day whose weekday a week away is
    /// of its size, or whose neighbour also exceeds the limit, stands.
    /// </summary>
    public static void Cap(double[] counts)
    {
        // Limits are taken from the counts before any cap, so that the order of days does not matter.
        var capped = new List<(int Day, double Limit)>();
        for (var day = 0; day < counts.Length; day++)
        {
            if (counts[day] >= CountMin && StandsAlone(counts, day) && LimitAt(counts, day) is { } limit
                && counts[day] > limit && !NeighbourExceeds(counts, day, limit))
            {
                capped.Add((day, limit));
            }
        }

        foreach (var (day, limit) in capped)
        {
            counts[day] = limit;
        }
    }

    /// <summary>The median, reordering the values; of an even number the mean of the middle two.</summary>
    public static double MedianOf(Span<double> values)
    {
        values.Sort();
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
    }

    private static bool StandsAlone(double[] counts, int day)
    {
        var weekBefore = day >= Weeks.Days ? counts[day - Weeks.Days] : 0;
        var weekAfter = day + Weeks.Days < counts.Length ? counts[day + Weeks.Days] : 0;
        return counts[day] > WeekdayRatio * Math.Max(weekBefore, weekAfter);
    }

    private static bool NeighbourExceeds(double[] counts, int day, double limit) =>
        (day > 0 && counts[day - 1] > limit) || (day + 1 < counts.Length && counts[day + 1] > limit);

    private static double? LimitAt(double[] counts, int day)
    {
        Span<double> logs = stackalloc double[2 * EitherSide];
        var found = 0;
        for (var other = Math.Max(0, day - EitherSide); other <= Math.Min(counts.Length - 1, day + EitherSide); other++)
        {
            if (other != day)
            {
                logs[found++] = Math.Log(counts[other] + 1);
            }
        }

        if (found < EitherSide)
        {
            return null;
        }

        logs = logs[..found];
        var median = MedianOf(logs);
        for (var index = 0; index < found; index++)
        {
            logs[index] = Math.Abs(logs[index] - median);
        }

        var poisson = 1 / Math.Sqrt(Math.Exp(median));
        var deviation = Math.Max(Math.Max(DeviationMin, poisson), NormalConsistency * MedianOf(logs));
        return Math.Exp(median + (Deviations * deviation)) - 1;
    }
}
