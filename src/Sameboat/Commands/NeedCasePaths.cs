using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Commands;

/// <summary>
/// Weekly cases as the estimate takes them. Parity takes the rows as they are. Corrected mode takes cleaned counts of
/// whole weeks, and where these end before the planned weeks do, the forecast.
/// </summary>
internal static class NeedCasePaths
{
    private static readonly int Low = ForecastQuantiles.Levels.IndexOf(NeedForecasts.LowLevel);
    private static readonly int High = ForecastQuantiles.Levels.IndexOf(NeedForecasts.HighLevel);

    internal static CasePaths AsTheyAre(PlaceRows place)
    {
        var weekly = WeeklyCases.FromRows([.. place.Rows.Select(row => (row.Day, (double?)row.Count))]);
        return new CasePaths(weekly, weekly, weekly);
    }

    /// <summary>History and, as far as it is needed, forecast up to the end of the planned weeks.</summary>
    /// <param name="place">The counts.</param>
    /// <param name="monday">The first planned day.</param>
    /// <param name="weeks">Weeks of the tables.</param>
    /// <param name="forecasts">Of all places of the file.</param>
    /// <param name="refusal">Why the counts do not reach, in words; null where they do.</param>
    /// <param name="remark">What was forecast; null where nothing was.</param>
    internal static CasePaths? Cleaned(
        PlaceRows place, DateOnly monday, int weeks, NeedForecasts forecasts, out string? refusal, out string? remark)
    {
        (refusal, remark) = (null, null);
        var first = place.Rows[0].Day;
        var series = SeriesOf(place);
        var end = monday.AddDays((Weeks.Days * weeks) - 1);
        if (series.Last >= end)
        {
            var known = Cleaning.Clean(series.Until(end));
            var history = Padded(WeeklyCases.FromDaily(first, known.Counts.AsSpan()), monday);
            return new CasePaths(history, history, history);
        }

        var asOf = NeedForecasts.AsOf(series);
        if (forecasts.Find(place.Place) is not { } forecast)
        {
            refusal = string.Create(CultureInfo.InvariantCulture,
                $"counts of {place.Place} from {first:yyyy-MM-dd} to {series.Last:yyyy-MM-dd}: the plan runs to "
                + $"{end:yyyy-MM-dd}, and at most {DampedGrowthForecaster.WeeksMax} weeks after the last whole week "
                + $"are forecast");
            return null;
        }

        var clean = Cleaning.Clean(series.Until(asOf));
        remark = string.Create(CultureInfo.InvariantCulture,
            $"{place.Place}: counts to {asOf:yyyy-MM-dd}, then {forecast.Weeks.Length} weeks forecast; low and high "
            + $"are the 10 % and 90 % quantiles of the need.");
        var past = WeeklyCases.FromDaily(first, clean.Counts.AsSpan());
        WeeklyCases Path(int level) => Padded(
            new WeeklyCases(
                past.FirstDay, [.. past.Cases, .. forecast.Weeks.Select(week => week.Quantiles[level])]),
            monday);
        return new CasePaths(Path(Low), Path(ForecastQuantiles.MedianIndex), Path(High));
    }

    /// <summary>The rows as a daily series.</summary>
    internal static CountSeries SeriesOf(PlaceRows place)
    {
        var first = place.Rows[0].Day;
        var days = new long?[place.Rows[^1].Day.DayNumber - first.DayNumber + 1];
        foreach (var (day, count) in place.Rows)
        {
            days[day.DayNumber - first.DayNumber] = count;
        }

        return new CountSeries(place.Place, Indicator.Cases, first, [.. days]);
    }

    /// <summary>Weeks of zero before counts that begin after the planned weeks do.</summary>
    private static WeeklyCases Padded(WeeklyCases weekly, DateOnly monday)
    {
        var missing = Math.Max(0, (weekly.FirstDay.DayNumber - monday.DayNumber) / Weeks.Days);
        return missing == 0
            ? weekly
            : new WeeklyCases(monday, [.. new double[missing], .. weekly.Cases]) { LastDay = weekly.LastDay };
    }
}
