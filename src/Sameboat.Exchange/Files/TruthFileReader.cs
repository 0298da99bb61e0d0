using Sameboat.Epidemics;

namespace Sameboat.Exchange.Files;

/// <summary>What came, week by week, as a file of outcomes has it.</summary>
/// <param name="Weekly">Persons by place, indicator and last day of the week; only weeks to be scored.</param>
/// <param name="Incomplete">Weeks left out since not all seven days were reported.</param>
/// <param name="Flagged">
/// Weeks left out since the publisher flagged them as an anomaly; a forecast made right after one is not scored either.
/// </param>
public sealed record WeeklyTruth(
    IReadOnlyDictionary<(string Place, Indicator Indicator, DateOnly WeekEnd), double> Weekly,
    int Incomplete,
    IReadOnlySet<(string Place, Indicator Indicator, DateOnly WeekEnd)> Flagged);

/// <summary>
/// Reads a file of weekly outcomes: <c>location,target,target_end_date,value</c>, and where the file has them
/// <c>n_days</c> (7 = complete) and <c>anomaly</c> (not empty = flagged).
/// </summary>
public static class TruthFileReader
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    public static Reading<WeeklyTruth> Read(string path)
    {
        var faults = new FaultList();
        var stream = InputSource.Open(path, faults);
        return stream is null ? Reading<WeeklyTruth>.Refused(faults, []) : Read(stream, InputSource.NameOf(path));
    }

    /// <summary>Reads a stream, which is closed.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">The name by which faults call it.</param>
    public static Reading<WeeklyTruth> Read(Stream stream, string fileName)
    {
        var faults = new FaultList();
        using var rows = CsvRows.Begin(stream, fileName, faults);
        if (rows is null)
        {
            return Reading<WeeklyTruth>.Refused(faults, []);
        }

        var (place, target) = (rows.IndexOf("location"), rows.IndexOf("target"));
        var (end, value) = (rows.IndexOf("target_end_date"), rows.IndexOf("value"));
        var (days, anomaly) = (rows.IndexOf("n_days"), rows.IndexOf("anomaly"));
        if (place < 0 || target < 0 || end < 0 || value < 0)
        {
            faults.Add(Fault.Describe(fileName, 1, 0, $"a header of «{string.Join(',', rows.Header)}»",
                "a header with location, target, target_end_date and value"));
            return Reading<WeeklyTruth>.Refused(faults, []);
        }

        Dictionary<(string, Indicator, DateOnly), double> weekly = [];
        HashSet<(string, Indicator, DateOnly)> flagged = [];
        var incomplete = 0;
        while (rows.Read())
        {
            if (TargetNames.Of(rows.Text(target)) is not { } indicator)
            {
                rows.Refuse(target, TargetNames.Expected);
            }
            else if (!CellValue.IsoDay(rows.Cell(end), out var day))
            {
                rows.Refuse(end, "a date such as 2021-12-31");
            }
            else if (days >= 0 && !rows.Cell(days).SequenceEqual("7"u8))
            {
                incomplete++;
            }
            else if (anomaly >= 0 && !rows.Cell(anomaly).IsEmpty)
            {
                flagged.Add((rows.Text(place), indicator, day));
            }
            else if (!CellValue.IsNotReported(rows.Cell(value)))
            {
                TakeValue(rows, value, weekly, (rows.Text(place), indicator, day));
            }
        }

        if (weekly.Count == 0 && faults.IsEmpty)
        {
            faults.Add(Fault.Describe(fileName, 0, 0, "no week to be scored", "at least one complete week"));
        }

        return faults.IsEmpty
            ? Reading<WeeklyTruth>.Of(new WeeklyTruth(weekly, incomplete, flagged), [])
            : Reading<WeeklyTruth>.Refused(faults, []);
    }

    private static void TakeValue(
        CsvRows rows,
        int column,
        Dictionary<(string, Indicator, DateOnly), double> weekly,
        (string, Indicator, DateOnly) key)
    {
        if (!CellValue.Number(rows.Cell(column), rows.DecimalComma, out var value))
        {
            rows.Refuse(column, "a number of persons");
        }
        else if (!weekly.TryAdd(key, value))
        {
            rows.Refuse(column, "each week of a place once");
        }
    }
}
