using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>
/// Forecasts weekly totals of many places together, week after week, and learns from its own forecasts as they come
/// true: the median of several members, a spread from its own past errors, and widths that follow how often its
/// intervals held. Not safe for use from several threads at once.
/// </summary>
/// <remarks>
/// docs/methods/forecast-combination.md and docs/methods/conformal-calibration.md. The same inputs in the same order
/// give the same numbers on every machine. Only what is given is used: hand it the counts as known on each day.
/// </remarks>
public sealed class PanelForecaster
{
    /// <summary>Weeks of forecasting into the known past that make the intervals trustworthy at once.</summary>
    public const int WarmUpWeeks = 20;

    private readonly int _weeks;
    private readonly MedianOfMembers _members;
    private readonly Dictionary<Indicator, PastForecasts> _past = [];
    private DateOnly? _lastDay;

    /// <summary>Starts without a past.</summary>
    /// <param name="serialInterval">Of the disease; used by the renewal member.</param>
    /// <param name="weeks">Weeks ahead, 1 to <see cref="DampedGrowthForecaster.WeeksMax"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Weeks outside its range.</exception>
    public PanelForecaster(SerialInterval serialInterval, int weeks = 4)
    {
        ArgumentNullException.ThrowIfNull(serialInterval);
        ArgumentOutOfRangeException.ThrowIfLessThan(weeks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(weeks, DampedGrowthForecaster.WeeksMax);
        _weeks = weeks;
        _members = new MedianOfMembers(serialInterval);
    }

    /// <summary>Forecasts from what is known, after learning from what has come true since the last call.</summary>
    /// <param name="known">Every place once; places may come and go between calls.</param>
    /// <param name="lastDay">
    /// Last day used; later counts are dropped, missing ones up to it count as not reported. A whole number of weeks
    /// after the day of the last call.
    /// </param>
    /// <returns>A forecast for each place and indicator that was given: ascending, finite, at least 0.</returns>
    /// <exception cref="ArgumentException">Two places of one name, or a day that does not follow.</exception>
    public PanelForecast Next(IReadOnlyList<PlaceCounts> known, DateOnly lastDay)
    {
        ArgumentNullException.ThrowIfNull(known);
        if (known.DistinctBy(place => place.Name).Count() != known.Count)
        {
            throw new ArgumentException("Every place is given once.", nameof(known));
        }

        var since = _lastDay is { } before ? lastDay.DayNumber - before.DayNumber : Weeks.Days;
        if (since <= 0 || since % Weeks.Days != 0)
        {
            throw new ArgumentException("Forecasts follow each other by whole weeks.", nameof(lastDay));
        }

        _lastDay = lastDay;
        var panel = WeeklyPanel.Of(known, lastDay);
        var forecasts = ImmutableArray.CreateBuilder<PlaceForecast>();
        foreach (var indicator in Enum.GetValues<Indicator>().Where(panel.Has))
        {
            if (!_past.TryGetValue(indicator, out var past))
            {
                _past[indicator] = past = new PastForecasts(indicator, _weeks);
            }

            past.Learn(panel);
            var medians = _members.LogPaths(panel, indicator, _weeks);
            var issued = past.Issue(panel, medians);
            var errorPaths = past.ErrorPaths(panel);
            forecasts.AddRange(issued.Select(place =>
                new PlaceForecast(place.Key, indicator, place.Value, errorPaths)));
        }

        var order = known.Select((place, index) => (place.Name, index)).ToDictionary();
        return new PanelForecast(
            lastDay, [.. forecasts.OrderBy(forecast => order[forecast.Name]).ThenBy(forecast => forecast.Indicator)]);
    }

    /// <summary>
    /// Forecasts from counts without vintages: the forecaster first replays the weeks before on the same counts, each
    /// cut at its day, so that its intervals rest on its own errors. Revisions made since are not undone there.
    /// </summary>
    /// <param name="known">Every place once.</param>
    /// <param name="lastDay">Last day used.</param>
    /// <param name="serialInterval">Of the disease.</param>
    /// <param name="weeks">Weeks ahead, 1 to <see cref="DampedGrowthForecaster.WeeksMax"/>.</param>
    /// <exception cref="ArgumentException">Two places of one name, or weeks outside their range.</exception>
    public static PanelForecast Forecast(
        IReadOnlyList<PlaceCounts> known, DateOnly lastDay, SerialInterval serialInterval, int weeks = 4)
    {
        var forecaster = new PanelForecaster(serialInterval, weeks);
        for (var back = WarmUpWeeks; back > 0; back--)
        {
            forecaster.Next(known, lastDay.AddDays(-Weeks.Days * back));
        }

        return forecaster.Next(known, lastDay);
    }
}
