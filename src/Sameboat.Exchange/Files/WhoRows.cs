namespace Sameboat.Exchange.Files;

/// <summary>
/// The World Health Organization's global file, by day or by week. Its weeks run from Monday to Sunday and carry the
/// date of the Sunday; its codes are of two letters.
/// </summary>
internal sealed class WhoRows : CaseRowReader
{
    private readonly int _day;
    private readonly int _code;
    private readonly int _name;
    private readonly int _cases;
    private readonly int _deaths;

    internal WhoRows(CsvRows rows, CaseCollector into)
        : base(rows, into)
    {
        _day = rows.IndexOf("Date_reported");
        _code = rows.IndexOf("Country_code");
        _name = rows.IndexOf("Country");
        _cases = rows.IndexOf("New_cases");
        _deaths = rows.IndexOf("New_deaths");
        into.DayColumn = _day;
    }

    internal override bool? Weekly => null;

    internal override void TakeRow() => TakeDay(FindSource(_code, _name), _day, _cases, _deaths);
}
