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
        var vintages = OptionOf.Path(
            "--vintages", "Revisions: as_of,location,target,week_end,value (or date); - for standard input.");
        var asOf = OptionOf.Day("--as-of", "Day whose knowledge is used.");
        asOf.Required = true;
        var output = OptionOf.Path("--out", "Where to write the completed weeks; - for standard output.");
        var command = new Command("nowcast", "Completes the newest weeks from how weeks before them were completed.")
        {
            vintages, asOf, output,
        };
        command.SetAction(parsed => Run(
            terminal,
            parsed.GetRequiredValue(vintages),
            parsed.GetRequiredValue(asOf)!.Value,
            parsed.GetRequiredValue(output)));
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

        var refusal = OutputFile.Write(output, stream =>
        {
            using var table = new CsvTable(stream, Columns);
            foreach (var week in nowcasts)
            {
                table.Add(week.Place).Add(TargetNames.Word(week.Indicator)).Add(week.WeekEnd).Add(week.Reported)
                    .Add(week.Low).Add(week.Median).Add(week.High).EndRow();
            }
        });
        if (refusal is not null)
        {
            return Answer.Refuse(terminal, refusal);
        }

        Answer.Remark(terminal, reading.Remarks);
        return ExitCode.Done;
    }
}
