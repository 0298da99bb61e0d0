using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Epidemics;

namespace Sameboat.Exchange.Files;

/// <summary>The form of a file of forecasts.</summary>
public enum ForecastForm
{
    /// <summary>A row a forecast, a column a level: <c>forecast_date,location,target,horizon,…,q0.01,…</c>.</summary>
    Wide,

    /// <summary>A row a quantile, as the hubverse has it: <c>reference_date,…,output_type,output_type_id,value</c>.
    /// </summary>
    Hubverse,
}

/// <summary>Writes forecasts as tables.</summary>
public sealed class ForecastTable : IDisposable
{
    /// <summary>Digits after the point of a quantile; counts are whole, and a thousandth of a person decides nothing.
    /// </summary>
    private const int Digits = 3;

    private static readonly string[] WideColumns =
    [
        "forecast_date", "location", "target", "horizon", "target_end_date",
        .. ForecastQuantiles.Levels.Select(level => string.Create(CultureInfo.InvariantCulture, $"q{level}")),
    ];

    private static readonly string[] HubverseColumns =
    [
        "reference_date", "target", "horizon", "target_end_date", "location",
        "output_type", "output_type_id", "value",
    ];

    private readonly CsvTable _table;
    private readonly ForecastForm _form;

    /// <summary>Begins the table.</summary>
    /// <param name="stream">Where to write; left open.</param>
    /// <param name="form">The form of the rows.</param>
    public ForecastTable(Stream stream, ForecastForm form)
    {
        _form = form;
        _table = new CsvTable(stream, form == ForecastForm.Wide ? WideColumns : HubverseColumns);
    }

    /// <summary>Writes the forecasts of one day: by indicator, horizon, then place in the order given.</summary>
    /// <param name="date">The day of the forecast.</param>
    /// <param name="places">All with the same horizons.</param>
    public void Add(DateOnly date, ImmutableArray<PlaceForecast> places)
    {
        foreach (var ofIndicator in places.GroupBy(place => place.Indicator).OrderBy(group => group.Key))
        {
            for (var week = 0; week < ofIndicator.First().Weeks.Length; week++)
            {
                foreach (var place in ofIndicator)
                {
                    Add(date, place, place.Weeks[week]);
                }
            }
        }
    }

    /// <summary>Writes what is still held back and leaves the stream open.</summary>
    public void Dispose() => _table.Dispose();

    private void Add(DateOnly date, PlaceForecast place, WeekForecast week)
    {
        var target = TargetNames.Word(place.Indicator);
        if (_form == ForecastForm.Wide)
        {
            _table.Add(date).Add(place.Name).Add(target).Add(week.Horizon).Add(week.WeekEnd);
            foreach (var quantile in week.Quantiles)
            {
                _table.Add(Math.Round(quantile, Digits));
            }

            _table.EndRow();
            return;
        }

        for (var level = 0; level < week.Quantiles.Length; level++)
        {
            _table.Add(date).Add($"wk inc {target}").Add(week.Horizon).Add(week.WeekEnd).Add(place.Name)
                .Add("quantile").Add(ForecastQuantiles.Levels[level])
                .Add(Math.Round(week.Quantiles[level], Digits)).EndRow();
        }
    }
}
