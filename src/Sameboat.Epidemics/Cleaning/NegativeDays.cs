namespace Sameboat.Epidemics;

/// <summary>Settles negative days, which are corrections of counts published before.</summary>
internal static class NegativeDays
{
    /// <summary>Days before a correction that share it, in proportion to their counts.</summary>
    public const int CarryBackDays = 28;

    /// <summary>Days after a correction in which its rebound is looked for.</summary>
    public const int ReboundDays = 7;

    /// <summary>A rebound or a mistaken spike is more than this many times the median of the days before.</summary>
    public const double CounterpartRatio = 4;

    /// <summary>
    /// Sets each negative day to zero and takes its amount first from its counterpart, where the days around hold a
    /// spike or a rebound of its size, down to the local level; then from the days before: proportionally from the
    /// nearest
    /// <see cref="CarryBackDays"/>, then from the stretch before that, and so on. Where all of the past is spent the
    /// rest is taken from the days that follow. The total stays; a negative total becomes zero.
    /// </summary>
    public static void Settle(double[] counts)
    {
        var owedByFuture = 0.0;
        for (var day = 0; day < counts.Length; day++)
        {
            if (counts[day] < 0)
            {
                var owed = -counts[day];
                counts[day] = 0;
                owed -= TakeFromCounterpart(counts, day, owed);

                // A debt that is still open means that the whole past is zero already.
                owedByFuture += owedByFuture > 0 ? owed : TakeFromPast(counts, day, owed);
            }
            else if (owedByFuture > 0 && counts[day] > 0)
            {
                var paid = Math.Min(owedByFuture, counts[day]);
                counts[day] -= paid;
                owedByFuture -= paid;
            }
        }
    }

    /// <summary>The part of what is owed that a day counted twice, or undone at once, gave up.</summary>
    private static double TakeFromCounterpart(double[] counts, int day, double owed)
    {
        Span<double> before = stackalloc double[CarryBackDays];
        var known = 0;
        for (var index = Math.Max(0, day - CarryBackDays); index < day; index++)
        {
            before[known] = counts[index];
            known += double.IsNaN(counts[index]) ? 0 : 1;
        }

        if (known < ReboundDays)
        {
            return 0;
        }

        var level = Spikes.MedianOf(before[..known]);
        var largest = day;
        var end = Math.Min(counts.Length, day + ReboundDays + 1);
        for (var index = Math.Max(0, day - CarryBackDays); index < end; index++)
        {
            largest = counts[index] > counts[largest] ? index : largest;
        }

        var excess = counts[largest] - level;
        if (excess < owed / 2 || counts[largest] <= CounterpartRatio * level)
        {
            return 0;
        }

        var taken = Math.Min(owed, excess);
        counts[largest] -= taken;
        return taken;
    }

    private static double TakeFromPast(double[] counts, int day, double owed)
    {
        for (var end = day; end > 0 && owed > 0; end -= CarryBackDays)
        {
            var stretch = counts.AsSpan(Math.Max(0, end - CarryBackDays)..end);
            var held = 0.0;
            foreach (var count in stretch)
            {
                held += count > 0 ? count : 0;
            }

            var kept = held > owed ? 1 - (owed / held) : 0;
            for (var index = 0; index < stretch.Length; index++)
            {
                // A missing day is not a number and stays so.
                stretch[index] = stretch[index] > 0 ? stretch[index] * kept : stretch[index];
            }

            owed -= Math.Min(owed, held);
        }

        return owed;
    }
}
