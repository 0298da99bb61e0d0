using System.CommandLine;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;

namespace Sameboat.Commands;

/// <summary><c>sameboat nowcast</c>: what the newest weeks are likely to become once all is reported.</summary>
internal static class NowcastCommand
{
    private static readonly string[] Columns =
        ["location", "target", "week_end", "reported", "q0.05", "q0.5", "q0.95"];

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var vintages = OptionOf.OptionalPath(
            "--vintages", "Revisions: as_of,location,target,week_end,value (or date); - for standard input.");
        var series = OptionOf.OptionalPath(
            "--series", "Counts of one place instead, by day or week: date, with I, observed or cases.");
        var delay = OptionOf.OptionalPath(
            "--delay", "With --series, how reports come in: k,cdf (share by day k from 0) or k,w (share of day k).");
        var asOf = OptionOf.Day("--as-of", "Day whose knowledge is used.");
        asOf.Required = true;
        var output = OptionOf.Path("--out", "Where to write the completed weeks; - for standard output.");
        var command = new Command("nowcast", "Completes the newest weeks from how weeks before them were completed.")
        {
            vintages, series, delay, asOf, output,
        };
        command.Validators.Add(result =>
        {
            var bySeries = result.GetResult(series) is not null;
            if ((result.GetResult(vintages) is null) != bySeries || (result.GetResult(delay) is null) == bySeries)
            {
                result.AddError("The counts are given by --vintages, or by --series with --delay.");
            }
        });
        command.SetAction(parsed =>
        {
            var day = parsed.GetRequiredValue(asOf)!.Value;
            var to = parsed.GetRequiredValue(output);
            return parsed.GetValue(vintages) is { } path
                ? Run(terminal, path, day, to)
                : RunSeries(terminal, parsed.GetValue(series)!, parsed.GetValue(delay)!, day, to);
        });
        return new DeclaredCommand(
            command, "sameboat nowcast --vintages vintages.csv --as-of 2023-11-24 --out nowcast.csv");
    }

    private static int Run(Terminal terminal, string path, DateOnly asOf, string output)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(path)}");
        var reading = VintageFileReader.Read(path);
        if (!reading.IsRead)
        {
            return Answer.Refuse(terminal, reading.Faults);
        }

        progress.Next("completing");
        var nowcasts = VintageNowcast.On(reading.Value, asOf);
        if (nowcasts.Count == 0)
        {
            return Answer.Refuse(terminal, Fault.Describe(
                InputSource.NameOf(path), 0, 0,
                FormattableString.Invariant($"no whole week known by {asOf:yyyy-MM-dd}"),
                FormattableString.Invariant($"a day on or after {reading.Value.FirstAsOf:yyyy-MM-dd}")));
        }

        if (Write(output, nowcasts) is { } refusal)
        {
            return Answer.Refuse(terminal, refusal);
        }

        Answer.Remark(terminal, reading.Remarks);
        return ExitCode.Done;
    }

    private static int RunSeries(Terminal terminal, string path, string delayPath, DateOnly asOf, string output)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(path)}");
        var file = InputSource.NameOf(path);
        var counts = TimedCountsReader.Read(path, stepDays: null);
        var delay = ReportingDelayReader.Read(delayPath);
        var faults = new FaultList();
        faults.AddAll(counts.Faults);
        faults.AddAll(delay.Faults);
        if (counts.IsRead && counts.Value.First is null)
        {
            faults.Add(Fault.Describe(file, 1, 0, "no date", "a column date: the delay is counted from it"));
        }
        else if (counts.IsRead && counts.Value.StepDays is not (1 or Weeks.Days))
        {
            faults.Add(Fault.Describe(file, 0, 0,
                FormattableString.Invariant($"{counts.Value.StepDays} days from row to row"), "1 or 7"));
        }

        if (!faults.IsEmpty)
        {
            return Answer.Refuse(terminal, faults);
        }

        progress.Next("completing");
        var weeks = WeeksOf(counts.Value!, asOf);
        var name = Path.GetFileNameWithoutExtension(file);
        var nowcasts = DelayNowcast.Of(name, Indicator.Cases, weeks, delay.Value!, asOf);
        if (nowcasts.Count == 0)
        {
            return Answer.Refuse(terminal, Fault.Describe(file, 0, 0,
                FormattableString.Invariant($"no whole week reported by {asOf:yyyy-MM-dd}"),
                FormattableString.Invariant($"one of which {ReportingDelay.ShareMin} or more can be reported")));
        }

        if (Write(output, nowcasts) is { } refusal)
        {
            return Answer.Refuse(terminal, refusal);
        }

        var newest = nowcasts[0].WeekEnd;
        Answer.Remark(terminal, weeks.Keys.Where(end => end > newest).Order().Select(end =>
            FormattableString.Invariant($"the week to {end:yyyy-MM-dd} is left out: too little of it is reported")));
        return ExitCode.Done;
    }

    private static Dictionary<DateOnly, long> WeeksOf(TimedCounts counts, DateOnly asOf)
    {
        Dictionary<DateOnly, (double Sum, int Days)> weeks = [];
        for (var row = 0; row < counts.Counts.Length; row++)
        {
            var date = counts.First!.Value.AddDays(row * counts.StepDays);
            var end = counts.StepDays == 1 ? Weeks.SaturdayOf(date) : date;
            var (sum, days) = weeks.GetValueOrDefault(end);
            weeks[end] = (sum + counts.Counts[row], days + counts.StepDays);
        }

        return weeks.Where(week => week.Value.Days == Weeks.Days && week.Key <= asOf)
            .ToDictionary(week => week.Key, week => (long)Math.Round(week.Value.Sum));
    }

    private static Fault? Write(string output, IReadOnlyList<WeekNowcast> nowcasts) =>
        OutputFile.Write(output, stream =>
        {
            using var table = new CsvTable(stream, Columns);
            foreach (var week in nowcasts)
            {
                table.Add(week.Place).Add(TargetNames.Word(week.Indicator)).Add(week.WeekEnd).Add(week.Reported)
                    .Add(week.Low).Add(week.Median).Add(week.High).EndRow();
            }
        });
}
