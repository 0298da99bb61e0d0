using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Supplies;

namespace Sameboat.Server.Exercise;

/// <summary>The simulated spread of the invented disease: the same seed, the same counts on every machine.</summary>
internal static class ExerciseOutbreak
{
    /// <summary>The longest serial interval that the simulation carries, in days.</summary>
    private const int SerialIntervalDays = 40;

    // So that after twenty weeks most places have some of it, a third of them more each week, and none most of it.
    private const int FirstPlaces = 60;
    private const long FirstInfections = 300;
    private const double ExportedPerInfection = 0.05;
    private const double GrowsAtFirst = 0.6;
    private const double GrowthMin = 1.15;
    private const double GrowthMax = 1.5;
    private const double ControlMin = 0.65;
    private const double ControlMax = 0.92;
    private const int PhaseDaysMin = 28;
    private const int PhaseDaysMax = 64;

    /// <summary>
    /// One course for each territory that takes part, in the order of the members. More weeks go on where fewer end:
    /// who is infected on a day does not depend on how long is played, only what is reported of it.
    /// </summary>
    internal static ImmutableArray<SimulatedOutbreak> Simulate(DiseasePack pack, ulong seed, int weeks)
    {
        var territories = ExerciseScript.Members.Select(member => member.Place).OfType<Territory>().ToArray();
        var random = new SeededRandom(seed);
        var order = Enumerable.Range(0, territories.Length).ToArray();
        random.Shuffle(order.AsSpan());
        var first = order.Take(FirstPlaces).ToHashSet();
        SimulatedPlace[] places =
        [
            .. territories.Select((place, index) => new SimulatedPlace(
                place.Code, place.Population, PathOf(random), first.Contains(index) ? FirstInfections : 0)),
        ];
        var interval = SerialInterval.ShiftedGamma(
            pack.SerialInterval.MeanDays, pack.SerialInterval.StandardDeviationDays, SerialIntervalDays);
        var scenario = OutbreakScenario.Exercise(
            ExerciseScript.First, Weeks.Days * weeks, interval) with
        {
            ExportedPerInfection = ExportedPerInfection,
        };
        return OutbreakSimulator.Simulate(places, scenario, random.NextBits());
    }

    // Growth and control by turns. What a place draws depends on its turn alone, never on what it is.
    private static ReproductionPath PathOf(SeededRandom random)
    {
        var steps = new List<ReproductionStep>();
        var grows = random.NextDouble() < GrowsAtFirst;
        var days = Weeks.Days * ExerciseScript.WeeksPast;
        for (var day = 0; day < days; day += PhaseDaysMin + random.NextBelow(PhaseDaysMax - PhaseDaysMin))
        {
            var (low, high) = grows ? (GrowthMin, GrowthMax) : (ControlMin, ControlMax);
            steps.Add(new ReproductionStep(day, low + (random.NextDouble() * (high - low))));
            grows = !grows;
        }

        return ReproductionPath.Piecewise([.. steps]);
    }
}
