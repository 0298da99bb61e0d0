using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>One place in a simulated outbreak.</summary>
/// <param name="Place">The territory.</param>
/// <param name="Population">Persons, at least 1; those infected are no longer susceptible.</param>
/// <param name="Path">R in a wholly susceptible place; null = waves drawn from the seed.</param>
/// <param name="SeedInfections">Infections on the first day, at least 0.</param>
public sealed record SimulatedPlace(
    TerritoryCode Place, long Population, ReproductionPath? Path = null, long SeedInfections = 0);

/// <summary>The disease and how it is counted; the defaults are an invented respiratory disease.</summary>
/// <param name="First">First day.</param>
/// <param name="Days">Days simulated, 1 to <see cref="CountSeries.DaysMax"/>.</param>
/// <param name="SerialInterval">Days from one infection's report to those it causes.</param>
public sealed record OutbreakScenario(DateOnly First, int Days, SerialInterval SerialInterval)
{
    /// <summary>Size k of the negative binomial of new infections, above 0; infinite (the default) = Poisson.</summary>
    public double InfectionSize { get; init; } = double.PositiveInfinity;

    /// <summary>
    /// Size k of the negative binomial of reported counts, above 0; infinite (the default) = Poisson.
    /// </summary>
    public double ReportingSize { get; init; } = double.PositiveInfinity;

    /// <summary>Part of infections that is reported, 0 to 1.</summary>
    public double ReportedShare { get; init; } = 1;

    /// <summary>
    /// Reports on each weekday relative to the mean day, from Monday, seven numbers, each at least 0. With all at one
    /// and <see cref="ReportedShare"/> one, reported cases are the infections themselves.
    /// </summary>
    public ImmutableArray<double> WeekdayFactors { get; init; } = [1, 1, 1, 1, 1, 1, 1];

    /// <summary>Part of infections that ends in death, 0 to 1.</summary>
    public double FatalShare { get; init; } = 0.01;

    /// <summary>Days from report to death, as a distribution; null = none are counted.</summary>
    public SerialInterval? DeathDelay { get; init; }

    /// <summary>
    /// Infections elsewhere that one infection causes by travel, shared out by population; at least 0.
    /// </summary>
    public double ExportedPerInfection { get; init; }

    /// <summary>
    /// The disease of the exercise: over-dispersed, four in ten reported, fewer at weekends, one death in 80, carried
    /// between places by travel.
    /// </summary>
    public static OutbreakScenario Exercise(DateOnly first, int days, SerialInterval serialInterval) =>
        new(first, days, serialInterval)
        {
            InfectionSize = 20,
            ReportingSize = 30,
            ReportedShare = 0.4,
            WeekdayFactors = [1.15, 1.2, 1.15, 1.1, 1.05, 0.75, 0.6],
            FatalShare = 0.0125,
            DeathDelay = SerialInterval.ShiftedGamma(16, 7, 60),
            ExportedPerInfection = 0.01,
        };
}

/// <summary>What happened in one place, and what was reported of it.</summary>
/// <param name="Place">The territory.</param>
/// <param name="Reproduction">True R on each day: the path times the susceptible part.</param>
/// <param name="Infections">New infections on each day, imported ones included.</param>
/// <param name="Imported">Of those, infected elsewhere; the first day's seeds included.</param>
/// <param name="Cases">Reported cases.</param>
/// <param name="Deaths">Reported deaths; null where the scenario has no delay to death.</param>
public sealed record SimulatedOutbreak(
    TerritoryCode Place,
    ImmutableArray<double> Reproduction,
    ImmutableArray<long> Infections,
    ImmutableArray<long> Imported,
    CountSeries Cases,
    CountSeries? Deaths);
