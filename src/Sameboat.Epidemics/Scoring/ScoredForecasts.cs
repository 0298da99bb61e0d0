using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>What a forecast is of.</summary>
/// <param name="ForecastDate">The Monday of the forecast.</param>
/// <param name="Place">Name of the place.</param>
/// <param name="Indicator">What is counted.</param>
/// <param name="Horizon">Weeks ahead, from 1.</param>
/// <param name="WeekEnd">The Saturday that ends the week foreseen.</param>
public readonly record struct ForecastTarget(
    DateOnly ForecastDate, string Place, Indicator Indicator, int Horizon, DateOnly WeekEnd);

/// <summary>The forecasts of one model.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Quantiles">By target, at <see cref="ForecastQuantiles.Levels"/>, ascending.</param>
public sealed record ModelForecasts(
    string Model, IReadOnlyDictionary<ForecastTarget, ImmutableArray<double>> Quantiles);

/// <summary>How one model did on one group of targets.</summary>
/// <param name="Model">Its name.</param>
/// <param name="Indicator">What is counted.</param>
/// <param name="Horizon">Weeks ahead; null for all of them together.</param>
/// <param name="Targets">How many targets: the same for every model.</param>
/// <param name="Score">Mean weighted interval score, persons.</param>
/// <param name="LogScore">The same of ln(count + 1).</param>
/// <param name="Coverage50">Share of outcomes within the 50 % interval, its ends included.</param>
/// <param name="Coverage95">Share within the 95 % interval.</param>
/// <param name="RelativeSkill">
/// Score over that of the first reference, with its bootstrap interval; null without a reference or where a score is 0.
/// </param>
/// <param name="Pit">
/// Shares of outcomes by where they fall among the quantiles, in <see cref="ForecastScoring.PitBins"/> equal bins.
/// </param>
public sealed record ScoreSummary(
    string Model,
    Indicator Indicator,
    int? Horizon,
    int Targets,
    IntervalScore Score,
    IntervalScore LogScore,
    double Coverage50,
    double Coverage95,
    RatioEstimate? RelativeSkill,
    ImmutableArray<double> Pit);

/// <summary>A ratio of two scores and the interval that the bootstrap gives it.</summary>
/// <param name="Ratio">On all targets.</param>
/// <param name="Low">The 0.025 quantile over resampled forecast dates.</param>
/// <param name="High">The 0.975 quantile.</param>
public readonly record struct RatioEstimate(double Ratio, double Low, double High);
