using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>New cases by week of seven days, history and forecast in one run without gaps.</summary>
/// <param name="FirstDay">
/// First day of the week of index 0; the planned weeks begin on the same weekday, in parity mode a Monday.
/// </param>
/// <param name="Cases">
/// Cases of each week, finite and zero or more; parity mode also takes negative weeks, as some places publish them.
/// </param>
public sealed record WeeklyCases(DateOnly FirstDay, ImmutableArray<double> Cases)
{
    /// <summary>The last day counted, which ends the last week early where it is no Sunday.</summary>
    public DateOnly LastDay { get; init; } = FirstDay.AddDays((Weeks.Days * Cases.Length) - 1);

    /// <summary>
    /// The last day reported in each week, null for a week without any row; empty where every week is whole. Parity
    /// mode alone heeds it: WHO's tool ends a week on its last row and knows nothing of a week that has none.
    /// </summary>
    public ImmutableArray<DateOnly?> LastReported { get; init; } = [];

    /// <summary>Sums the rows of a table of days into weeks from Monday to Sunday, as WHO's tool does.</summary>
    /// <param name="rows">
    /// Day and count of each row, in any order, at least one; null is a day without a figure, which adds nothing.
    /// </param>
    /// <exception cref="ArgumentException">There is no row.</exception>
    public static WeeklyCases FromRows(IReadOnlyCollection<(DateOnly Day, double? Count)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfZero(rows.Count);
        var monday = Weeks.MondayOf(rows.Min(row => row.Day));
        var last = rows.Max(row => row.Day);
        var sums = new double[((last.DayNumber - monday.DayNumber) / Weeks.Days) + 1];
        var ends = new DateOnly?[sums.Length];
        foreach (var (day, count) in rows)
        {
            var week = (day.DayNumber - monday.DayNumber) / Weeks.Days;
            sums[week] += count ?? 0;
            ends[week] = ends[week] is { } end && end > day ? end : day;
        }

        return new WeeklyCases(monday, [.. sums]) { LastDay = last, LastReported = [.. ends] };
    }

    /// <summary>Sums daily counts into weeks from Monday to Sunday; days before the first count as zero.</summary>
    /// <param name="first">The day of index 0.</param>
    /// <param name="daily">Cases of each day, finite and zero or more.</param>
    public static WeeklyCases FromDaily(DateOnly first, ReadOnlySpan<double> daily)
    {
        var monday = Weeks.MondayOf(first);
        var offset = first.DayNumber - monday.DayNumber;
        var sums = new double[(offset + daily.Length + Weeks.Days - 1) / Weeks.Days];
        for (var day = 0; day < daily.Length; day++)
        {
            sums[(offset + day) / Weeks.Days] += daily[day];
        }

        return new WeeklyCases(monday, [.. sums]) { LastDay = first.AddDays(daily.Length - 1) };
    }

    internal void Check(NeedSettings settings)
    {
        var parity = settings.Mode == NeedMode.Parity;
        var begins = parity ? Weeks.MondayOf(settings.Start) : settings.Start;
        if ((begins.DayNumber - FirstDay.DayNumber) % Weeks.Days != 0
            || Cases.Any(one => !double.IsFinite(one) || (one < 0 && !parity)))
        {
            throw new ArgumentException(
                "Weeks of cases begin on the weekday of the planned weeks and are finite and zero or more.");
        }

        // The tool takes what weeks there are; NeedEstimator says where there is none.
        if (parity)
        {
            return;
        }

        var reach = settings.Start.AddDays(Weeks.Days * settings.TableWeeks);
        if (FirstDay.AddDays(Weeks.Days * Cases.Length) < reach || FirstDay > settings.Start)
        {
            throw new ArgumentException(
                $"The run of cases from {FirstDay:yyyy-MM-dd} to {LastDay:yyyy-MM-dd} does not cover "
                + $"{settings.Start:yyyy-MM-dd} to {reach:yyyy-MM-dd}.");
        }
    }
}

/// <summary>Three possible runs of cases: one history, three forecasts over the same weeks.</summary>
/// <param name="Low">A lower quantile of the forecast.</param>
/// <param name="Median">The run that <see cref="NeedLine.Quantity"/> is estimated from.</param>
/// <param name="High">An upper quantile of the forecast.</param>
public sealed record CasePaths(WeeklyCases Low, WeeklyCases Median, WeeklyCases High);
