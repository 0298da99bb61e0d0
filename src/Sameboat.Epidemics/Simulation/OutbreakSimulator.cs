using System.Collections.Immutable;
using Sameboat.Epidemics.Numerics;

namespace Sameboat.Epidemics;

/// <summary>
/// Outbreaks with a known course, for exercises and for testing estimators: the same seed, the same counts.
/// </summary>
/// <remarks>
/// New infections on day t are negative binomial with mean R(t) S(t)/N Σ_{s≥1} I(t−s) w(s) (Fraser 2007,
/// 10.1371/journal.pone.0000758), never more than the susceptible S; imported infections are Poisson. Reports are
/// negative binomial about the reported share of that day's infections times the weekday's factor.
/// </remarks>
public static class OutbreakSimulator
{
    /// <summary>Most places in one simulation.</summary>
    public const int PlacesMax = 10_000;

    /// <summary>One place by itself.</summary>
    /// <exception cref="ArgumentException">A number of the place or the scenario outside its range.</exception>
    public static SimulatedOutbreak Simulate(SimulatedPlace place, OutbreakScenario scenario, ulong seed) =>
        Simulate([place], scenario, seed)[0];

    /// <summary>Many places day by day, linked by travel; one result for each place, in order.</summary>
    /// <param name="places">
    /// At most <see cref="PlacesMax"/>. A place's draws depend on its position and the seed.
    /// </param>
    /// <param name="scenario">The disease, the days and the reporting.</param>
    /// <param name="seed">Any number.</param>
    /// <exception cref="ArgumentException">A number of a place or the scenario outside its range.</exception>
    public static ImmutableArray<SimulatedOutbreak> Simulate(
        IReadOnlyList<SimulatedPlace> places, OutbreakScenario scenario, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(places);
        ArgumentNullException.ThrowIfNull(scenario);
        Check(places, scenario);
        var random = new SeededRandom(seed);
        var courses = places
            .Select(place => new Course(place, scenario, new SeededRandom(random.NextBits()))).ToArray();
        var population = places.Sum(place => (double)place.Population);
        for (var day = 0; day < scenario.Days; day++)
        {
            var travelling = 0.0;
            foreach (var course in courses)
            {
                travelling += scenario.ExportedPerInfection * course.InfectionsOn(day - 1);
            }

            foreach (var course in courses)
            {
                // A place does not import from itself.
                var abroad = travelling - (scenario.ExportedPerInfection * course.InfectionsOn(day - 1));
                course.Live(day, Math.Max(0, abroad) * course.Population / population);
            }
        }

        return [.. courses.Select(course => course.Report())];
    }

    private static void Check(IReadOnlyList<SimulatedPlace> places, OutbreakScenario scenario)
    {
        Require(places.Count <= PlacesMax, $"A simulation has at most {PlacesMax} places.");
        Require(scenario.Days is >= 1 and <= CountSeries.DaysMax, $"Days are from 1 to {CountSeries.DaysMax}.");
        Require(scenario.InfectionSize > 0 && scenario.ReportingSize > 0, "A negative binomial size is above zero.");
        Require(scenario.ReportedShare is >= 0 and <= 1, "The reported share is from 0 to 1.");
        Require(scenario.FatalShare is >= 0 and <= 1, "The fatal share is from 0 to 1.");
        Require(
            scenario.ExportedPerInfection >= 0 && double.IsFinite(scenario.ExportedPerInfection),
            "Exported infections are at least zero.");
        Require(
            scenario.WeekdayFactors.Length == Weeks.Days
                && scenario.WeekdayFactors.All(factor => factor >= 0 && double.IsFinite(factor)),
            "Weekday factors are seven numbers of at least zero.");
        Require(
            places.All(place => place.Population >= 1 && place.SeedInfections >= 0),
            "A place has at least one person, and no fewer than zero seeds.");
    }

    private static void Require(bool holds, string rule)
    {
        if (!holds)
        {
            throw new ArgumentException(rule);
        }
    }

    /// <summary>One place while the days pass.</summary>
    private sealed class Course(SimulatedPlace place, OutbreakScenario scenario, SeededRandom random)
    {
        private readonly ReproductionPath _path = place.Path ?? ReproductionPath.Waves(random, scenario.Days);
        private readonly double[] _reproduction = new double[scenario.Days];
        private readonly long[] _infections = new long[scenario.Days];
        private readonly long[] _imported = new long[scenario.Days];
        private long _susceptible = place.Population;

        public double Population => place.Population;

        public long InfectionsOn(int day) => day < 0 ? 0 : _infections[day];

        public void Live(int day, double importedMean)
        {
            var susceptiblePart = _susceptible / Population;
            _reproduction[day] = _path.On(day) * susceptiblePart;
            var arriving = RandomDraws.Poisson(random, importedMean * susceptiblePart);
            arriving += day == 0 ? place.SeedInfections : 0;
            _imported[day] = Math.Min(_susceptible, arriving);
            var pressure = Convolution(scenario.SerialInterval, day);
            var local = RandomDraws.NegativeBinomial(random, _reproduction[day] * pressure, scenario.InfectionSize);
            _infections[day] = _imported[day] + Math.Min(_susceptible - _imported[day], local);
            _susceptible -= _infections[day];
        }

        public SimulatedOutbreak Report()
        {
            var cases = new long?[scenario.Days];
            var deaths = new long?[scenario.Days];
            var plain = scenario.ReportedShare == 1 && scenario.WeekdayFactors.All(factor => factor == 1);
            for (var day = 0; day < scenario.Days; day++)
            {
                var date = scenario.First.AddDays(day);
                var factor = scenario.WeekdayFactors[date.DayNumber - Weeks.MondayOf(date).DayNumber];
                cases[day] = plain
                    ? _infections[day]
                    : Reported(_infections[day] * scenario.ReportedShare * factor);
                deaths[day] = scenario.DeathDelay is { } delay
                    ? Reported(Convolution(delay, day) * scenario.FatalShare * factor)
                    : null;
            }

            return new SimulatedOutbreak(
                place.Place,
                [.. _reproduction],
                [.. _infections],
                [.. _imported],
                new CountSeries(place.Place, Indicator.Cases, scenario.First, [.. cases]),
                scenario.DeathDelay is null
                    ? null
                    : new CountSeries(place.Place, Indicator.Deaths, scenario.First, [.. deaths]));
        }

        private long Reported(double mean) => RandomDraws.NegativeBinomial(random, mean, scenario.ReportingSize);

        private double Convolution(SerialInterval delay, int day)
        {
            var weights = delay.Support.AsSpan();
            var sum = 0.0;
            for (var lag = 1; lag <= Math.Min(day, weights.Length - 1); lag++)
            {
                sum += _infections[day - lag] * weights[lag];
            }

            return sum;
        }
    }
}
