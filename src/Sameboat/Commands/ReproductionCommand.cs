using System.Collections.Immutable;
using System.CommandLine;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;

namespace Sameboat.Commands;

/// <summary><c>sameboat reproduction</c>: the reproduction number of one place over time.</summary>
internal static class ReproductionCommand
{
    private static readonly string[] Columns =
        ["t_start", "t_end", "mean", "std", "q0.025", "q0.05", "q0.25", "q0.5", "q0.75", "q0.95", "q0.975"];

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var incidence = OptionOf.Path(
            "--incidence", "Daily counts: t and/or date, with I, or with local and imported; - for standard input.");
        var meanSi = OptionOf.NumberAboveZero(
            "--mean-si", "Mean of the serial interval in days, above 1; goes with --sd-si.");
        var sdSi = OptionOf.NumberAboveZero("--sd-si", "Standard deviation of the serial interval in days.");
        var distribution = OptionOf.OptionalPath(
            "--si-distribution", "The serial interval day by day instead: k,w from k=0.");
        var usual = CoriSettings.Weekly;
        var window = OptionOf.Whole(
            "--window", "Days in each window.", "DAYS", 1, CountSeries.DaysMax, usual.WindowDays);
        var priorMean = OptionOf.NumberAboveZero("--prior-mean", "Prior mean of R.", usual.PriorMean);
        var priorSd = OptionOf.NumberAboveZero(
            "--prior-sd", "Prior standard deviation of R.", usual.PriorStandardDeviation);
        var method = new Option<string>("--method")
        {
            Description = "How it is estimated.",
            DefaultValueFactory = _ => "cori",
        };
        method.AcceptOnlyFromAmong("cori");
        var output = OptionOf.Path(
            "--out", "Where to write the windows with mean, std and quantiles; - for standard output.");
        var command = new Command("reproduction", "Estimates the reproduction number over sliding windows.")
        {
            incidence, meanSi, sdSi, distribution, window, priorMean, priorSd, method, output,
        };
        command.Validators.Add(result =>
        {
            var parametric = (result.GetResult(meanSi) is null ? 0 : 1) + (result.GetResult(sdSi) is null ? 0 : 1);
            var given = result.GetResult(distribution) is not null;
            if (given ? parametric > 0 : parametric < 2)
            {
                result.AddError("The serial interval is given by --mean-si and --sd-si, or by --si-distribution.");
            }
            else if (!given && result.GetResult(meanSi)?.Errors.Any() == false && result.GetValue(meanSi) <= 1)
            {
                result.AddError("--mean-si is above 1: the distribution begins one day after the onset.");
            }
        });
        command.SetAction(parsed => Run(
            terminal,
            new Request(
                parsed.GetRequiredValue(incidence),
                parsed.GetValue(meanSi),
                parsed.GetValue(sdSi),
                parsed.GetValue(distribution),
                new CoriSettings(parsed.GetValue(window), parsed.GetValue(priorMean)!.Value,
                    parsed.GetValue(priorSd)!.Value),
                parsed.GetRequiredValue(output))));
        return new DeclaredCommand(command,
            "sameboat reproduction --incidence flu.csv --mean-si 2.6 --sd-si 1.5 --window 7 --out reproduction.csv");
    }

    private static int Run(Terminal terminal, Request request)
    {
        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(request.Incidence)}");
        var incidence = IncidenceReader.Read(request.Incidence);
        var distribution = request.Distribution is null ? null : SerialIntervalReader.Read(request.Distribution);
        if (!incidence.IsRead || distribution is { IsRead: false })
        {
            var faults = new FaultList();
            faults.AddAll(incidence.Faults);
            faults.AddAll(distribution?.Faults ?? new FaultList());
            return Answer.Refuse(terminal, faults);
        }

        progress.Next("estimating");
        var counts = incidence.Value;
        var serialInterval = distribution?.Value ?? SerialInterval.ShiftedGamma(
            request.MeanSi!.Value, request.SdSi!.Value, counts.Local.Length);
        var estimates = CoriEstimator.Estimate(
            counts.Local.AsSpan(), counts.Imported.AsSpan(), serialInterval, request.Settings);
        if (estimates.IsEmpty)
        {
            return Answer.Refuse(terminal, Fault.Describe(
                InputSource.NameOf(request.Incidence), 0, 0,
                FormattableString.Invariant($"a series of length {counts.Local.Length}"),
                FormattableString.Invariant(
                    $"a window of {request.Settings.WindowDays} days from the second day on that ends after ")
                + FormattableString.Invariant($"the mean serial interval of {serialInterval.MeanDays:0.#} days")));
        }

        return OutputFile.Write(request.Output, stream => Write(stream, estimates)) is { } refusal
            ? Answer.Refuse(terminal, refusal)
            : ExitCode.Done;
    }

    private static void Write(Stream stream, ImmutableArray<ReproductionEstimate> estimates)
    {
        using var table = new CsvTable(stream, Columns);
        foreach (var estimate in estimates)
        {
            table.Add(estimate.WindowStart).Add(estimate.WindowEnd)
                .Add(estimate.Mean).Add(estimate.StandardDeviation)
                .Add(estimate.Quantile025).Add(estimate.Quantile05).Add(estimate.Quantile25).Add(estimate.Median)
                .Add(estimate.Quantile75).Add(estimate.Quantile95).Add(estimate.Quantile975)
                .EndRow();
        }
    }

    private sealed record Request(
        string Incidence, double? MeanSi, double? SdSi, string? Distribution, CoriSettings Settings, string Output);
}
