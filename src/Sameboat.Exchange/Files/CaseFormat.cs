namespace Sameboat.Exchange.Files;

/// <summary>One form of a file of case counts: how its header is known, and how a row is read.</summary>
/// <param name="Name">The name by which results call the form.</param>
/// <param name="Columns">The columns it must have, in the publisher's order.</param>
/// <param name="Begin">Makes the reader of the rows once the header is known to fit.</param>
internal sealed record CaseFormat(
    string Name, string[] Columns, Func<CsvRows, CaseCollector, CaseRowReader> Begin)
{
    /// <summary>Every form that is read; the first whose columns are all there is taken.</summary>
    internal static readonly CaseFormat[] All =
    [
        new("long", ["iso3", "date", "cases"], (rows, into) => new LongRows(rows, into)),
        new(WideRows.FormatName, ["Province/State", "Country/Region"],
            (rows, into) => new WideRows(rows, into, deaths: false)),
        new("WHO", ["Date_reported", "Country_code", "Country", "New_cases"], (rows, into) => new WhoRows(rows, into)),
        new("OWID", ["iso_code", "date", "new_cases"],
            (rows, into) => new OwidRows(rows, into, "iso_code", "location")),
        new("OWID", ["country", "code", "date", "new_cases"],
            (rows, into) => new OwidRows(rows, into, "code", "country")),
        new("OWID", ["country", "date", "new_cases"], (rows, into) => new OwidRows(rows, into, "country", "country")),
        new("ECDC weekly", ["country", "country_code", "indicator", "weekly_count", "year_week"],
            (rows, into) => new EcdcIndicatorRows(rows, into)),
        new("ECDC weekly", ["year_week", "cases_weekly", "deaths_weekly", "countriesAndTerritories",
            "countryterritoryCode"], (rows, into) => new EcdcRows(rows, into, weekly: true)),
        new("ECDC daily", ["day", "month", "year", "cases", "deaths", "countriesAndTerritories",
            "countryterritoryCode"], (rows, into) => new EcdcRows(rows, into, weekly: false)),
    ];

    /// <summary>The form of a file, or null with a fault that names the column that is missing.</summary>
    internal static CaseFormat? Recognise(CsvRows rows, FaultList faults)
    {
        var best = All[0];
        var bestShare = 0.0;
        foreach (var format in All)
        {
            var share = (double)format.Columns.Count(column => rows.IndexOf(column) >= 0) / format.Columns.Length;
            if (share > bestShare)
            {
                (best, bestShare) = (format, share);
            }
        }

        if (bestShare == 1)
        {
            return Array.Find(best.Columns, column => IsTwice(rows, column)) is { } twice
                ? RefuseTwice(rows, twice, faults)
                : best;
        }

        var missing = best.Columns.Where(column => rows.IndexOf(column) < 0).Select(column => $"«{column}»");
        var forms = string.Join("; ", All.Select(format => $"{format.Name} ({string.Join(',', format.Columns)})"));
        var found = bestShare > 0 ? $"no column {string.Join(", ", missing)}" : $"a header of «{rows.Header[0]}»";
        faults.Add(Fault.Describe(rows.File, 1, 0, found, $"a header with the columns of one of: {forms}"));
        return null;
    }

    private static bool IsTwice(CsvRows rows, string column) =>
        rows.Header.Count(name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase)) > 1;

    private static CaseFormat? RefuseTwice(CsvRows rows, string column, FaultList faults)
    {
        faults.Add(Fault.Describe(rows.File, 1, 0, $"the column «{column}» more than once", "each column once"));
        return null;
    }
}

/// <summary>Reads the rows of one form of file into a collector.</summary>
internal abstract class CaseRowReader(CsvRows rows, CaseCollector into)
{
    protected const string CountExpected = "a whole number, or an empty cell where nothing was reported";

    protected CsvRows Rows => rows;

    protected CaseCollector Into => into;

