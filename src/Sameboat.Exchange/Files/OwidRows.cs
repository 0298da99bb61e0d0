namespace Sameboat.Exchange.Files;

/// <summary>
/// Our World in Data's full file and its compact one; rows that add up several territories are left out.
/// </summary>
internal sealed class OwidRows : CaseRowReader
{
    private readonly int _day;
    private readonly int _code;
    private readonly int _name;
    private readonly int _cases;
    private readonly int _deaths;

    internal OwidRows(CsvRows rows, CaseCollector into, string code, string name)
        : base(rows, into)
    {
        _day = rows.IndexOf("date");
        _code = rows.IndexOf(code);
        _name = rows.IndexOf(name);
        _cases = rows.IndexOf("new_cases");
        _deaths = rows.IndexOf("new_deaths");
        into.DayColumn = _day;
    }

    internal override void TakeRow() => TakeDay(FindSource(_code, _name), _day, _cases, _deaths);
}
