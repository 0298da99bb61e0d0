namespace Sameboat.Epidemics;

/// <summary>How much more or less each weekday reports than the mean day, drifting slowly.</summary>
/// <remarks>
/// ω(t) = (Σ y + h) / (Σ e + h) over the same weekday up to five weeks either side, e the count expected without
/// weekdays and h one case and a tenth of a mean day: held to
/// one where counts are small. Each seven days are scaled to mean one.
/// </remarks>
internal static class WeekdayFactors
{
    private const int WeeksEitherSide = 5;
    private const double HeldDays = 0.1;
    private const double FactorMin = 0.05;

    /// <summary>About a moving mean of seven days.</summary>
    public static double[] FromCounts(ReadOnlySpan<double> counts)
    {
        var sums = new double[counts.Length + 1];
        for (var day = 0; day < counts.Length; day++)
        {
            sums[day + 1] = sums[day] + counts[day];
        }

        var expected = new double[counts.Length];
        var width = Math.Min(Weeks.Days, counts.Length);
        for (var day = 0; day < expected.Length; day++)
        {
            var from = Math.Clamp(day - (width / 2), 0, counts.Length - width);
            expected[day] = Math.Max(0, sums[from + width] - sums[from]) / width;
        }

        return FromExpected(counts, expected);
    }

    /// <summary>About expected counts, each at least 0.</summary>
    public static double[] FromExpected(ReadOnlySpan<double> counts, double[] expected)
    {
        var raw = new double[counts.Length];
        for (var day = 0; day < raw.Length; day++)
        {
            double seen = 0, due = 0;
            var days = 0;
            for (var week = -WeeksEitherSide; week <= WeeksEitherSide; week++)
            {
                var other = day + (week * Weeks.Days);
                if (other >= 0 && other < raw.Length)
                {
                    seen += counts[other];
                    due += expected[other];
                    days++;
                }
            }

            var mean = due / days;
            var held = 1 + (HeldDays * mean);
            raw[day] = mean > 0 ? Math.Max(FactorMin, (seen + held) / (due + held)) : 1;
        }

        var factors = new double[raw.Length];
        var width = Math.Min(Weeks.Days, raw.Length);
        for (var day = 0; day < raw.Length; day++)
        {
            var from = Math.Clamp(day - (width / 2), 0, raw.Length - width);
            var sum = 0.0;
            for (var other = from; other < from + width; other++)
            {
                sum += raw[other];
            }

            factors[day] = width == Weeks.Days ? raw[day] * width / sum : 1;
        }

        return factors;
    }
}
