namespace Sameboat.Exchange.Files;

/// <summary>
/// Reads files of case counts, recognised by their header: the long form <c>iso3,date,cases,deaths</c>, and the files
/// of JHU CSSE, the World Health Organization, Our World in Data and ECDC as they are published. The order of columns
/// is free, case does not matter, other columns are ignored. Negative counts are kept as published. A file with any
/// fault is refused as a whole. See docs/guide/case-files.md.
/// </summary>
public static class CaseFileReader
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <param name="path">The file of cases.</param>
    /// <param name="deathsPath">
    /// A second file with the deaths, only beside a JHU CSSE wide file, which holds one indicator; null for none.
    /// </param>
    public static Reading<CaseFile> Read(string path, string? deathsPath = null)
    {
        var faults = new FaultList();
        var stream = InputSource.Open(path, faults);
        if (stream is null)
        {
            return Reading<CaseFile>.Refused(faults, []);
        }

        var cases = Read(stream, InputSource.NameOf(path));
        return deathsPath is null || !cases.IsRead ? cases : WithDeaths(cases, cases.Value, path, deathsPath);
    }

    /// <summary>Reads a stream, which is closed.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">The name by which faults call it.</param>
    public static Reading<CaseFile> Read(Stream stream, string fileName) => Read(stream, fileName, wideDeaths: false);

    private static Reading<CaseFile> WithDeaths(
        Reading<CaseFile> reading, CaseFile cases, string path, string deathsPath)
    {
        var faults = new FaultList();
        if (cases.Format != WideRows.FormatName)
        {
            faults.Add(Fault.Describe(path, 0, 0, $"cases in the form {cases.Format}",
                $"a second file of deaths only beside the form {WideRows.FormatName}"));
            return Reading<CaseFile>.Refused(faults, reading.Remarks);
        }

        var stream = InputSource.Open(deathsPath, faults);
        if (stream is null)
        {
            return Reading<CaseFile>.Refused(faults, reading.Remarks);
        }

        var deaths = Read(stream, InputSource.NameOf(deathsPath), wideDeaths: true);
        var remarks = reading.Remarks.AddRange(deaths.Remarks);
        return deaths.IsRead
            ? Reading<CaseFile>.Of(cases with { Deaths = deaths.Value.Deaths }, remarks)
            : Reading<CaseFile>.Refused(deaths.Faults, remarks);
    }

    private static Reading<CaseFile> Read(Stream stream, string fileName, bool wideDeaths)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Begin(stream, fileName, faults);
        if (rows is null || CaseFormat.Recognise(rows, faults) is not { } format)
        {
            return Reading<CaseFile>.Refused(faults, []);
        }

        var collector = new CaseCollector(fileName, faults);
        if (wideDeaths && format.Name != WideRows.FormatName)
        {
            faults.Add(Fault.Describe(
                fileName, 1, 0, $"the form {format.Name}", $"deaths in the form {WideRows.FormatName}"));
            return Reading<CaseFile>.Refused(faults, []);
        }

        var reader = wideDeaths ? new WideRows(rows, collector, deaths: true) : format.Begin(rows, collector);
        if (!reader.TakeHeader())
        {
            return Reading<CaseFile>.Refused(faults, []);
        }

        while (rows.Read())
        {
            reader.TakeRow();
        }

        if (rows.EndedEarly)
        {
            return Reading<CaseFile>.Refused(faults, collector.Remarks);
        }

        var file = collector.Finish(format.Name, reader.GapsAreFaults, reader.Weekly, rows.BrokenRows > 0);
        if (rows.EndsWithoutLineEnd)
        {
            collector.Remark("The last line has no line end: if the file was cut there, its last number may be short.");
        }

        return file is null
            ? Reading<CaseFile>.Refused(faults, collector.Remarks)
            : Reading<CaseFile>.Of(file, collector.Remarks);
    }
}
