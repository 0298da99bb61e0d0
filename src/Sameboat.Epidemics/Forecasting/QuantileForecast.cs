using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>The probability levels of a forecast.</summary>
public static class ForecastQuantiles
{
    /// <summary>
    /// The 23 levels of the forecast hubs, ascending: 0.01, 0.025, 0.05, 0.10, 0.15, … 0.95, 0.975, 0.99.
    /// </summary>
    public static ImmutableArray<double> Levels { get; } =
    [
        0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
        0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.975, 0.99,
    ];

    /// <summary>Where the median stands among the levels.</summary>
    public const int MedianIndex = 11;
}

/// <summary>The forecast of one week's total.</summary>
/// <param name="Horizon">Weeks ahead: 1 is the seven days that begin the day after the forecast's as-of day.</param>
/// <param name="WeekEnd">Last day of those seven: as-of day + 7 × horizon.</param>
/// <param name="Quantiles">
/// Persons in the week at each of <see cref="ForecastQuantiles.Levels"/>: ascending, at least 0, finite.
/// </param>
public sealed record WeekForecast(int Horizon, DateOnly WeekEnd, ImmutableArray<double> Quantiles)
{
    /// <summary>Persons in the week that are as likely exceeded as not.</summary>
    public double Median => Quantiles[ForecastQuantiles.MedianIndex];
}

/// <summary>Weekly totals foreseen for one place and indicator from what was known on a day.</summary>
/// <param name="Place">The territory.</param>
/// <param name="Indicator">What is counted.</param>
/// <param name="AsOf">Last day whose counts were used, inclusive.</param>
/// <param name="Weeks">One element a week, from horizon 1.</param>
public sealed record QuantileForecast(
    TerritoryCode Place, Indicator Indicator, DateOnly AsOf, ImmutableArray<WeekForecast> Weeks);
