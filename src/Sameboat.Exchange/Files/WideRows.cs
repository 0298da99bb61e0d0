using System.Globalization;

namespace Sameboat.Exchange.Files;

/// <summary>
/// The wide time series of JHU CSSE: a row for each country or province, a column for each day, cumulative counts.
/// Read as first differences, the first day's count being its cumulative one; provinces add up to their country.
/// Where a cumulative count is missing, the next one that is there holds what happened since the last one.
/// </summary>
internal sealed class WideRows(CsvRows rows, CaseCollector into, bool deaths) : CaseRowReader(rows, into)
{
    /// <summary>The name by which results call the form.</summary>
    internal const string FormatName = "JHU CSSE wide";

    private readonly int _province = rows.IndexOf("Province/State");
    private readonly int _country = rows.IndexOf("Country/Region");
    private readonly List<(int Column, DateOnly Day)> _days = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _row;

    internal override bool TakeHeader()
    {
        for (var column = 0; column < Rows.Header.Count; column++)
        {
            var name = Rows.Header[column];
            if (name.Length == 0 || !char.IsAsciiDigit(name[0]))
            {
                continue;
            }

            if (!DateOnly.TryParseExact(name, ["M/d/yy", "M/d/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture,
                DateTimeStyles.None, out var day))
            {
                Into.Faults.Add(new Fault(Rows.File, 1, column + 1, name, "a date such as 12/31/21, month first"));
            }
            else if (_days.Count > 0 && day != _days[^1].Day.AddDays(1))
            {
                var next = _days[^1].Day.AddDays(1);
                Into.Faults.Add(new Fault(Rows.File, 1, column + 1, name, string.Create(
                    CultureInfo.InvariantCulture, $"{next:M/d/yy}, the day after the column before")));
            }
            else
            {
                _days.Add((column, day));
            }
        }

        if (_days.Count == 0 && Into.Faults.IsEmpty)
        {
            Into.Faults.Add(
                Fault.Describe(Rows.File, 1, 0, "no column of a day", "columns such as 1/22/20, month first"));
        }

        return Into.Faults.IsEmpty;
    }

    internal override void TakeRow()
    {
        var country = Rows.Text(_country);
        var place = FindSource(_country, _country);
        if (!_seen.Add(country + "\n" + Rows.Text(_province)))
        {
            Rows.Refuse(_country, "each country and province on one line");
            return;
        }

        if (place.Place.IsNone)
        {
            return;
        }

        // A source of its own for each line, since the days of two provinces are not days that stand twice.
        var source = Into.AddPart(string.Create(CultureInfo.InvariantCulture, $"{country}\n{_row++}"), place);
        var counts = deaths ? source.Deaths : source.Cases;
        long before = 0;
        foreach (var (column, day) in _days)
        {
            var cumulative = TakeCount(source, column);
            counts.Add(day, cumulative - before, Rows.Line);
            before = cumulative ?? before;
        }
    }
}
