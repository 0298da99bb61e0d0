using System.Collections.Immutable;
using System.CommandLine;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Commands;

/// <summary><c>sameboat alerts</c>: where counts are above what the past makes likely, or grow.</summary>
internal static class AlertsCommand
{
    private static readonly string[] Columns = ["t", "observed", "expected", "upper", "alarm"];

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var series = OptionOf.OptionalPath(
            "--series", "Counts of one place: t, week or date, with observed, I or cases; weeks, days for growth.");
        var cases = OptionOf.OptionalPath(
            "--cases", "Case counts of many places instead, as plan takes them; each place by itself.");
        var method = new Option<string>("--method")
        {
            Description = "The detector: ears is ears-c2.",
            DefaultValueFactory = _ => "farrington",
        };
        method.AcceptOnlyFromAmong("farrington", "ears", "ears-c1", "ears-c2", "ears-c3", "growth");
        var threshold = new Option<string>("--threshold")
        {
            Description = "Farrington's bound: delta, or nb-plugin with all weeks of the years in ten periods.",
            DefaultValueFactory = _ => "delta",
        };
        threshold.AcceptOnlyFromAmong("delta", "nb-plugin");
        var years = OptionOf.Whole("--years", "Years Farrington's detector looks back.", "YEARS", 1, 20, 3);
        var disease = OptionOf.Disease();
        var output = OptionOf.Path("--out", "Where to write the table; - for standard output.");
        var command = new Command("alerts", "Raises alarms on counts above what the past makes likely.")
        {
            series, cases, method, threshold, years, disease, output,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(series) is null) == (result.GetResult(cases) is null))
            {
                result.AddError("The counts are given by --series or by --cases.");
            }
        });
        command.SetAction(parsed =>
        {
            var request = new Request(
                parsed.GetRequiredValue(method),
                (parsed.GetValue(threshold) == "delta" ? FarringtonSettings.Usual : FarringtonSettings.Improved)
                    with { Years = parsed.GetValue(years) },
                parsed.GetValue(disease)!,
                parsed.GetRequiredValue(output));
            return parsed.GetValue(series) is { } path
                ? RunSeries(terminal, path, request)
                : RunCases(terminal, parsed.GetValue(cases)!, request);
        });
        return new DeclaredCommand(command,
            "sameboat alerts --series weekly.csv --method farrington --out alarms.csv");
    }

    private static int RunSeries(Terminal terminal, string path, Request request)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(path)}");
        var read = TimedCountsReader.Read(path, stepDays: null);
        if (!read.IsRead)
        {
            return Answer.Refuse(terminal, read.Faults);
        }

        var counts = read.Value;
        var stepDue = request.Method switch { "farrington" => Weeks.Days, "growth" => 1, _ => counts.StepDays };
        if (counts.First is not null && counts.Counts.Length > 1 && counts.StepDays != stepDue)
        {
            return Answer.Refuse(terminal, Fault.Describe(InputSource.NameOf(path), 0, 0,
                FormattableString.Invariant($"{counts.StepDays} days from row to row"),
                FormattableString.Invariant($"{stepDue} for --method {request.Method}")));
        }

        progress.Next("looking for alarms");
        var readings = request.Method == "growth"
            ? Growth(new CountSeries(
                default, Indicator.Cases, counts.First ?? new DateOnly(2000, 1, 1),
                [.. counts.Counts.Select(count => (long?)Math.Round(count))]), request.Disease)
            : Detect(counts.Counts.AsSpan(), request);
        if (readings.IsEmpty)
        {
            return Answer.Refuse(terminal, TooShort(path, counts.Counts.Length, request));
        }

        return OutputFile.Write(request.Output, stream =>
        {
            using var table = new CsvTable(stream, Columns);
            foreach (var reading in readings)
            {
                table.Add(reading.Time - 1 + counts.FirstStep);
                WriteRest(table, reading);
            }
        }) is { } refusal
            ? Answer.Refuse(terminal, refusal)
            : ExitCode.Done;
    }

    private static int RunCases(Terminal terminal, string path, Request request)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(path)}");
        var read = CaseFileReader.Read(path);
        if (!read.IsRead)
        {
            return Answer.Refuse(terminal, read.Faults);
        }

        progress.Next("looking for alarms");
        var places = read.Value.Cases.AsParallel().AsOrdered().Select(series => (
            series.Place,
            Readings: request.Method == "growth"
                ? Growth(series, request.Disease)
                    .Select(reading => (Day: series.First.AddDays(reading.Time - 1), reading)).ToList()
                : ByWeek(series, request))).ToList();
        progress.Dispose();
        if (places.All(place => place.Readings.Count == 0))
        {
            var longest = read.Value.Cases.Max(series => series.Counts.Length);
            return Answer.Refuse(terminal, TooShort(path, longest, request));
        }

        var silent = places.Where(place => place.Readings.Count == 0).Select(place => place.Place).ToList();
        Answer.Remark(terminal, silent.Count == 0
            ? read.Remarks
            : [.. read.Remarks, $"too short for this detector: {string.Join(' ', silent)}"]);
        return OutputFile.Write(request.Output, stream =>
        {
            using var table = new CsvTable(stream, ["iso3", "date", .. Columns[1..]]);
            foreach (var (place, readings) in places)
            {
                foreach (var (day, reading) in readings)
                {
                    table.Add(place.ToString()).Add(day);
                    WriteRest(table, reading);
                }
            }
        }) is { } refusal
            ? Answer.Refuse(terminal, refusal)
            : ExitCode.Done;
    }

    /// <summary>Whole weeks, Monday to Sunday, of the cleaned counts; the day told is the Sunday.</summary>
    private static List<(DateOnly Day, AlertReading Reading)> ByWeek(CountSeries series, Request request)
    {
        var counts = Cleaning.Clean(series).Counts;
        var monday = Weeks.MondayOf(series.First);
        var first = (monday.DayNumber - series.First.DayNumber + Weeks.Days) % Weeks.Days;
        var weeks = new double[Math.Max(0, (counts.Length - first) / Weeks.Days)];
        for (var day = first; day < first + (weeks.Length * Weeks.Days); day++)
        {
            weeks[(day - first) / Weeks.Days] += counts[day];
        }

        return
        [
            .. Detect(weeks, request).Select(reading =>
                (series.First.AddDays(first + (reading.Time * Weeks.Days) - 1), reading)),
        ];
    }

    private static ImmutableArray<AlertReading> Detect(ReadOnlySpan<double> counts, Request request) =>
        request.Method switch
        {
            "farrington" => FarringtonDetector.Read(counts, request.Farrington),
            "ears-c1" => EarsDetector.Read(counts, EarsMethod.C1),
            "ears-c3" => EarsDetector.Read(counts, EarsMethod.C3),
            _ => EarsDetector.Read(counts, EarsMethod.C2),
        };

    private static ImmutableArray<AlertReading> Growth(CountSeries series, string disease)
    {
        var figures = DiseasePacks.Carried(disease).SerialInterval;
        return GrowthDetector.Read(series, SerialInterval.ShiftedGamma(
            figures.MeanDays, figures.StandardDeviationDays, GrowthDetector.HistoryDays));
    }

    private static Fault TooShort(string path, int length, Request request) => Fault.Describe(
        InputSource.NameOf(path), 0, 0,
        FormattableString.Invariant($"a series of length {length}"),
        request.Method switch
        {
            "farrington" => FormattableString.Invariant($"weekly counts of more than {request.Farrington.Years} years ")
                + FormattableString.Invariant($"and {request.Farrington.HalfWindow} weeks"),
            "growth" => "two weeks of daily counts",
            _ => "more values than the seven to eleven before that the detector looks at",
        });

    private static void WriteRest(CsvTable table, AlertReading reading) =>
        table.Add(reading.Observed).Add(reading.Expected).Add(reading.Upper).Add(reading.IsAlarm ? 1L : 0L).EndRow();

    private sealed record Request(string Method, FarringtonSettings Farrington, string Disease, string Output);
}
