using System.CommandLine;
using System.CommandLine.Parsing;
using Sameboat.Epidemics;

namespace Sameboat.Commands;

/// <summary>How a serial interval is told on a command line: two numbers, how sure they are, or day by day.</summary>
internal sealed class SerialIntervalOptions
{
    /// <summary>Standard deviations to which a spread reaches where its ends are not told.</summary>
    private const double EndsAt = 2;

    internal Option<double?> Mean { get; } = OptionOf.NumberAboveZero(
        "--mean-si", "Mean of the serial interval in days, above 1; goes with --sd-si.");

    internal Option<double?> Sd { get; } = OptionOf.NumberAboveZero(
        "--sd-si", "Standard deviation of the serial interval in days.");

    internal Option<string?> Distribution { get; } = OptionOf.OptionalPath(
        "--si-distribution", "The serial interval day by day instead: k,w from k=0.");

    internal Option<double?>[] Spread { get; } =
    [
        OptionOf.NumberAboveZero("--sd-mean-si", "Where the mean is not certain: its standard deviation in days."),
        OptionOf.NumberAboveZero("--min-mean-si", "Its lower end; two standard deviations down if left out."),
        OptionOf.NumberAboveZero("--max-mean-si", "Its upper end; two standard deviations up if left out."),
        OptionOf.NumberAboveZero("--sd-sd-si", "The same of --sd-si: its standard deviation in days."),
        OptionOf.NumberAboveZero("--min-sd-si", "Its lower end."),
        OptionOf.NumberAboveZero("--max-sd-si", "Its upper end."),
    ];

    internal bool IsUncertain(SymbolResult result) => Spread.Any(option => result.GetResult(option) is not null);

    internal void AddTo(Command command)
    {
        command.Add(Mean);
        command.Add(Sd);
        command.Add(Distribution);
        foreach (var option in Spread)
        {
            command.Add(option);
        }

        command.Validators.Add(Check);
    }

    private void Check(CommandResult result)
    {
        var parametric = (result.GetResult(Mean) is null ? 0 : 1) + (result.GetResult(Sd) is null ? 0 : 1);
        var given = result.GetResult(Distribution) is not null;
        if (given ? parametric > 0 || IsUncertain(result) : parametric < 2)
        {
            result.AddError("The serial interval is given by --mean-si and --sd-si, or by --si-distribution.");
        }
        else if (!given && result.GetResult(Mean)?.Errors.Any() == false && result.GetValue(Mean) <= 1)
        {
            result.AddError("--mean-si is above 1: the distribution begins one day after the onset.");
        }
        else if (IsUncertain(result) && result.GetResult(Mean)?.Errors.Any() == false
            && result.GetResult(Sd)?.Errors.Any() == false
            && Spread.All(option => result.GetResult(option)?.Errors.Any() != true))
        {
            var (mean, sd) = (MeanOf(result.GetValue), SdOf(result.GetValue));
            Require(result, mean.Min > 1 && mean.Min <= mean.Mean && mean.Mean <= mean.Max
                && mean.Max <= UncertainDays.DaysMax,
                "--mean-si lies between its ends, the lower above 1 and the upper "
                + FormattableString.Invariant($"at most {UncertainDays.DaysMax}."));
            Require(result, sd.Min <= sd.Mean && sd.Mean <= sd.Max && sd.Max <= UncertainDays.DaysMax,
                FormattableString.Invariant(
                    $"--sd-si lies between its ends, the upper at most {UncertainDays.DaysMax}."));
        }
    }

    /// <summary>What is known of the interval where it is uncertain; null where it is not.</summary>
    internal UncertainSerialInterval? UncertainOf(ParseResult parsed) =>
        IsUncertain(parsed.CommandResult)
            ? new UncertainSerialInterval(MeanOf(parsed.GetValue), SdOf(parsed.GetValue))
            : null;

    private UncertainDays MeanOf(Func<Option<double?>, double?> value)
    {
        var (mean, sd) = (value(Mean)!.Value, value(Spread[0]) ?? 0);

        // The interval begins after one day: a mean cannot come nearer to it than a tenth of the way.
        var lowest = 1 + (0.1 * (mean - 1));
        return new UncertainDays(
            mean, sd, value(Spread[1]) ?? Math.Max(lowest, mean - (EndsAt * sd)),
            value(Spread[2]) ?? mean + (EndsAt * sd));
    }

    private UncertainDays SdOf(Func<Option<double?>, double?> value)
    {
        var (mean, sd) = (value(Sd)!.Value, value(Spread[3]) ?? 0);
        return new UncertainDays(
            mean, sd, value(Spread[4]) ?? Math.Max(0.1 * mean, mean - (EndsAt * sd)),
            value(Spread[5]) ?? mean + (EndsAt * sd));
    }

    private static void Require(CommandResult result, bool holds, string rule)
    {
        if (!holds)
        {
            result.AddError(rule);
        }
    }
}
