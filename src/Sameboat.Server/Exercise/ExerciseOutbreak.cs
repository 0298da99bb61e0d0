using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Supplies;

namespace Sameboat.Server.Exercise;

/// <summary>The simulated spread of the invented disease: the same seed, the same counts on every machine.</summary>
internal static class ExerciseOutbreak
{
    /// <summary>The longest serial interval that the simulation carries, in days.</summary>
    private const int SerialIntervalDays = 40;

    /// <summary>One course for each territory that takes part, in the order of the members.</summary>
    internal static ImmutableArray<SimulatedOutbreak> Simulate(DiseasePack pack, ulong seed)
    {
        var territories = ExerciseScript.Members.Select(member => member.Place).OfType<Territory>().ToArray();
        var random = new SeededRandom(seed);
        var order = Enumerable.Range(0, territories.Length).ToArray();
        random.Shuffle(order.AsSpan());
        var first = order.Take(ExerciseScript.FirstPlaces).ToHashSet();
        var interval = SerialInterval.ShiftedGamma(
            pack.SerialInterval.MeanDays, pack.SerialInterval.StandardDeviationDays, SerialIntervalDays);
        var scenario = OutbreakScenario.Exercise(
            ExerciseScript.First, Weeks.Days * ExerciseScript.WeeksPast, interval);
        return OutbreakSimulator.Simulate(
            [
                .. territories.Select((place, index) => new SimulatedPlace(
                    place.Code,
                    place.Population,
                    SeedInfections: first.Contains(index) ? ExerciseScript.FirstInfections : 0)),
            ],
            scenario,
            random.NextBits());
    }
}
