using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Commands;

/// <summary>
/// The forecasts that corrected need rests on. Places whose counts end with the same week are forecast together, all of
/// the file, so that a place has the same need whichever others are asked for.
/// </summary>
internal sealed class NeedForecasts
{
    /// <summary>The lower bound of a need is not exceeded by this share of the runs.</summary>
    internal const double LowLevel = 0.1;

    /// <summary>The upper bound of a need is not exceeded by this share of the runs.</summary>
    internal const double HighLevel = 0.9;

    private static readonly double[] Levels = [LowLevel, HighLevel];

    private readonly Dictionary<TerritoryCode, PlaceForecast> _places = [];

    private NeedForecasts()
    {
    }

    /// <summary>Forecasts each place that ends before the planned weeks do, and not too long before.</summary>
    /// <param name="counts">All places of the file.</param>
    /// <param name="end">The last planned day, a Sunday.</param>
    /// <param name="pack">The disease.</param>
    internal static NeedForecasts Of(IReadOnlyList<PlaceRows> counts, DateOnly end, DiseasePack pack)
    {
        var made = new NeedForecasts();
        var days = counts.Select(place => place.Rows[^1].Day.DayNumber - place.Rows[0].Day.DayNumber + 1)
            .DefaultIfEmpty(1).Max();
        var interval = SerialInterval.ShiftedGamma(
            pack.SerialInterval.MeanDays, pack.SerialInterval.StandardDeviationDays, days);
        foreach (var together in counts.Select(NeedCasePaths.SeriesOf)
            .Where(series => series.Last < end && IsWithinReach(series, end))
            .OrderBy(series => series.Place)
            .GroupBy(AsOf))
        {
            var places = PanelForecaster.Forecast(
                [.. together.Select(series => new PlaceCounts(series.Place.ToString(), [series]))],
                together.Key, interval, WeeksAhead(together.Key, end)).Places;
            foreach (var (series, forecast) in together.Zip(places))
            {
                made._places.Add(series.Place, forecast);
            }
        }

        return made;
    }

    /// <summary>The last day of the last whole week of counts: whole weeks alone are carried forward, so that history
    /// and forecast meet on a Sunday.</summary>
    internal static DateOnly AsOf(CountSeries series) => Weeks.MondayOf(series.Last.AddDays(1)).AddDays(-1);

    /// <summary>Weeks between a Sunday and the last planned one.</summary>
    internal static int WeeksAhead(DateOnly asOf, DateOnly end) => (end.DayNumber - asOf.DayNumber) / Weeks.Days;

    /// <summary>True when a whole week is there and the forecast reaches from it to the end.</summary>
    internal static bool IsWithinReach(CountSeries series, DateOnly end) =>
        AsOf(series) >= series.First && WeeksAhead(AsOf(series), end) <= DampedGrowthForecaster.WeeksMax;

    /// <summary>The forecast of a place; null where its counts reach the end or are too old.</summary>
    internal PlaceForecast? Find(TerritoryCode place) => _places.GetValueOrDefault(place);

    /// <summary>
    /// The estimate with bounds from joint runs of cases: weeks that belong together, in place of one quantile in every
    /// week. Runs begin with the planned weeks; weeks forecast before them are taken at their median.
    /// </summary>
    internal NeedEstimate Bound(
        NeedEstimate estimate, WeeklyCases median, DiseasePack pack, CountryCapacity capacity, NeedSettings settings)
    {
        if (Find(estimate.Place) is not { } forecast || estimate.NotComputable is not null)
        {
            return estimate;
        }

        var draws = DrawsOf(median, forecast, settings.Start);
        var bounds = NeedTrajectories.Quantiles(pack, capacity, draws, settings, Levels)
            .ToDictionary(item => item.Item, item => item.Quantities);
        return estimate with
        {
            Lines =
            [
                .. estimate.Lines.Select(line => line with
                {
                    QuantityLow = Math.Min(line.Quantity, bounds[line.Item][0]),
                    QuantityHigh = Math.Max(line.Quantity, bounds[line.Item][1]),
                }),
            ],
        };
    }

    private static CaseDraws DrawsOf(WeeklyCases median, PlaceForecast forecast, DateOnly start)
    {
        var planned = Math.Max(0, (start.DayNumber - median.FirstDay.DayNumber) / Weeks.Days);
        var foreseen = median.Cases.Length - forecast.Weeks.Length;
        var trajectories = forecast.Trajectories();
        var weeks = median.Cases.Length - planned;
        var cases = new double[trajectories.Length * weeks];
        for (var run = 0; run < trajectories.Length; run++)
        {
            for (var week = 0; week < weeks; week++)
            {
                var at = planned + week;
                cases[(run * weeks) + week] = at < foreseen ? median.Cases[at] : trajectories[run][at - foreseen];
            }
        }

        return new CaseDraws(median.FirstDay, median.Cases[..planned], weeks, cases);
    }
}
