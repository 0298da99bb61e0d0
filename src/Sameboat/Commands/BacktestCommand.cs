using System.CommandLine;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;

namespace Sameboat.Commands;

/// <summary><c>sameboat backtest</c>: forecasts of past Mondays from what was known on each.</summary>
internal static class BacktestCommand
{
    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var vintages = OptionOf.Path(
            "--vintages", "Revisions: as_of,location,target,date,value (or week_end); - for standard input.");
        var from = OptionOf.Day("--from", "First day of the range whose Mondays are forecast.");
        var to = OptionOf.Day("--to", "Last day of the range.");
        from.Required = true;
        to.Required = true;
        var form = ForecastOptions.Form();
        var (mean, sd) = ForecastOptions.SerialInterval();
        var output = OptionOf.Path("--out", "Where to write the quantiles; - for standard output.");
        var command = new Command(
            "backtest", "Forecasts every Monday of a range, 1 to 4 weeks ahead, from what was known that Monday.")
        {
            vintages, from, to, form, mean, sd, output,
        };
        command.Validators.Add(result => ForecastOptions.CheckSerialInterval(result, mean));
        command.SetAction(parsed => Run(
            terminal,
            parsed.GetRequiredValue(vintages),
            (parsed.GetRequiredValue(from)!.Value, parsed.GetRequiredValue(to)!.Value),
            ForecastOptions.SerialIntervalOf(parsed.GetValue(mean), parsed.GetValue(sd)),
            ForecastOptions.FormOf(parsed.GetValue(form)),
            parsed.GetRequiredValue(output)));
        return new DeclaredCommand(command,
            "sameboat backtest --vintages vintages.csv --from 2021-03-08 --to 2022-02-28 --out forecasts.csv");
    }

    private static int Run(
        Terminal terminal,
        string path,
        (DateOnly From, DateOnly To) range,
        SerialInterval serialInterval,
        ForecastForm form,
        string output)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(path)}");
        var reading = VintageFileReader.Read(path);
        if (!reading.IsRead)
        {
            return Answer.Refuse(terminal, reading.Faults);
        }

        var vintages = reading.Value;
        if (!Backtest.Mondays(range.From, range.To).Any(monday => monday >= vintages.FirstAsOf))
        {
            return Answer.Refuse(terminal, Fault.Describe(
                InputSource.NameOf(path), 0, 0,
                FormattableString.Invariant(
                    $"no Monday from {range.From:yyyy-MM-dd} to {range.To:yyyy-MM-dd} on which anything was known"),
                FormattableString.Invariant($"a range with a Monday on or after {vintages.FirstAsOf:yyyy-MM-dd}")));
        }

        progress.Next("forecasting");
        var refusal = OutputFile.Write(output, stream =>
        {
            using var table = new ForecastTable(stream, form);
            foreach (var (monday, forecast) in Backtest.Run(vintages, range.From, range.To, serialInterval))
            {
                table.Add(monday, forecast.Places);
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
