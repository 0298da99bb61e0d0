using System.CommandLine;
using System.CommandLine.Parsing;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;

namespace Sameboat.Commands;

/// <summary>Options that the forecasting commands have in common.</summary>
internal static class ForecastOptions
{
    private const string Hubverse = "hubverse";
    private const string Wide = "wide";
    private const double UsualMeanDays = 5.2;
    private const double UsualSdDays = 2.8;
    private const int SerialIntervalDays = 60;

    internal static Option<string> Form()
    {
        var form = new Option<string>("--format")
        {
            Description = "A row a forecast (wide), or a row a quantile (hubverse).",
            DefaultValueFactory = _ => Wide,
        };
        form.AcceptOnlyFromAmong(Wide, Hubverse);
        return form;
    }

    internal static ForecastForm FormOf(string? word) =>
        word == Hubverse ? ForecastForm.Hubverse : ForecastForm.Wide;

    internal static (Option<double?> Mean, Option<double?> Sd) SerialInterval() => (
        OptionOf.NumberAboveZero("--mean-si", "Mean of the serial interval in days, above 1.", UsualMeanDays),
        OptionOf.NumberAboveZero("--sd-si", "Standard deviation of the serial interval in days.", UsualSdDays));

    internal static void CheckSerialInterval(CommandResult result, Option<double?> mean)
    {
        if (result.GetResult(mean)?.Errors.Any() != true && result.GetValue(mean) <= 1)
        {
            result.AddError("--mean-si is above 1: the distribution begins one day after the onset.");
        }
    }

    internal static SerialInterval SerialIntervalOf(double? mean, double? sd) =>
        Epidemics.SerialInterval.ShiftedGamma(mean ?? UsualMeanDays, sd ?? UsualSdDays, SerialIntervalDays);
}
