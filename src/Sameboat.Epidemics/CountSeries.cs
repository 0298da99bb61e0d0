using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>
/// Daily counts of one indicator in one place, as published: one element a day from <paramref name="First"/>, none
/// left out. A day that was not reported is <c>null</c>, which is not zero.
/// </summary>
/// <param name="Place">The territory counted.</param>
/// <param name="Indicator">What is counted.</param>
/// <param name="First">The day of the first element.</param>
/// <param name="Counts">
/// New persons on each day; may be negative where the publisher corrected a cumulative count; <c>null</c> = not
/// reported. <c>default</c> is read as no days at all. At most <see cref="DaysMax"/> elements.
/// </param>
/// <exception cref="ArgumentException">More than <see cref="DaysMax"/> days.</exception>
public sealed record CountSeries(TerritoryCode Place, Indicator Indicator, DateOnly First, ImmutableArray<long?> Counts)
{
    /// <summary>Longest series accepted, in days: 27 years.</summary>
    public const int DaysMax = 10_000;

    /// <summary>The daily counts, never <c>default</c>; see the parameter of the same name.</summary>
    public ImmutableArray<long?> Counts { get; init; } = Checked(Counts);

    /// <summary>The day of the last element; the day before <see cref="First"/> where there are no days.</summary>
    public DateOnly Last => First.AddDays(Counts.Length - 1);

    /// <summary>
    /// The series as it stood on a day, by reporting day: later days are dropped. A day before <see cref="First"/>
    /// leaves no days. Says nothing of revisions made after that day to earlier ones.
    /// </summary>
    public CountSeries Until(DateOnly asOf) =>
        asOf >= Last ? this : this with { Counts = Counts[..Math.Max(0, asOf.DayNumber - First.DayNumber + 1)] };

    /// <summary>
    /// Cut at the day, or lengthened to it by days not reported, so that the last element is that day.
    /// </summary>
    internal CountSeries EndingOn(DateOnly asOf)
    {
        if (Counts.IsEmpty || asOf <= Last)
        {
            return Until(asOf);
        }

        var days = asOf.DayNumber - First.DayNumber + 1;
        return this with { Counts = [.. Counts, .. new long?[days - Counts.Length]] };
    }

    private static ImmutableArray<long?> Checked(ImmutableArray<long?> counts)
    {
        var days = counts.IsDefault ? [] : counts;
        return days.Length <= DaysMax
            ? days
            : throw new ArgumentException($"A series holds at most {DaysMax} days; this one has {days.Length}.");
    }
}
