using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>One published value: what was said on a day about the count of another.</summary>
/// <param name="AsOf">The day of publication, from which the value was known.</param>
/// <param name="Place">Name of the place.</param>
/// <param name="Indicator">What is counted.</param>
/// <param name="Day">The day counted, or the last day of the week counted.</param>
/// <param name="Value">Persons; may be negative as published; null = withdrawn or not reported.</param>
public readonly record struct Revision(
    DateOnly AsOf, string Place, Indicator Indicator, DateOnly Day, long? Value);

/// <summary>Every revision of many series, from which what was known on any day is rebuilt.</summary>
public sealed class VintageHistory
{
    private readonly Revision[] _revisions;

    /// <summary>Takes revisions in any order; of two with the same publication day the later one given holds.</summary>
    /// <param name="revisions">At least one.</param>
    /// <param name="weekly">True where each value is the total of the seven days that end on its day.</param>
    /// <exception cref="ArgumentException">
    /// No revision, or one place and indicator spanning more than <see cref="CountSeries.DaysMax"/> days.
    /// </exception>
    public VintageHistory(IEnumerable<Revision> revisions, bool weekly)
    {
        // The sort is stable, so that the order of the file decides between values of one day.
        _revisions = [.. revisions.OrderBy(revision => revision.AsOf)];
        if (_revisions.Length == 0)
        {
            throw new ArgumentException("A history has at least one revision.", nameof(revisions));
        }

        IsWeekly = weekly;
        var longest = _revisions.GroupBy(revision => (revision.Place, revision.Indicator))
            .Max(series => series.Max(one => one.Day.DayNumber) - series.Min(one => one.Day.DayNumber) + 1);
        if (longest > CountSeries.DaysMax)
        {
            throw new ArgumentException($"A series holds at most {CountSeries.DaysMax} days; one spans {longest}.");
        }
    }

    /// <summary>True where each value is a week's total.</summary>
    public bool IsWeekly { get; }

    /// <summary>The first day of publication.</summary>
    public DateOnly FirstAsOf => _revisions[0].AsOf;

    /// <summary>The last day of publication.</summary>
    public DateOnly LastAsOf => _revisions[^1].AsOf;

    /// <summary>In order of publication.</summary>
    public IReadOnlyList<Revision> Revisions => _revisions;

    /// <summary>Starts a replay before the first publication.</summary>
    public VintageReplay Replay() => new(this);
}

/// <summary>What was known, moving forward through the days of publication.</summary>
public sealed class VintageReplay
{
    private readonly VintageHistory _history;
    private readonly SortedDictionary<(string Place, Indicator Indicator), SortedDictionary<DateOnly, long?>> _known =
        new(Comparer<(string Place, Indicator Indicator)>.Create((a, b) =>
            string.CompareOrdinal(a.Place, b.Place) is var order and not 0
                ? order
                : a.Indicator.CompareTo(b.Indicator)));

    private int _next;

    internal VintageReplay(VintageHistory history) => _history = history;

    /// <summary>Takes in every revision published up to the day and gives what was then known.</summary>
    /// <param name="day">Inclusive. An earlier day than the last one asked for gives what is known already.</param>
    /// <returns>Places in ordinal order of their names; empty before the first publication. Days between the first
    /// and the last known one without a value are not reported; of a weekly value the seven days are the whole week,
    /// counted on its last day.</returns>
    public ImmutableArray<PlaceCounts> KnownOn(DateOnly day)
    {
        for (; _next < _history.Revisions.Count && _history.Revisions[_next].AsOf <= day; _next++)
        {
            var revision = _history.Revisions[_next];
            var key = (revision.Place, revision.Indicator);
            if (!_known.TryGetValue(key, out var days))
            {
                _known[key] = days = [];
            }

            days[revision.Day] = revision.Value;
        }

        return
        [
            .. _known.GroupBy(series => series.Key.Place).Select(place => new PlaceCounts(
                place.Key, [.. place.Select(series => SeriesOf(series.Key.Indicator, series.Value))])),
        ];
    }

    private CountSeries SeriesOf(Indicator indicator, SortedDictionary<DateOnly, long?> days)
    {
        var first = days.Keys.First();
        var last = days.Keys.Last();
        first = _history.IsWeekly ? first.AddDays(1 - Weeks.Days) : first;
        var counts = new long?[Math.Min(CountSeries.DaysMax, last.DayNumber - first.DayNumber + 1)];
        first = last.AddDays(1 - counts.Length);
        foreach (var (day, value) in days)
        {
            counts[day.DayNumber - first.DayNumber] = value;
        }

        return new CountSeries(default, indicator, first, [.. counts]);
    }
}
