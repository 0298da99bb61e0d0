using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>Which way cases go, by the posterior probability that R is above one in the last window.</summary>
public enum Trend
{
    /// <summary>P(R &gt; 1) is at least 0.9.</summary>
    Growing,

    /// <summary>Neither growing nor declining can be said.</summary>
    Stable,

    /// <summary>P(R &gt; 1) is at most 0.1.</summary>
    Declining,

    /// <summary>Too few cases in the last window to say.</summary>
    TooFew,
}

/// <summary>What an assessment is made with.</summary>
/// <param name="AsOf">Last day whose counts are used, inclusive.</param>
/// <param name="Weeks">Weeks to forecast, 1 to <see cref="DampedGrowthForecaster.WeeksMax"/>.</param>
/// <param name="SerialInterval">Of the disease.</param>
/// <param name="WindowDays">Days of the sliding window of R, at least 1.</param>
public sealed record AssessmentSettings(DateOnly AsOf, int Weeks, SerialInterval SerialInterval, int WindowDays = 7);

/// <summary>The situation of one place as known on a day.</summary>
/// <param name="Place">The territory.</param>
/// <param name="AsOf">Last day whose counts were used, inclusive.</param>
/// <param name="Cases">Cases cleaned, ending on the as-of day; days not yet reported are gaps.</param>
/// <param name="Deaths">The same for deaths; null where none were given.</param>
/// <param name="Reproduction">R for each window, by its last day.</param>
/// <param name="Latest">
/// R of the window that ends on the as-of day; null where the series is too short or no day of that window was
/// reported.
/// </param>
/// <param name="ProbabilityAboveOne">P(R &gt; 1) in the latest window, 0 to 1; null as above.</param>
/// <param name="DoublingTimeDays">
/// ln 2 / r in days, r the daily growth that the latest mean R implies; negative = halving. Null where the trend is
/// <see cref="Trend.TooFew"/> or the time is longer than <see cref="Assessor.DoublingTimeDaysMax"/>.
/// </param>
/// <param name="Trend">Growing, stable, declining, or too few to say.</param>
/// <param name="CasesForecast">Weekly cases ahead.</param>
/// <param name="DeathsForecast">Weekly deaths ahead; null where no deaths were given.</param>
public sealed record Assessment(
    TerritoryCode Place,
    DateOnly AsOf,
    CleanSeries Cases,
    CleanSeries? Deaths,
    ImmutableArray<ReproductionEstimate> Reproduction,
    ReproductionEstimate? Latest,
    double? ProbabilityAboveOne,
    double? DoublingTimeDays,
    Trend Trend,
    QuantileForecast CasesForecast,
    QuantileForecast? DeathsForecast);
