using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Sameboat.Epidemics;

namespace Sameboat.Exchange.Files;

/// <summary>One entry of a publisher's list of places: a territory, a part of one, or a row that is none.</summary>
internal sealed class CaseSource(string name, TerritoryCode place)
{
    internal string Name => name;

    /// <summary>None for a row that is left out.</summary>
    internal TerritoryCode Place => place;

    /// <summary>For a row that is left out, what the remark on it says; null for one that was refused.</summary>
    internal string? LeftOutAs { get; init; }

    internal DayCounts Cases { get; } = new();

    internal DayCounts Deaths { get; } = new();

    /// <summary>True after a fault in one of its days, so that a day left out is no second fault.</summary>
    internal bool HasFaults { get; set; }
}

/// <summary>
/// Gathers the counts of a file by place and makes series of them, with the faults and remarks on the way.
/// </summary>
internal sealed class CaseCollector(string file, FaultList faults)
{
    private const int NamesShownMax = 20;

    private readonly Dictionary<string, CaseSource> _sources = new(StringComparer.Ordinal);
    private readonly List<string> _remarks = [];
    private readonly SortedDictionary<string, long> _leftOut = new(StringComparer.Ordinal);
    private byte[] _lastKey = [];
    private CaseSource? _last;
    private long _daysLeftOut;
    private int _placesWithDaysLeftOut;

    internal FaultList Faults => faults;

    internal IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Which column holds the day, counted from 0, for the faults that concern two lines.</summary>
    internal int DayColumn { get; set; }

    /// <summary>True where cases and deaths stand on lines of their own.</summary>
    internal bool IndicatorsApart { get; set; }

    internal void Remark(string sentence) => _remarks.Add(sentence);

    /// <summary>Counts a row that is left out under the reason for it.</summary>
    internal void LeaveOut(string what) => _leftOut[what] = _leftOut.GetValueOrDefault(what) + 1;

    /// <summary>The source of a key as it stands in the file; null when it is new.</summary>
    internal CaseSource? Find(ReadOnlySpan<byte> key)
    {
        // Most files go place by place, so that the key of the row before is the one looked for.
        if (_last is not null && key.SequenceEqual(_lastKey))
        {
            return _last;
        }

        _last = _sources.GetValueOrDefault(Encoding.UTF8.GetString(key));
        _lastKey = key.ToArray();
        return _last;
    }

    /// <summary>Keeps the source of a new key.</summary>
    internal CaseSource Add(string key, CaseSource source)
    {
        _sources.Add(key, source);
        _last = null;
        return source;
    }

    /// <summary>A further source of a place, under a key of its own.</summary>
    internal CaseSource AddPart(string key, CaseSource place) => Add(key, new CaseSource(place.Name, place.Place));

    /// <summary>Finishes the reading: a file with faults is refused, any other becomes series.</summary>
    /// <param name="format">Name of the form.</param>
    /// <param name="gapsAreFaults">
    /// True where a day that is left out is a fault, false where it is «not reported».
    /// </param>
    /// <param name="weekly">True for weeks, false for days, null to tell by the spacing of the days.</param>
    /// <param name="brokenRows">True when rows were passed over, so that days left out may stand there.</param>
    internal CaseFile? Finish(string format, bool gapsAreFaults, bool? weekly, bool brokenRows)
    {
        var sources = _sources.Values.Distinct().Where(source => !source.Place.IsNone).ToList();
        CheckDays(sources, gapsAreFaults && !brokenRows);
        if (faults.IsEmpty && sources.All(source => source.Cases.IsEmpty && source.Deaths.IsEmpty))
        {
            faults.Add(Fault.Describe(file, 0, 0, "no row of counts", "at least one row below the header"));
        }

        if (!faults.IsEmpty)
        {
            return null;
        }

        var byWeek = weekly ?? IsWeekly(sources);
        RemarkOnWhatWasDone(byWeek);
        var cases = SeriesOf(sources, Indicator.Cases, source => source.Cases, byWeek);
        var deaths = SeriesOf(sources, Indicator.Deaths, source => source.Deaths, byWeek);
        return faults.IsEmpty ? new CaseFile(format, cases, deaths, byWeek) : null;
    }

    private static bool IsWeekly(List<CaseSource> sources)
    {
        var several = sources.Where(source => !source.Cases.IsEmpty && source.Cases.FirstDay < source.Cases.LastDay);
        return several.Any() && several.All(source => source.Cases.IsWeekly());
    }

    private static string Listed(List<string> names)
    {
        var shown = string.Join(", ", names.Take(NamesShownMax));
        return names.Count <= NamesShownMax
            ? shown
            : string.Create(CultureInfo.InvariantCulture, $"{shown} and {names.Count - NamesShownMax:N0} more");
    }

