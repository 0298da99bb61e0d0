using System.Globalization;

namespace Sameboat.Exchange.Files;

/// <summary>Reads the weeks of the European Centre for Disease Prevention and Control.</summary>
internal static class EcdcWeek
{
    internal const string Expected = "an ISO week such as 2021-05";

    /// <summary>Reads <c>2021-05</c> or <c>2021-W05</c>, giving the Sunday that ends the ISO week.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> cell, out DateOnly sunday)
    {
        sunday = default;
        var dash = cell.IndexOf((byte)'-');
        if (dash != 4 || !CellValue.Digits(cell[..4], out var year))
        {
            return false;
        }

        var number = cell[5..];
        number = number.StartsWith("W"u8) ? number[1..] : number;
        if (!CellValue.Digits(number, out var week)
            || year < CellValue.FirstDay.Year || year > CellValue.LastDay.Year
            || week < 1 || week > ISOWeek.GetWeeksInYear(year))
        {
            return false;
        }

        sunday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, week, DayOfWeek.Sunday));
        return true;
    }
}

/// <summary>ECDC's weekly file with one row for each indicator: <c>indicator,weekly_count,year_week</c>.</summary>
internal sealed class EcdcIndicatorRows : CaseRowReader
{
    private readonly int _code;
    private readonly int _name;
    private readonly int _indicator;
    private readonly int _count;
    private readonly int _week;

    internal EcdcIndicatorRows(CsvRows rows, CaseCollector into)
        : base(rows, into)
    {
        _code = rows.IndexOf("country_code");
        _name = rows.IndexOf("country");
        _indicator = rows.IndexOf("indicator");
        _count = rows.IndexOf("weekly_count");
        _week = rows.IndexOf("year_week");
        into.DayColumn = _week;
        into.IndicatorsApart = true;
    }

    internal override bool? Weekly => true;

    internal override void TakeRow()
    {
        var source = FindSource(_code, _name);
        if (source.Place.IsNone)
        {
            return;
        }

        if (!EcdcWeek.TryRead(Rows.Cell(_week), out var sunday))
        {
            Rows.Refuse(_week, EcdcWeek.Expected);
            return;
        }

        if (Rows.Cell(_indicator).SequenceEqual("cases"u8))
        {
            source.Cases.Add(sunday, TakeCount(source, _count), Rows.Line);
        }
        else if (Rows.Cell(_indicator).SequenceEqual("deaths"u8))
        {
            source.Deaths.Add(sunday, TakeCount(source, _count), Rows.Line);
        }
        else
        {
            Rows.Refuse(_indicator, "cases or deaths");
        }
    }
}

/// <summary>
/// ECDC's files with cases and deaths in columns: the worldwide one by day, whose date is read from its three columns
/// since the written one changed its form, and the one by week that followed it.
/// </summary>
internal sealed class EcdcRows : CaseRowReader
{
    private readonly bool _weekly;
    private readonly int _code;
    private readonly int _name;
    private readonly int _day;
    private readonly int _month;
    private readonly int _year;
    private readonly int _cases;
    private readonly int _deaths;

    internal EcdcRows(CsvRows rows, CaseCollector into, bool weekly)
        : base(rows, into)
    {
        _weekly = weekly;
        _code = rows.IndexOf("countryterritoryCode");
        _name = rows.IndexOf("countriesAndTerritories");
        _day = rows.IndexOf(weekly ? "year_week" : "day");
        _month = rows.IndexOf("month");
        _year = rows.IndexOf("year");
        _cases = rows.IndexOf(weekly ? "cases_weekly" : "cases");
        _deaths = rows.IndexOf(weekly ? "deaths_weekly" : "deaths");
        into.DayColumn = _day;
    }

    internal override bool? Weekly => _weekly;

    internal override void TakeRow()
    {
        var source = FindSource(_code, _name);
        if (source.Place.IsNone)
        {
            return;
        }

        if (TakeDay() is not { } day)
        {
            source.HasFaults = true;
            return;
        }

        source.Cases.Add(day, TakeCount(source, _cases), Rows.Line);
        source.Deaths.Add(day, TakeCount(source, _deaths), Rows.Line);
    }

    private DateOnly? TakeDay()
    {
        if (_weekly)
        {
            if (EcdcWeek.TryRead(Rows.Cell(_day), out var sunday))
            {
                return sunday;
            }

            Rows.Refuse(_day, EcdcWeek.Expected);
            return null;
        }

        if (CellValue.Digits(Rows.Cell(_day), out var day)
            && CellValue.Digits(Rows.Cell(_month), out var month)
            && CellValue.Digits(Rows.Cell(_year), out var year)
            && CellValue.DayOf(year, month, day, out var date))
        {
            return date;
        }

        Rows.Refuse(_day, "a day, month and year that make a date");
        return null;
    }
}
