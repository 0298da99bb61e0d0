using System.Collections.Immutable;
using System.Globalization;

namespace Sameboat.Exchange.Files;

/// <summary>The rows of one place in a file of daily counts.</summary>
/// <param name="Place">ISO 3166-1 alpha-3.</param>
/// <param name="Rows">
/// Day and count of each row by day, each day once, at least one; null is a row without a figure. Days without a row
/// are left out, and a count may be negative as published.
/// </param>
public sealed record PlaceRows(TerritoryCode Place, ImmutableArray<(DateOnly Day, long? Count)> Rows);

/// <summary>
/// Reads daily counts for the estimate of need: <c>iso3,date,cases</c> or the header that WHO's tool is fed with,
/// <c>Date_reported,Country_code,New_cases</c>; other columns are ignored. Any other form goes to
/// <see cref="CaseFileReader"/>. Unlike that reader it tells a day without a row from one without a figure, since
/// WHO's tool does.
/// </summary>
public static class NeedCaseReader
{
    private static readonly (string Place, string Day, string Count)[] Headers =
        [("iso3", "date", "cases"), ("Country_code", "Date_reported", "New_cases")];

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <returns>The places in the order of their codes, or every fault of the file.</returns>
    public static Reading<ImmutableList<PlaceRows>> Read(string path)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Open(path, faults);
        if (rows is null)
        {
            return Reading<ImmutableList<PlaceRows>>.Refused(faults, []);
        }

        var header = Array.Find(Headers, one =>
            rows.IndexOf(one.Place) >= 0 && rows.IndexOf(one.Day) >= 0 && rows.IndexOf(one.Count) >= 0);
        return header.Place is null
            ? OfOtherForm(path)
            : new RowsByPlace(rows, faults, header.Place, header.Day, header.Count).Read();
    }

    private static Reading<ImmutableList<PlaceRows>> OfOtherForm(string path)
    {
        var other = CaseFileReader.Read(path);
        return other.IsRead
            ? Reading<ImmutableList<PlaceRows>>.Of(
                [.. other.Value.Cases.Select(series => new PlaceRows(
                    series.Place, [.. series.Counts.Select((count, day) => (series.First.AddDays(day), count))]))],
                other.Remarks)
            : Reading<ImmutableList<PlaceRows>>.Refused(other.Faults, other.Remarks);
    }

    /// <summary>Gathers the rows of one file.</summary>
    private sealed class RowsByPlace(CsvRows rows, FaultList faults, string place, string day, string count)
    {
        private const int CodesShownMax = 20;

        private readonly int _place = rows.IndexOf(place);
        private readonly int _day = rows.IndexOf(day);
        private readonly int _count = rows.IndexOf(count);
        private readonly bool _threeLetters = place == Headers[0].Place;
        private readonly Dictionary<string, TerritoryCode> _codes = new(StringComparer.OrdinalIgnoreCase);
        private readonly SortedDictionary<string, long> _leftOut = new(StringComparer.Ordinal);
        private readonly SortedDictionary<TerritoryCode, List<(DateOnly Day, long? Count, long Line)>> _byPlace = [];

        internal Reading<ImmutableList<PlaceRows>> Read()
        {
            while (rows.Read())
            {
                TakeRow();
            }

            var gaps = 0L;
            var places = ImmutableList.CreateBuilder<PlaceRows>();
            foreach (var (code, taken) in _byPlace)
            {
                taken.Sort((one, other) => (one.Day, one.Line).CompareTo((other.Day, other.Line)));
                gaps += Gaps(code, taken);
                places.Add(new PlaceRows(code, [.. taken.Select(row => (row.Day, row.Count))]));
            }

            if (faults.IsEmpty && places.Count == 0)
            {
                faults.Add(Fault.Describe(rows.File, 0, 0, "no row of counts", "at least one row below the header"));
            }

            var remarks = Remarks(gaps);
            return faults.IsEmpty
                ? Reading<ImmutableList<PlaceRows>>.Of(places.ToImmutable(), remarks)
                : Reading<ImmutableList<PlaceRows>>.Refused(faults, remarks);
        }

        private void TakeRow()
        {
            var code = CodeOfRow();
            if (!CellValue.IsoDay(rows.Cell(_day), out var date))
            {
                rows.Refuse(_day, "a date such as 2021-12-31");
                return;
            }

            var kind = CellValue.Whole(rows.Cell(_count), rows.DecimalComma, out var cases);
            if (kind is not (WholeKind.Whole or WholeKind.NotReported))
            {
                rows.Refuse(_count, kind switch
                {
                    WholeKind.TooLarge => "a count of at most 1,000,000,000,000",
                    WholeKind.Fractional => "a whole number: persons are not counted in fractions",
                    _ => "a whole number, or an empty cell where nothing was reported",
                });
                return;
            }

            if (!code.IsNone)
            {
                if (!_byPlace.TryGetValue(code, out var taken))
                {
                    _byPlace.Add(code, taken = []);
                }

                taken.Add((date, kind == WholeKind.Whole ? cases : null, rows.Line));
            }
        }

        /// <summary>The territory of the row; none where it is left out or at fault.</summary>
        private TerritoryCode CodeOfRow()
        {
            var text = rows.Text(_place);
            if (!_codes.TryGetValue(text, out var code))
            {
                code = Resolve(text);
                _codes.Add(text, code);
            }

            if (code.IsNone && !_threeLetters)
            {
                _leftOut[text] = _leftOut.GetValueOrDefault(text) + 1;
            }

            return code;
        }

        private TerritoryCode Resolve(string text)
        {
            if (_threeLetters)
            {
                if (TerritoryCode.TryParse(text, out var code) && Territories.TryGet(code, out var known))
                {
                    return known.Code;
                }

                rows.Refuse(_place, "an ISO 3166-1 code of three letters, such as KEN");
                return default;
            }

            // WHO has rows of its own codes, for ships and for parts of territories; they are left out with a remark.
            return Territories.TryResolveTerritory(text, out var territory) ? territory.Code : default;
        }

        private long Gaps(TerritoryCode code, List<(DateOnly Day, long? Count, long Line)> taken)
        {
            var gaps = 0L;
            for (var at = 1; at < taken.Count; at++)
            {
                var step = taken[at].Day.DayNumber - taken[at - 1].Day.DayNumber;
                gaps += Math.Max(0, step - 1);
                if (step == 0)
                {
                    faults.Add(new Fault(
                        rows.File, taken[at].Line, _day + 1, CellValue.Shown(taken[at].Day),
                        FormattableString.Invariant(
                            $"one row for {code} and this day, which line {taken[at - 1].Line} has already")));
                }
            }

            return gaps;
        }

        private List<string> Remarks(long gaps)
        {
            var remarks = new List<string>();
            if (_leftOut.Count > 0)
            {
                var shown = string.Join(", ", _leftOut.Take(CodesShownMax).Select(one => string.Create(
                    CultureInfo.InvariantCulture, $"«{one.Key}» {one.Value:N0}")));
                remarks.Add($"Left out, since the code is no territory (rows): {shown}.");
            }

            if (gaps > 0)
            {
                remarks.Add(FormattableString.Invariant(
                    $"{gaps:N0} days between two others have no row; they count as not reported."));
            }

            return remarks;
        }
    }
}
