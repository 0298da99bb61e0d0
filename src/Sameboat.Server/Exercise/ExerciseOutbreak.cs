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

    // No reproduction number goes beyond it, however many variants spread.
    private const double GrowthLimit = 4;

    private const ulong LaterStream = 0xD1B5_4A32_D192_ED03;

    /// <summary>
    /// One course for each territory that takes part, in the order of the members. More weeks go on where fewer end:
    /// who is infected on a day does not depend on how long is played, only what is reported of it.
    /// </summary>
    /// <param name="pack">The disease.</param>
    /// <param name="seed">Every number is a good one.</param>
    /// <param name="weeks">How many are reported.</param>
    /// <param name="variants">From which day the disease spreads otherwise; one that begins later changes nothing of
    /// the days before.</param>
    internal static ImmutableArray<SimulatedOutbreak> Simulate(
        DiseasePack pack, ulong seed, int weeks, IReadOnlyList<ExerciseVariant>? variants = null)
    {
        var territories = ExerciseScript.Members.Select(member => member.Place).OfType<Territory>().ToArray();
        var random = new SeededRandom(seed);
        var order = Enumerable.Range(0, territories.Length).ToArray();
        random.Shuffle(order.AsSpan());
        var first = order.Take(FirstPlaces).ToHashSet();
        var later = new SeededRandom(seed ^ LaterStream);
        SimulatedPlace[] places =
        [
            .. territories.Select((place, index) => new SimulatedPlace(
                place.Code, place.Population, PathOf(place.Code, random, later, variants ?? []),
                first.Contains(index) ? FirstInfections : 0)),
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

    // Growth and control by turns. What a place draws depends on its turn alone, never on what it is. What comes after
    // the script's own weeks is drawn from another stream, so that it shifts nothing of them.
    private static ReproductionPath PathOf(
        TerritoryCode place, SeededRandom random, SeededRandom later, IReadOnlyList<ExerciseVariant> variants)
    {
        var steps = new List<ReproductionStep>();
        var grows = random.NextDouble() < GrowsAtFirst;
        grows = Draw(steps, random, grows, 0, Weeks.Days * ExerciseScript.WeeksPast);
        var scripted = Weeks.Days * (ExerciseScript.WeeksPast + ExerciseScript.WeeksAfter);
        Draw(steps, later, grows, scripted, scripted + (Weeks.Days * ExerciseScript.WeeksMore));
        foreach (var variant in variants.Where(one => one.Place is null || one.Place == place))
        {
            var before = steps.FindLast(step => step.Day <= variant.Day).Reproduction;
            if (!steps.Exists(step => step.Day == variant.Day))
            {
                steps.Add(new ReproductionStep(variant.Day, before));
            }

            steps =
            [
                .. steps.OrderBy(step => step.Day).Select(step => step.Day < variant.Day
                    ? step
                    : step with { Reproduction = Math.Min(step.Reproduction * variant.Percent / 100, GrowthLimit) }),
            ];
        }

        return ReproductionPath.Piecewise([.. steps]);
    }

    // Returns whether the phase after the last drawn one grows.
    private static bool Draw(List<ReproductionStep> steps, SeededRandom random, bool grows, int from, int until)
    {
        for (var day = from; day < until; day += PhaseDaysMin + random.NextBelow(PhaseDaysMax - PhaseDaysMin))
        {
            var (low, high) = grows ? (GrowthMin, GrowthMax) : (ControlMin, ControlMax);
            steps.Add(new ReproductionStep(day, low + (random.NextDouble() * (high - low))));
            grows = !grows;
        }

        return grows;
    }
}

/// <summary>A change of how fast the disease spreads.</summary>
/// <param name="Day">From which day of the simulation, from 0.</param>
/// <param name="Place">Where; null for everywhere.</param>
/// <param name="Percent">What the reproduction number is multiplied by, in per cent.</param>
internal readonly record struct ExerciseVariant(int Day, TerritoryCode? Place, int Percent);
