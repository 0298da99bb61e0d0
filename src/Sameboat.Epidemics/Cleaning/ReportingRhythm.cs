namespace Sameboat.Epidemics;

/// <summary>
/// Undoes reporting that skips days: weekly reporters and dumps after silence. A silent day is a zero or a day not
/// reported; whether zeros are silence is judged by how unlikely they are as counts.
/// </summary>
/// <remarks>
/// A day of mean m is zero with probability 1/(1 + m) when counts are negative binomial with size 1, a spread wider
/// than any seen in routine reporting, so that z silent days have log probability −z ln(1 + m).
/// </remarks>
internal static class ReportingRhythm
{
    /// <summary>Longest distance between two reports taken for a rhythm, in days.</summary>
    public const int RhythmDaysMax = 14;

    /// <summary>Longest silence over which a dump is spread, in days, the dump's own day not counted.</summary>
    public const int SilenceDaysMax = 28;

    /// <summary>A dump is more than this many times the local daily level.</summary>
    public const double DumpRatio = 4;

    private const int ReportsEitherSide = 2;
    private const int LevelDaysBefore = 21;
    private const int LevelDaysAfter = 14;
    private const int LevelDaysMin = 3;
    private static readonly double RhythmSurprise = Math.Log(1e4);
    private static readonly double DumpSurprise = Math.Log(100);

    /// <summary>
    /// Spreads each report evenly over the days since the one before it, where reports came on at most half of the
    /// days around. Silent days after the last such report that are not overdue become missing.
    /// </summary>
    public static void SpreadWeekly(double[] counts)
    {
        var reports = ReportDays(counts);
        var lastSpread = false;
        var before = (double[])counts.Clone();
        for (var index = 0; index < reports.Count; index++)
        {
            var from = index > 0 ? reports[index - 1] + 1 : FirstCovered(before, reports[index]);
            var days = reports[index] + 1 - from;
            lastSpread = days <= RhythmDaysMax && IsRhythm(before, reports, index);
            if (lastSpread && days > 1)
            {
                Spread(counts, from, reports[index]);
            }
        }

        if (!lastSpread || reports.Count < 2)
        {
            return;
        }

        var silence = counts.Length - 1 - reports[^1];
        if (silence <= reports[^1] - reports[^2])
        {
            counts.AsSpan(reports[^1] + 1).Fill(double.NaN);
        }
    }

    /// <summary>
    /// Spreads a dump evenly over the silence before it: more than <see cref="DumpRatio"/> times the local level
    /// after zeros too many for chance, or, after days not reported, nearer to their sum than to one day's count.
    /// </summary>
    public static void SpreadDumps(double[] counts)
    {
        var silentFrom = -1;
        for (var day = 0; day < counts.Length; day++)
        {
            if (!(counts[day] > 0))
            {
                silentFrom = silentFrom < 0 ? day : silentFrom;
                continue;
            }

            if (silentFrom >= 0)
            {
                var from = Math.Max(silentFrom, day - SilenceDaysMax);
                if (IsDump(counts, from, day))
                {
                    Spread(counts, from, day);
                }
            }

            silentFrom = -1;
        }
    }

    private static bool IsDump(double[] counts, int from, int day)
    {
        var level = LevelAround(counts, from, day);
        if (!(level > 0))
        {
            return false;
        }

        var silent = day - from;
        var missing = 0;
        for (var index = from; index < day; index++)
        {
            missing += double.IsNaN(counts[index]) ? 1 : 0;
        }

        return missing == silent
            ? counts[day] > level * (1 + (0.5 * silent))
            : counts[day] > DumpRatio * level && silent * Math.Log(1 + level) >= DumpSurprise;
    }

    /// <summary>
    /// The median count of the days before the silence and after the dump; not a number where too few.
    /// </summary>
    private static double LevelAround(double[] counts, int from, int day)
    {
        Span<double> around = stackalloc double[LevelDaysBefore + LevelDaysAfter];
        var found = 0;
        for (var index = Math.Max(0, from - LevelDaysBefore); index < from; index++)
        {
            around[found] = counts[index];
            found += double.IsNaN(counts[index]) ? 0 : 1;
        }

        for (var index = day + 1; index < Math.Min(counts.Length, day + 1 + LevelDaysAfter); index++)
        {
            around[found] = counts[index];
            found += double.IsNaN(counts[index]) ? 0 : 1;
        }

        return found < LevelDaysMin ? double.NaN : Spikes.MedianOf(around[..found]);
    }

    private static List<int> ReportDays(double[] counts)
    {
        List<int> days = [];
        for (var day = 0; day < counts.Length; day++)
        {
            // A zero after days not reported is a report of none; a zero after a report may be silence.
            var isReport = counts[day] > 0 || (counts[day] == 0 && day > 0 && double.IsNaN(counts[day - 1]));
            if (isReport)
            {
                days.Add(day);
            }
        }

        return days;
    }

    private static int FirstCovered(double[] counts, int report)
    {
        var first = report;
        while (first > 0 && double.IsNaN(counts[first - 1]))
        {
            first--;
        }

        return first;
    }

    private static bool IsRhythm(double[] counts, List<int> reports, int index)
    {
        var low = Math.Max(0, index - ReportsEitherSide);
        var high = Math.Min(reports.Count - 1, index + ReportsEitherSide);
        var gaps = high - low;
        if (gaps == 0)
        {
            // The only report there is: what it covers was found by the days missing before it.
            return true;
        }

        int wide = 0, missing = 0;
        var total = 0.0;
        for (var report = low + 1; report <= high; report++)
        {
            var days = reports[report] - reports[report - 1];
            wide += days > 1 ? 1 : 0;
            if (days > RhythmDaysMax)
            {
                return false;
            }

            total += counts[reports[report]];
            for (var day = reports[report - 1] + 1; day < reports[report]; day++)
            {
                missing += double.IsNaN(counts[day]) ? 1 : 0;
            }
        }

        var span = reports[high] - reports[low];
        var silent = span - gaps;
        var surprise = silent * Math.Log(1 + (total / span));
        var isSilence = 2 * missing > silent || (gaps >= ReportsEitherSide && surprise >= RhythmSurprise);
        return 2 * wide > gaps && isSilence;
    }

    private static void Spread(double[] counts, int from, int day)
    {
        var share = counts[day] / (day + 1 - from);
        counts.AsSpan(from..(day + 1)).Fill(share);
    }
}
