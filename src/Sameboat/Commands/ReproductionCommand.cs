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

    private const int WeekDays = 7;

    internal static DeclaredCommand Declare(Terminal terminal)
    {
        var incidence = OptionOf.Path(
            "--incidence", "Daily counts: t and/or date, with I, or with local and imported; - for standard input.");
        var interval = new SerialIntervalOptions();
        var usual = CoriSettings.Weekly;
        var window = OptionOf.Whole(
            "--window", "Days in each window.", "DAYS", 1, CountSeries.DaysMax, usual.WindowDays);
        var priorMean = OptionOf.NumberAboveZero("--prior-mean", "Prior mean of R.", usual.PriorMean);
        var priorSd = OptionOf.NumberAboveZero(
            "--prior-sd", "Prior standard deviation of R.", usual.PriorStandardDeviation);
        var method = new Option<string>("--method")
        {
            Description = "How it is estimated: over windows, day by day, or by whom the cases of a window infected.",
            DefaultValueFactory = _ => "cori",
        };
        method.AcceptOnlyFromAmong("cori", "renewal", "wallinga-teunis");
        var weekly = new Option<bool>("--weekly")
        {
            Description = "The rows are totals of seven days each: week, t or date, with I.",
        };
        var delay = OptionOf.OptionalPath("--delay",
            "With renewal and daily counts, how reports of a day come in up to the last row: k,cdf or k,w from k = 0.");
        var output = OptionOf.Path(
            "--out", "Where to write the windows with mean, std and quantiles; - for standard output.");
        var command = new Command("reproduction", "Estimates the reproduction number over time.") { incidence };
        interval.AddTo(command);
        foreach (var option in new Option[] { window, priorMean, priorSd, method, weekly, delay, output })
        {
            command.Add(option);
        }

        command.Validators.Add(result =>
        {
            if (interval.IsUncertain(result)
                && ((result.GetValue(method) ?? "cori") != "cori" || result.GetValue(weekly)))
            {
                result.AddError("An uncertain serial interval goes with --method cori and daily counts.");
            }

            if (result.GetResult(delay) is not null
                && (result.GetValue(method) != "renewal" || result.GetValue(weekly)))
            {
                result.AddError("--delay goes with --method renewal and daily counts.");
            }
        });
        command.SetAction(parsed => Run(
            terminal,
            new Request(
                parsed.GetRequiredValue(incidence),
                parsed.GetValue(interval.Mean),
                parsed.GetValue(interval.Sd),
                parsed.GetValue(interval.Distribution),
                interval.UncertainOf(parsed),
                new CoriSettings(parsed.GetValue(window), parsed.GetValue(priorMean)!.Value,
                    parsed.GetValue(priorSd)!.Value),
                parsed.GetResult(priorMean) is { Implicit: false } || parsed.GetResult(priorSd) is { Implicit: false },
                parsed.GetRequiredValue(method),
                parsed.GetValue(weekly),
                parsed.GetValue(delay),
                parsed.GetRequiredValue(output))));
        return new DeclaredCommand(command,
            "sameboat reproduction --incidence flu.csv --mean-si 2.6 --sd-si 1.5 --window 7 --out reproduction.csv");
    }

    private static int Run(Terminal terminal, Request request)
    {
        if (request.Settings.PriorStandardDeviation > CoriSettings.PriorVariationMax * request.Settings.PriorMean)
        {
            return Answer.Refuse(terminal, Fault.Describe("--prior-sd", 0, 0,
                FormattableString.Invariant($"{request.Settings.PriorStandardDeviation}"),
                FormattableString.Invariant($"at most {CoriSettings.PriorVariationMax} times --prior-mean")));
        }

        using var progress = Progress.Begin(terminal, $"reading {InputSource.NameOf(request.Incidence)}");
        var faults = new FaultList();
        var counts = ReadCounts(request, faults);
        var distribution = request.Distribution is null ? null : SerialIntervalReader.Read(request.Distribution);
        faults.AddAll(distribution?.Faults ?? new FaultList());
        var delay = request.Delay is null ? null : ReportingDelayReader.Read(request.Delay);
        faults.AddAll(delay?.Faults ?? new FaultList());
        if (counts is null || !faults.IsEmpty)
        {
            return Answer.Refuse(terminal, faults);
        }

        progress.Next("estimating");
        var serialInterval = distribution?.Value ?? SerialInterval.ShiftedGamma(
            request.MeanSi!.Value, request.SdSi!.Value, counts.Local.Length * (request.IsWeekly ? WeekDays : 1));
        var unheard = delay?.Value?.DaysUnheard ?? 0;
        var readings = Estimate(counts.Without(unheard), serialInterval, delay?.Value, request);
        progress.Dispose();
        if (readings.IsEmpty)
        {
            return Answer.Refuse(terminal, NothingToSay(counts, serialInterval, request));
        }

        if (request.Method == "renewal")
        {
            Answer.Remark(terminal, unheard == 0
                ? ["renewal estimates R of each day; --window has no part in it"]
                : ["renewal estimates R of each day; --window has no part in it", FormattableString.Invariant(
                    $"days left out at the end, less than {ReportingDelay.ShareMin:P0} of them reported: {unheard}")]);
        }

        return OutputFile.Write(request.Output, stream => Write(stream, readings)) is { } refusal
            ? Answer.Refuse(terminal, refusal)
            : ExitCode.Done;
    }

    private static Incidence? ReadCounts(Request request, FaultList faults)
    {
        if (!request.IsWeekly)
        {
            var daily = IncidenceReader.Read(request.Incidence);
            faults.AddAll(daily.Faults);
            return daily.Value;
        }

        var weeks = TimedCountsReader.Read(request.Incidence, WeekDays);
        faults.AddAll(weeks.Faults);
        if (weeks.IsRead && weeks.Value.Counts.Length > CountSeries.DaysMax / WeekDays)
        {
            faults.Add(Fault.Describe(InputSource.NameOf(request.Incidence), 0, 0,
                FormattableString.Invariant($"{weeks.Value.Counts.Length:N0} weeks"),
                FormattableString.Invariant($"at most {CountSeries.DaysMax / WeekDays:N0}")));
        }

        return weeks.IsRead ? new Incidence(weeks.Value.First, weeks.Value.Counts, []) : null;
    }

    private static ImmutableArray<ReproductionReading> Estimate(
        Incidence counts, SerialInterval serialInterval, ReportingDelay? delay, Request request)
    {
        var local = counts.Local.AsSpan();
        var imported = counts.Imported;
        var settings = request.Settings;
        var isMadeDaily = request.IsWeekly;
        if (isMadeDaily && request.Method == "cori")
        {
            return AggregatedIncidence.Estimate(local, WeekDays, serialInterval, settings);
        }

        if (isMadeDaily)
        {
            local = AggregatedIncidence.Daily(local, WeekDays, serialInterval, settings).AsSpan();
        }

        var estimator = request switch
        {
            { Method: "renewal" } => ReproductionEstimators.Renewal(serialInterval, RenewalOf(delay, request)),
            { Method: "wallinga-teunis" } => ReproductionEstimators.Cohort(serialInterval, settings.WindowDays),
            { Uncertain: { } uncertain } => ReproductionEstimators.Cori(uncertain, settings),
            _ => ReproductionEstimators.Cori(serialInterval, settings),
        };
        var readings = estimator.Read(local, imported.AsSpan());
        return isMadeDaily ? [.. readings.Where(r => r.Estimate.WindowStart > WeekDays)] : readings;
    }

    private static RenewalSettings RenewalOf(ReportingDelay? delay, Request request)
    {
        var settings = RenewalSettings.Usual with
        {
            HasWeekdays = !request.IsWeekly,
            ReportedShares = delay?.SharesOfHeard ?? [],
        };
        return request.HasOwnPrior
            ? settings with
            {
                FirstMean = request.Settings.PriorMean,
                FirstStandardDeviation = request.Settings.PriorStandardDeviation,
            }
            : settings;
    }

    private static Fault NothingToSay(Incidence counts, SerialInterval serialInterval, Request request)
    {
        var file = InputSource.NameOf(request.Incidence);
        if (counts.Local.All(count => count == 0) && counts.Imported.All(count => count == 0))
        {
            return Fault.Describe(file, 0, 0, "no case on any day", "at least one case");
        }

        if (request.Method == "wallinga-teunis" && counts.Local.Length > request.Settings.WindowDays)
        {
            return Fault.Describe(
                file, 0, 0, "no case after the first day", "a window from the second day on with one");
        }

        return request.Method == "renewal"
            ? Fault.Describe(file, 0, 0,
                FormattableString.Invariant($"a series of length {counts.Local.Length}"),
                "a day that follows a case within the serial interval")
            : Fault.Describe(
                file, 0, 0,
                FormattableString.Invariant($"a series of length {counts.Local.Length}"),
                FormattableString.Invariant(
                    $"a window of {request.Settings.WindowDays} days from the second day on that ends after ")
                + FormattableString.Invariant($"the mean serial interval of {serialInterval.MeanDays:0.#} days"));
    }

    private static void Write(Stream stream, ImmutableArray<ReproductionReading> readings)
    {
        using var table = new CsvTable(stream, Columns);
        foreach (var reading in readings)
        {
            var estimate = reading.Estimate;
            table.Add(estimate.WindowStart).Add(estimate.WindowEnd)
                .Add(estimate.Mean).Add(estimate.StandardDeviation)
                .Add(estimate.Quantile025).Add(estimate.Quantile05).Add(estimate.Quantile25).Add(estimate.Median)
                .Add(estimate.Quantile75).Add(estimate.Quantile95).Add(estimate.Quantile975)
                .EndRow();
        }
    }

    private sealed record Request(
        string Incidence,
        double? MeanSi,
        double? SdSi,
        string? Distribution,
        UncertainSerialInterval? Uncertain,
        CoriSettings Settings,
        bool HasOwnPrior,
        string Method,
        bool IsWeekly,
        string? Delay,
        string Output);
}
