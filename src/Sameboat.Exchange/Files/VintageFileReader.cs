using Sameboat.Epidemics;

namespace Sameboat.Exchange.Files;

/// <summary>
/// Reads a file of revisions: <c>as_of,location,target,date,value</c>, a count a day, or <c>week_end</c> in place of
/// <c>date</c>, a total a week.
/// </summary>
public static class VintageFileReader
{
    private static readonly string[] Columns = ["as_of", "location", "target", "value"];

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    public static Reading<VintageHistory> Read(string path)
    {
        var faults = new FaultList();
        var stream = InputSource.Open(path, faults);
        return stream is null ? Reading<VintageHistory>.Refused(faults, []) : Read(stream, InputSource.NameOf(path));
    }

    /// <summary>Reads a stream, which is closed.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">The name by which faults call it.</param>
    public static Reading<VintageHistory> Read(Stream stream, string fileName)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Begin(stream, fileName, faults);
        if (rows is null)
        {
            return Reading<VintageHistory>.Refused(faults, []);
        }

        var weekly = rows.IndexOf("week_end") >= 0;
        var day = weekly ? rows.IndexOf("week_end") : rows.IndexOf("date");
        var columns = Array.ConvertAll(Columns, rows.IndexOf);
        if (day < 0 || columns.Any(column => column < 0))
        {
            faults.Add(Fault.Describe(fileName, 1, 0, $"a header of «{string.Join(',', rows.Header)}»",
                "a header with as_of, location, target, date (or week_end) and value"));
            return Reading<VintageHistory>.Refused(faults, []);
        }

        List<Revision> revisions = [];
        while (rows.Read())
        {
            Take(rows, columns, (day, weekly), revisions);
        }

        return Finish(revisions, weekly, fileName, faults);
    }

    private static void Take(CsvRows rows, int[] columns, (int Column, bool Weekly) counts, List<Revision> revisions)
    {
        var (day, weekly) = counts;

        // Publishers may count a week before its last day is over; not before it has begun.
        var ahead = weekly ? Weeks.Days - 1 : 0;
        var (asOf, location, target, value) = (columns[0], columns[1], columns[2], columns[3]);
        if (!CellValue.IsoDay(rows.Cell(asOf), out var published))
        {
            rows.Refuse(asOf, "a date such as 2021-12-31");
        }
        else if (!CellValue.IsoDay(rows.Cell(day), out var counted))
        {
            rows.Refuse(day, "a date such as 2021-12-31");
        }
        else if (counted > published.AddDays(ahead))
        {
            rows.Refuse(day, $"a day up to {CellValue.Shown(published.AddDays(ahead))}, by the day of publication");
        }
        else if (rows.Cell(location).IsEmpty || !rows.IsText(location))
        {
            rows.Refuse(location, "the name or code of a place");
        }
        else if (TargetNames.Of(rows.Text(target)) is not { } indicator)
        {
            rows.Refuse(target, TargetNames.Expected);
        }
        else
        {
            var kind = CellValue.Whole(rows.Cell(value), rows.DecimalComma, out var count);
            if (kind is not (WholeKind.Whole or WholeKind.NotReported))
            {
                rows.Refuse(value, "a whole number of persons, or nothing where none was reported");
                return;
            }

            revisions.Add(new Revision(
                published, rows.Text(location), indicator, counted, kind == WholeKind.Whole ? count : null));
        }
    }

    private static Reading<VintageHistory> Finish(
        List<Revision> revisions, bool weekly, string file, FaultList faults)
    {
        if (revisions.Count == 0 && faults.IsEmpty)
        {
            faults.Add(Fault.Describe(file, 0, 0, "no row of counts", "at least one row below the header"));
        }

        foreach (var series in revisions.GroupBy(revision => (revision.Place, revision.Indicator)))
        {
            var days = series.Max(one => one.Day.DayNumber) - series.Min(one => one.Day.DayNumber) + 1;
            if (days > CountSeries.DaysMax)
            {
                faults.Add(Fault.Describe(file, 0, 0,
                    FormattableString.Invariant($"{days:N0} days from first to last in {series.Key.Place}"),
                    FormattableString.Invariant($"at most {CountSeries.DaysMax:N0}")));
            }

            var weekdays = weekly ? series.Select(one => one.Day.DayOfWeek).Distinct().Count() : 1;
            if (weekdays > 1)
            {
                faults.Add(Fault.Describe(file, 0, 0,
                    FormattableString.Invariant($"weeks of {series.Key.Place} that end on {weekdays} days of the week"),
                    "weeks that all end on the same day"));
            }
        }

        return faults.IsEmpty
            ? Reading<VintageHistory>.Of(new VintageHistory(revisions, weekly), Remarks(revisions))
            : Reading<VintageHistory>.Refused(faults, []);
    }

    private static IEnumerable<string> Remarks(List<Revision> revisions)
    {
        var back = 0L;
        for (var row = 1; row < revisions.Count; row++)
        {
            back += revisions[row].AsOf < revisions[row - 1].AsOf ? 1 : 0;
        }

        if (back > 0)
        {
            yield return FormattableString.Invariant(
                $"the rows are not in the order of as_of (it steps back {back:N0} times); they are replayed in that ")
                + "order, and of two rows of one as_of the later one holds";
        }
    }
}