    /// <summary>True where a day that is left out is a fault.</summary>
    internal virtual bool GapsAreFaults => false;

    /// <summary>True for weeks, false for days, null to tell by the spacing of the days.</summary>
    internal virtual bool? Weekly => false;

    /// <summary>Takes the row on which the reader of the file stands.</summary>
    internal abstract void TakeRow();

    /// <summary>Looks at the header; false with a fault when it does not fit after all.</summary>
    internal virtual bool TakeHeader() => true;

    /// <summary>
    /// The source for a publisher's code and name: a territory, or one that is left out with a remark. An unknown
    /// place is a fault, given once for each text.
    /// </summary>
    /// <param name="code">Column of the code.</param>
    /// <param name="name">Column of the name, or -1.</param>
    protected CaseSource FindSource(int code, int name)
    {
        var key = Rows.Cell(code).IsEmpty ? name : code;
        var source = Into.Find(Rows.Cell(key))
            ?? Into.Add(Rows.Text(key), MakeSource(Rows.Text(key), Rows.Text(name), code));
        if (source.Place.IsNone && source.LeftOutAs is { } remark)
        {
            Into.LeaveOut(remark);
        }

        return source;
    }

    /// <summary>Takes the counts of one day of a source; deaths at -1 for a file without them.</summary>
    protected void TakeDay(CaseSource source, int day, int cases, int deaths)
    {
        if (source.Place.IsNone || TakeIsoDay(source, day) is not { } date)
        {
            return;
        }

        source.Cases.Add(date, TakeCount(source, cases), Rows.Line);
        if (deaths >= 0)
        {
            source.Deaths.Add(date, TakeCount(source, deaths), Rows.Line);
        }
    }

    /// <summary>Reads a count; a fault marks the source. Null for a day not reported, and after a fault.</summary>
    protected long? TakeCount(CaseSource source, int column)
    {
        var kind = CellValue.Whole(Rows.Cell(column), Rows.DecimalComma, out var count);
        if (kind is WholeKind.Whole or WholeKind.NotReported)
        {
            return kind == WholeKind.Whole ? count : null;
        }

        source.HasFaults = true;
        Rows.Refuse(column, kind switch
        {
            WholeKind.TooLarge => "a count of at most 1,000,000,000,000",
            WholeKind.Fractional => "a whole number: persons are not counted in fractions",
            _ => CountExpected,
        });
        return null;
    }

    /// <summary>Reads a day of the form 2021-12-31; a fault marks the source.</summary>
    protected DateOnly? TakeIsoDay(CaseSource source, int column)
    {
        if (CellValue.IsoDay(Rows.Cell(column), out var day))
        {
            return day;
        }

        source.HasFaults = true;
        Rows.Refuse(column, "a date such as 2021-12-31");
        return null;
    }

    private CaseSource MakeSource(string key, string name, int column)
    {
        if (!Territories.TryResolve(key, out var match) && !Territories.TryResolve(name, out match))
        {
            if (IsNoPlace(key))
            {
                return new CaseSource(key, default) { LeftOutAs = name.Length > 0 ? name : "rows without a place" };
            }

            var expected = name.Length > 0 && name != key
                ? $"a territory; neither this code nor the name «{name}» is known"
                : "the code or name of a territory";
            Rows.Refuse(column, expected);
            return new CaseSource(key, default);
        }

        var shown = name.Length > 0 ? name : key;
        return match.IsTerritory
            ? new CaseSource(shown, match.Territory.Code)
            : new CaseSource(shown, default) { LeftOutAs = $"{shown} ({match.Remark})" };
    }

    private static bool IsNoPlace(string key) =>
        string.IsNullOrEmpty(key)
        || key.Equals("XX", StringComparison.OrdinalIgnoreCase)
        || key.Equals("International", StringComparison.OrdinalIgnoreCase)
        || key.Equals("N/A", StringComparison.OrdinalIgnoreCase)
        || key.StartsWith("OWID_", StringComparison.OrdinalIgnoreCase);
}
