namespace Sameboat.Epidemics;

/// <summary>Forecasts of past Mondays from what was known on each, as the forecast hubs ask for them.</summary>
public static class Backtest
{
    /// <summary>Days from the Monday of the forecast back to the Saturday whose week is the last one used.</summary>
    public const int DaysToSaturday = 2;

    /// <summary>Forecasts every Monday of a range.</summary>
    /// <param name="vintages">
    /// The history of publication. Mondays before the range, up to <see cref="PanelForecaster.WarmUpWeeks"/>, are
    /// forecast as well to learn from; where nothing was published by then, from the first publication cut at that day.
    /// </param>
    /// <param name="from">First day of the range.</param>
    /// <param name="to">Last day, inclusive.</param>
    /// <param name="serialInterval">Of the disease.</param>
    /// <param name="weeks">Weeks ahead, 1 to <see cref="DampedGrowthForecaster.WeeksMax"/>.</param>
    /// <returns>
    /// One forecast a Monday, in order, drawn as it is asked for; none for a Monday before the first publication.
    /// Weeks run from Sunday to Saturday, and horizon 1 ends on the Saturday after the Monday.
    /// </returns>
    public static IEnumerable<(DateOnly Monday, PanelForecast Forecast)> Run(
        VintageHistory vintages, DateOnly from, DateOnly to, SerialInterval serialInterval, int weeks = 4)
    {
        ArgumentNullException.ThrowIfNull(vintages);
        var forecaster = new PanelForecaster(serialInterval, weeks);
        var replay = vintages.Replay();
        var first = FirstMonday(from);
        for (var monday = first.AddDays(-Weeks.Days * PanelForecaster.WarmUpWeeks);
            monday <= to;
            monday = monday.AddDays(Weeks.Days))
        {
            if (monday >= first && monday < vintages.FirstAsOf)
            {
                continue;
            }

            var known = replay.KnownOn(monday < vintages.FirstAsOf ? vintages.FirstAsOf : monday);
            var forecast = forecaster.Next(known, monday.AddDays(-DaysToSaturday));
            if (monday >= first)
            {
                yield return (monday, forecast);
            }
        }
    }

    /// <summary>The Mondays from one day to another, both inclusive.</summary>
    public static IEnumerable<DateOnly> Mondays(DateOnly from, DateOnly to)
    {
        for (var monday = FirstMonday(from); monday <= to; monday = monday.AddDays(Weeks.Days))
        {
            yield return monday;
        }
    }

    private static DateOnly FirstMonday(DateOnly from) => Weeks.MondayOf(from.AddDays(Weeks.Days - 1));
}
