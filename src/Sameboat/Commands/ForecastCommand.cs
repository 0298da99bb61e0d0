using System.CommandLine;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;

namespace Sameboat.Commands;

/// <summary><c>sameboat forecast</c>: weekly cases and deaths ahead for every place of a file of counts.</summary>
internal static class ForecastCommand
{
    private const int WeeksUsual = 4;

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var cases = OptionOf.Path("--cases", "Daily or weekly counts by territory; - for standard input.");
        var asOf = OptionOf.Day("--as-of", "Last day used; the last day of the file unless given.");
        var weeks = OptionOf.Whole(
            "--weeks", "Weeks ahead.", "WEEKS", 1, DampedGrowthForecaster.WeeksMax, WeeksUsual);
        var form = ForecastOptions.Form();
        var (mean, sd) = ForecastOptions.SerialInterval();
        var output = OptionOf.Path("--out", "Where to write the quantiles; - for standard output.");
        var command = new Command("forecast", "Forecasts weekly cases and deaths of every place of a file together.")
        {
            cases, asOf, weeks, form, mean, sd, output,
        };
        command.Validators.Add(result => ForecastOptions.CheckSerialInterval(result, mean));
        command.SetAction(parsed => Run(
            terminal,
            parsed.GetRequiredValue(cases),
            parsed.GetValue(asOf),
            parsed.GetValue(weeks),
            ForecastOptions.SerialIntervalOf(parsed.GetValue(mean), parsed.GetValue(sd)),
            (ForecastOptions.FormOf(parsed.GetValue(form)), parsed.GetRequiredValue(output))));
        return new DeclaredCommand(command, "sameboat forecast --cases counts.csv --as-of 2022-01-31 --out ahead.csv");
    }

    private static int Run(
        Terminal terminal,
        string path,
        DateOnly? asOf,
        int weeks,
        SerialInterval serialInterval,
        (ForecastForm Form, string Path) output)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(path)}");
        var reading = CaseFileReader.Read(path);
        if (!reading.IsRead)
        {
            return Answer.Refuse(terminal, reading.Faults);
        }

        var series = reading.Value.Cases.Concat(reading.Value.Deaths).ToList();
        var first = series.Min(one => one.First);
        var lastDay = asOf ?? series.Max(one => one.Last);
        if (lastDay < first || lastDay.DayNumber - first.DayNumber >= CountSeries.DaysMax)
        {
            return Answer.Refuse(terminal, Fault.Describe(
                "--as-of", 0, 0, FormattableString.Invariant($"{lastDay:yyyy-MM-dd}"),
                FormattableString.Invariant(
                    $"a day from {first:yyyy-MM-dd} on, within {CountSeries.DaysMax:N0} days")));
        }

        progress.Next("forecasting");
        var places = series.GroupBy(one => one.Place).OrderBy(place => place.Key)
            .Select(place => new PlaceCounts(place.Key.ToString(), [.. place])).ToList();
        var forecast = PanelForecaster.Forecast(places, lastDay, serialInterval, weeks);
        var refusal = OutputFile.Write(output.Path, stream =>
        {
            using var table = new ForecastTable(stream, output.Form);
            table.Add(lastDay, forecast.Places);
        });
        if (refusal is not null)
        {
            return Answer.Refuse(terminal, refusal);
        }

        Answer.Remark(terminal, reading.Remarks);
        return ExitCode.Done;
    }
}
