namespace Sameboat.Exchange.Files;

/// <summary>The long form <c>iso3,date,cases,deaths</c>: every day of every territory, none left out.</summary>
internal sealed class LongRows : CaseRowReader
{
    private readonly int _place;
    private readonly int _day;
    private readonly int _cases;
    private readonly int _deaths;
    private readonly Dictionary<TerritoryCode, CaseSource> _byPlace = [];

    internal LongRows(CsvRows rows, CaseCollector into)
        : base(rows, into)
    {
        _place = rows.IndexOf("iso3");
        _day = rows.IndexOf("date");
        _cases = rows.IndexOf("cases");
        _deaths = rows.IndexOf("deaths");
        into.DayColumn = _day;
    }

    internal override bool GapsAreFaults => true;

    internal override void TakeRow()
    {
        var source = Into.Find(Rows.Cell(_place)) ?? Into.Add(Rows.Text(_place), SourceOf(Rows.Text(_place)));
        var day = TakeIsoDay(source, _day);
        var cases = TakeCount(source, _cases);
        var deaths = _deaths < 0 ? null : TakeCount(source, _deaths);
        if (day is null || source.Place.IsNone)
        {
            return;
        }

        source.Cases.Add(day.Value, cases, Rows.Line);
        if (_deaths >= 0)
        {
            source.Deaths.Add(day.Value, deaths, Rows.Line);
        }
    }

    private CaseSource SourceOf(string text)
    {
        if (TerritoryCode.TryParse(text, out var code) && Territories.TryGet(code, out var territory))
        {
            if (territory.Code != code)
            {
                Into.Remark($"{code} is read as {territory.Code}, {territory.EnglishName}.");
            }

            // Two codes of one territory share its days, so that a day under both is seen to stand twice.
            return _byPlace.TryGetValue(territory.Code, out var known)
                ? known
                : _byPlace[territory.Code] = new CaseSource(territory.Code.ToString(), territory.Code);
        }

        Rows.Refuse(_place, Territories.TryResolveTerritory(text, out var meant)
            ? $"the ISO 3166-1 code of three letters, {meant.Code}"
            : "an ISO 3166-1 code of three letters, such as KEN");
        return new CaseSource(text, default);
    }
}
