using System.Collections.Immutable;
using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

/// <summary>Simulated places linked by travel, reported as in the exercise: the truth is known.</summary>
internal static class LinkedPlaces
{
    public static readonly SerialInterval Interval = SerialInterval.ShiftedGamma(5.2, 2.8, 60);

    public static ImmutableArray<SimulatedOutbreak> Simulate(
        int places, int days, Func<OutbreakScenario, OutbreakScenario>? change = null)
    {
        var scenario = OutbreakScenario.Exercise(new DateOnly(2031, 1, 6), days, Interval);
        return OutbreakSimulator.Simulate(
            [
                .. Enumerable.Range(0, places).Select(place => new SimulatedPlace(
                    TerritoryCode.Parse($"{(char)('A' + (place / 26))}{(char)('A' + (place % 26))}X"),
                    20_000_000 + (place * 3_000_000L), null, place % 3 == 0 ? 40 : 0)),
            ],
            change is null ? scenario : change(scenario),
            seed: 5);
    }
}
