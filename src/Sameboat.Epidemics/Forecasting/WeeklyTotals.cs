namespace Sameboat.Epidemics;

/// <summary>Totals of seven-day weeks counted back from the last day.</summary>
internal static class WeeklyTotals
{
    /// <summary>Whole weeks in order, the last ending with the last day; days before the first whole week are left
    /// out.</summary>
    public static double[] EndingWith(ReadOnlySpan<double> counts)
    {
        var totals = new double[counts.Length / Weeks.Days];
        for (var day = 0; day < totals.Length * Weeks.Days; day++)
        {
            totals[totals.Length - 1 - (day / Weeks.Days)] += counts[counts.Length - 1 - day];
        }

        return totals;
    }
}
