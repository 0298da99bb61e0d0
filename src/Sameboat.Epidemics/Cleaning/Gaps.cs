namespace Sameboat.Epidemics;

/// <summary>Fills days not reported with the level around them.</summary>
internal static class Gaps
{
    private const int LevelDays = 7;

    /// <summary>
    /// Between reports: the line from the mean of the seven days before to the mean of the seven reported days after.
    /// After the last report: the mean of the seven days before. Before the first report, or with none: zero.
    /// </summary>
    public static void Fill(double[] counts)
    {
        for (var day = 0; day < counts.Length; day++)
        {
            if (!double.IsNaN(counts[day]))
            {
                continue;
            }

            var end = day;
            while (end < counts.Length && double.IsNaN(counts[end]))
            {
                end++;
            }

            var before = day == 0 ? 0 : MeanBefore(counts, day);
            var after = end == counts.Length ? before : MeanAfter(counts, end);
            var opening = day == 0 && end < counts.Length;
            for (var gap = day; gap < end; gap++)
            {
                var weight = (gap + 1.0 - day) / (end + 1 - day);
                counts[gap] = opening ? 0 : before + (weight * (after - before));
            }

            day = end;
        }
    }

    private static double MeanBefore(double[] counts, int day)
    {
        var days = counts.AsSpan(Math.Max(0, day - LevelDays)..day);
        var sum = 0.0;
        foreach (var count in days)
        {
            sum += count;
        }

        return sum / days.Length;
    }

    private static double MeanAfter(double[] counts, int day)
    {
        var sum = 0.0;
        var found = 0;
        for (var index = day; index < Math.Min(counts.Length, day + LevelDays); index++)
        {
            if (!double.IsNaN(counts[index]))
            {
                sum += counts[index];
                found++;
            }
        }

        return sum / found;
    }
}
