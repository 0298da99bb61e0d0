using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>The forecasts issued for one indicator, and what has been learned from those that came true.</summary>
internal sealed class PastForecasts
{
    private readonly Indicator _indicator;
    private readonly int _weeks;
    private readonly AdaptiveWidths[] _widths;
    private readonly List<Origin> _origins = [];

    public PastForecasts(Indicator indicator, int weeks)
    {
        _indicator = indicator;
        _weeks = weeks;
        _widths = new AdaptiveWidths[weeks];
        for (var week = 0; week < weeks; week++)
        {
            _widths[week] = new AdaptiveWidths();
        }
    }

    /// <summary>Moves the widths by the forecasts whose week is the panel's last.</summary>
    public void Learn(WeeklyPanel panel)
    {
        for (var horizon = 1; horizon <= _weeks; horizon++)
        {
            var origin = _origins.Find(past => WeeksSince(past, panel) == horizon);
            if (origin is not null && panel.Weeks > 0)
            {
                var at = horizon - 1;
                _widths[at].Learn(
                [
                    .. Shared(origin, panel).Select(place =>
                        (place.History.Totals[^1], origin.Issued[place.Name][at].Quantiles)),
                ]);
            }
        }
    }

    /// <summary>Quantiles about the medians, which are kept to be learned from.</summary>
    public Dictionary<string, ImmutableArray<WeekForecast>> Issue(WeeklyPanel panel, double[]?[] logMedians)
    {
        var builders = logMedians.Select(path => path is null ? null : new WeekForecast[_weeks]).ToArray();
        for (var horizon = 1; horizon <= _weeks; horizon++)
        {
            var spreads = SpreadAt(panel, horizon).Of(logMedians);
            var widths = _widths[horizon - 1].Now();
            for (var place = 0; place < builders.Length; place++)
            {
                if (builders[place] is { } weeks)
                {
                    weeks[horizon - 1] = new WeekForecast(
                        horizon,
                        panel.LastDay.AddDays(Weeks.Days * horizon),
                        ErrorScale.Quantiles(logMedians[place]![horizon - 1], spreads[place], widths));
                }
            }
        }

        Dictionary<string, ImmutableArray<WeekForecast>> issued = [];
        Dictionary<string, double[]> medians = [];
        for (var place = 0; place < builders.Length; place++)
        {
            if (builders[place] is { } weeks)
            {
                issued.Add(panel.Names[place], [.. weeks]);
                medians.Add(panel.Names[place], logMedians[place]!);
            }
        }

        _origins.Add(new Origin(panel.LastDay, issued, medians));
        _origins.RemoveAll(past => WeeksSince(past, panel) >= PooledSpread.OriginsMax + _weeks);
        return issued;
    }

    /// <summary>The errors over all weeks ahead of each place at each past origin that has wholly come true.</summary>
    public ImmutableArray<ImmutableArray<double>> ErrorPaths(WeeklyPanel panel)
    {
        var paths = ImmutableArray.CreateBuilder<ImmutableArray<double>>();
        foreach (var origin in _origins.Where(past => IsKnown(past, panel, _weeks)))
        {
            var first = panel.Weeks - WeeksSince(origin, panel);
            foreach (var (name, history) in Shared(origin, panel))
            {
                paths.Add(
                [
                    .. origin.LogMedians[name].Select((median, week) =>
                        ErrorScale.Error(history.Logs[first + week], median)),
                ]);
            }
        }

        return paths.ToImmutable();
    }

    private PooledSpread SpreadAt(WeeklyPanel panel, int horizon)
    {
        var spread = new PooledSpread(panel.Names.Length, horizon);
        foreach (var origin in _origins.Where(past => IsKnown(past, panel, horizon)
            && WeeksSince(past, panel) < horizon + PooledSpread.OriginsMax))
        {
            var week = panel.Weeks - 1 - WeeksSince(origin, panel) + horizon;
            for (var place = 0; place < panel.Names.Length; place++)
            {
                if (panel.Of(place, _indicator) is { } history
                    && origin.LogMedians.TryGetValue(panel.Names[place], out var medians))
                {
                    spread.Add(place, history.Totals[week], medians[horizon - 1]);
                }
            }
        }

        return spread;
    }

    private static bool IsKnown(Origin past, WeeklyPanel panel, int horizon) =>
        WeeksSince(past, panel) >= horizon && panel.Weeks > WeeksSince(past, panel);

    private static int WeeksSince(Origin past, WeeklyPanel panel) =>
        (panel.LastDay.DayNumber - past.LastDay.DayNumber) / Weeks.Days;

    private IEnumerable<(string Name, WeeklyHistory History)> Shared(Origin origin, WeeklyPanel panel)
    {
        for (var place = 0; place < panel.Names.Length; place++)
        {
            if (panel.Of(place, _indicator) is { } history && origin.Issued.ContainsKey(panel.Names[place]))
            {
                yield return (panel.Names[place], history);
            }
        }
    }

    private sealed record Origin(
        DateOnly LastDay,
        Dictionary<string, ImmutableArray<WeekForecast>> Issued,
        Dictionary<string, double[]> LogMedians);
}
