namespace Sameboat.Exchange.Files;

/// <summary>The counts of one row of a publisher's list of places, one indicator, in the order of the file.</summary>
internal sealed class DayCounts
{
    private const long NotReported = long.MinValue;

    private readonly List<Entry> _entries = [];
    private bool _ordered = true;

    internal bool IsEmpty => _entries.Count == 0;

    internal int FirstDay => _entries[0].Day;

    internal int LastDay => _entries[^1].Day;

    internal void Add(DateOnly day, long? count, long line)
    {
        _ordered &= _entries.Count == 0 || _entries[^1].Day <= day.DayNumber;
        _entries.Add(new Entry(day.DayNumber, line, count ?? NotReported));
    }

    /// <summary>
    /// Puts the days in order. Calls back for every day that stands twice and for every run of days left out.
    /// </summary>
    internal void Order(Action<DateOnly, long, long> onTwice, Action<DateOnly, DateOnly, long> onLeftOut)
    {
        if (!_ordered)
        {
            _entries.Sort((left, right) =>
                left.Day != right.Day ? left.Day.CompareTo(right.Day) : left.Line.CompareTo(right.Line));
            _ordered = true;
        }

        for (var at = 1; at < _entries.Count; at++)
        {
            var (before, entry) = (_entries[at - 1], _entries[at]);
            if (entry.Day == before.Day)
            {
                onTwice(DateOnly.FromDayNumber(entry.Day), before.Line, entry.Line);
            }
            else if (entry.Day > before.Day + 1)
            {
                onLeftOut(DateOnly.FromDayNumber(before.Day), DateOnly.FromDayNumber(entry.Day), entry.Line);
            }
        }
    }

    /// <summary>True when there are at least two days and all lie whole weeks apart; call after ordering.</summary>
    internal bool IsWeekly()
    {
        for (var at = 1; at < _entries.Count; at++)
        {
            var apart = _entries[at].Day - _entries[at - 1].Day;
            if (apart == 0 || apart % Weeks.Days != 0)
            {
                return false;
            }
        }

        return _entries.Count > 1;
    }

    /// <summary>
    /// Adds the counts to the days of a place; a day reported by one row of several counts as reported.
    /// </summary>
    /// <param name="days">The sums so far, one element a day.</param>
    /// <param name="firstDay">Number of the first element's day.</param>
    /// <param name="weekly">True to spread each count over the seven days that end on its day.</param>
    internal void AddTo(Span<long?> days, int firstDay, bool weekly)
    {
        foreach (var entry in _entries)
        {
            if (entry.Count == NotReported)
            {
                continue;
            }

            var at = entry.Day - firstDay;
            if (!weekly)
            {
                days[at] = (days[at] ?? 0) + entry.Count;
                continue;
            }

            for (var day = 1; day <= Weeks.Days; day++)
            {
                var share = FloorOfSevenths(entry.Count, day) - FloorOfSevenths(entry.Count, day - 1);
                var index = at - Weeks.Days + day;
                days[index] = (days[index] ?? 0) + share;
            }
        }
    }

    /// <summary>
    /// The part of a week's count due by the end of a day, rounded down, so that the shares add up to it.
    /// </summary>
    private static long FloorOfSevenths(long count, int days) =>
        (long)Math.Floor((decimal)count * days / Weeks.Days);

    private readonly record struct Entry(int Day, long Line, long Count);
}