    private static string Counted(long count, string noun) =>
        FormattableString.Invariant($"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    private void CheckDays(List<CaseSource> sources, bool gapsAreFaults)
    {
        foreach (var source in sources)
        {
            var gap = 0L;
            source.Cases.Order(
                (day, earlier, later) => RefuseTwice(source, day, earlier, later),
                (before, after, line) =>
                {
                    gap += after.DayNumber - before.DayNumber - 1;
                    if (gapsAreFaults && !source.HasFaults)
                    {
                        RefuseGap(source, before, after, line);
                    }
                });
            source.Deaths.Order(
                (day, earlier, later) =>
                {
                    // Where cases and deaths share a line, the day was refused with the cases.
                    if (IndicatorsApart || source.Cases.IsEmpty)
                    {
                        RefuseTwice(source, day, earlier, later);
                    }
                },
                (_, _, _) => { });
            _daysLeftOut += gap;
            _placesWithDaysLeftOut += gap > 0 ? 1 : 0;
        }
    }

    private void RefuseTwice(CaseSource source, DateOnly day, long earlier, long later) =>
        RefuseDay(later, day, FormattableString.Invariant(
            $"one row for {source.Name} and this day, which line {earlier} has already"));

    private void RefuseGap(CaseSource source, DateOnly before, DateOnly after, long line)
    {
        var first = CellValue.Shown(before.AddDays(1));
        var last = CellValue.Shown(after.AddDays(-1));
        var missing = after.DayNumber - before.DayNumber - 1;
        var days = missing == 1
            ? "1 day is missing"
            : FormattableString.Invariant($"{missing:N0} days are missing, to {last}");
        RefuseDay(line, after,
            $"{first} as the next day of {source.Name}: {days}; a day not reported has an empty cell");
    }

    private void RefuseDay(long line, DateOnly day, string expected) =>
        faults.Add(new Fault(file, line, DayColumn + 1, CellValue.Shown(day), expected));

    private void RemarkOnWhatWasDone(bool weekly)
    {
        if (_leftOut.Count > 0)
        {
            var names = _leftOut.Select(row => $"{row.Key}: {Counted(row.Value, "row")}").ToList();
            _remarks.Add($"Left out: {Listed(names)}.");
        }

        if (weekly)
        {
            _remarks.Add("The counts are of weeks: each is spread evenly over the seven days that end on its date.");
        }
        else if (_daysLeftOut > 0)
        {
            var places = Counted(_placesWithDaysLeftOut, "place");
            var days = Counted(_daysLeftOut, "day");
            _remarks.Add($"Left out between two others and taken as not reported: {days} in {places}.");
        }
    }

    private ImmutableArray<CountSeries> SeriesOf(
        List<CaseSource> sources, Indicator indicator, Func<CaseSource, DayCounts> counts, bool weekly)
    {
        var series = ImmutableArray.CreateBuilder<CountSeries>();
        var silent = new List<string>();
        var places = sources.Where(source => !counts(source).IsEmpty).GroupBy(source => source.Place);
        foreach (var place in places.OrderBy(place => place.Key))
        {
            var parts = place.Select(counts).ToList();
            var first = parts.Min(part => part.FirstDay) - (weekly ? Weeks.Days - 1 : 0);
            var length = parts.Max(part => part.LastDay) - first + 1;
            if (length > CountSeries.DaysMax)
            {
                RefuseSpan(place.Key, first, length);
                continue;
            }

            var days = new long?[length];
            parts.ForEach(part => part.AddTo(days, first, weekly));
            if (days.All(day => day is null))
            {
                silent.Add(place.Key.ToString());
                continue;
            }

            series.Add(new CountSeries(place.Key, indicator, DateOnly.FromDayNumber(first), [.. days]));
        }

        if (silent.Count > 0 && series.Count > 0)
        {
            var noun = indicator == Indicator.Cases ? "cases" : "deaths";
            _remarks.Add($"No {noun} reported on any day, so no series: {Listed(silent)}.");
        }

        return series.ToImmutable();
    }

    private void RefuseSpan(TerritoryCode place, int first, int length)
    {
        var from = CellValue.Shown(DateOnly.FromDayNumber(first));
        var to = CellValue.Shown(DateOnly.FromDayNumber(first + length - 1));
        faults.Add(Fault.Describe(file, 0, DayColumn + 1, $"days from {from} to {to} for {place}", string.Create(
            CultureInfo.InvariantCulture, $"at most {CountSeries.DaysMax:N0} days from the first to the last")));
    }
}
