using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class OutbreakSimulatorTests
{
    private static readonly DateOnly First = new(2031, 1, 6);
    private static readonly SerialInterval Interval = SerialInterval.ShiftedGamma(5, 2.5, 30);
    private static readonly TerritoryCode Kenya = TerritoryCode.Parse("KEN");
    private static readonly TerritoryCode Uganda = TerritoryCode.Parse("UGA");

    [Fact]
    public void The_same_seed_gives_the_same_outbreak()
    {
        SimulatedPlace[] places = [new(Kenya, 50_000_000, null, 20), new(Uganda, 45_000_000)];
        var scenario = OutbreakScenario.Exercise(First, 150, Interval);
        var once = OutbreakSimulator.Simulate(places, scenario, 7);
        var again = OutbreakSimulator.Simulate(places, scenario, 7);
        var other = OutbreakSimulator.Simulate(places, scenario, 8);
        once[1].Cases.Counts.ShouldBe(again[1].Cases.Counts);
        once[0].Deaths.ShouldNotBeNull().Counts.ShouldBe(again[0].Deaths.ShouldNotBeNull().Counts);
        once[0].Cases.Counts.SequenceEqual(other[0].Cases.Counts).ShouldBeFalse();
    }

    [Fact]
    public void Travel_carries_the_outbreak_to_a_place_without_seeds()
    {
        SimulatedPlace[] places =
        [
            new(Kenya, 50_000_000, ReproductionPath.Constant(1.6), 50),
            new(Uganda, 45_000_000, ReproductionPath.Constant(1.6)),
        ];
        var scenario = OutbreakScenario.Exercise(First, 120, Interval);
        OutbreakSimulator.Simulate(places, scenario, 3)[1].Infections.Sum().ShouldBeGreaterThan(100);
        OutbreakSimulator.Simulate(places, scenario with { ExportedPerInfection = 0 }, 3)[1].Infections.Sum()
            .ShouldBe(0);
    }

    [Fact]
    public void Nobody_is_infected_twice()
    {
        var place = new SimulatedPlace(Kenya, 10_000, ReproductionPath.Constant(6), 100);
        var outbreak = OutbreakSimulator.Simulate(place, new OutbreakScenario(First, 200, Interval), 1);
        outbreak.Infections.Sum().ShouldBeInRange(9_000, 10_000);
        outbreak.Reproduction[^1].ShouldBeLessThan(1);
    }

    [Fact]
    public void Reports_keep_the_reported_share_and_the_weekday()
    {
        var scenario = new OutbreakScenario(First, 210, Interval)
        {
            ReportedShare = 0.5,
            WeekdayFactors = [1.5, 1, 1, 1, 1, 1, 0.5],
        };
        var outbreak = OutbreakSimulator.Simulate(
            new SimulatedPlace(Kenya, 1_000_000_000, ReproductionPath.Constant(1), 5_000), scenario, 5);
        ShareOn(_ => true).ShouldBe(0.5, 0.02);
        ShareOn(day => day % 7 == 0).ShouldBe(0.75, 0.03);
        ShareOn(day => day % 7 == 6).ShouldBe(0.25, 0.03);

        double ShareOn(Func<int, bool> counted)
        {
            var days = Enumerable.Range(0, scenario.Days).Where(counted).ToArray();
            return days.Sum(day => (double)outbreak.Cases.Counts[day]!) / days.Sum(day => outbreak.Infections[day]);
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(4)]
    [InlineData(80)]
    public void Counts_have_the_mean_and_variance_of_their_distribution(double size)
    {
        // A steady stream of imports without infection: every day's count is one draw.
        var scenario = new OutbreakScenario(First, 8_000, Interval)
        {
            ReportedShare = 0.5,
            ReportingSize = size,
        };
        var outbreak = OutbreakSimulator.Simulate(
            new SimulatedPlace(Kenya, 1_000_000_000_000, ReproductionPath.Constant(1), 2_000_000), scenario, 11);
        var scores = outbreak.Cases.Counts.Select((count, day) =>
        {
            var mean = outbreak.Infections[day] * 0.5;
            return (count!.Value - mean) / Math.Sqrt(mean + (mean * mean / size));
        }).Skip(1).Where(double.IsFinite).ToArray();
        scores.Average().ShouldBe(0, 0.06);
        scores.Select(score => score * score).Average().ShouldBe(1, 0.12);
    }

    [Fact]
    public void Coris_interval_covers_the_true_reproduction_number_as_often_as_it_says()
    {
        var path = ReproductionPath.Piecewise([new(0, 1.5), new(40, 0.8), new(80, 1.2)]);
        var scenario = new OutbreakScenario(First, 120, Interval);
        int covered = 0, total = 0;
        for (ulong seed = 0; seed < 200; seed++)
        {
            var outbreak = OutbreakSimulator.Simulate(
                new SimulatedPlace(Kenya, 1_000_000_000_000, path, 30), scenario, seed);
            var estimates = CoriEstimator.Estimate(
                [.. outbreak.Infections.Select(count => (double)count)], [], Interval, CoriSettings.Weekly);

            // Windows that lie apart, each inside one step of the path.
            foreach (var estimate in estimates.Where(e => e.WindowEnd is 20 or 30 or 40 or 60 or 75 or 95 or 115))
            {
                var truth = outbreak.Reproduction[estimate.WindowEnd - 4];
                covered += estimate.Quantile025 <= truth && truth <= estimate.Quantile975 ? 1 : 0;
                total++;
            }
        }

        total.ShouldBe(1_400);
        ((double)covered / total).ShouldBeInRange(0.93, 0.97);
    }

    [Fact]
    public void Two_hundred_places_for_half_a_year_have_cases_and_waves()
    {
        var places = Enumerable.Range(0, 200)
            .Select(index => new SimulatedPlace(Kenya, 5_000_000, null, index < 5 ? 20 : 0)).ToArray();
        var world = OutbreakSimulator.Simulate(places, OutbreakScenario.Exercise(First, 180, Interval), 2031);
        world.Count(place => place.Cases.Counts.Sum(count => count ?? 0) > 100).ShouldBeGreaterThan(150);
        world.ShouldAllBe(place => place.Infections.Sum() <= 5_000_000);
    }

    [Fact]
    public void A_path_out_of_order_and_a_scenario_out_of_range_are_refused()
    {
        Should.Throw<ArgumentException>(() => ReproductionPath.Piecewise([]));
        Should.Throw<ArgumentException>(() => ReproductionPath.Piecewise([new(1, 1)]));
        Should.Throw<ArgumentException>(() => ReproductionPath.Piecewise([new(0, 1), new(0, 2)]));
        Should.Throw<ArgumentException>(() => ReproductionPath.Constant(double.NaN));
        var place = new SimulatedPlace(Kenya, 0);
        Should.Throw<ArgumentException>(
            () => OutbreakSimulator.Simulate(place, new OutbreakScenario(First, 10, Interval), 1));
        Should.Throw<ArgumentException>(() => OutbreakSimulator.Simulate(
            new SimulatedPlace(Kenya, 10), new OutbreakScenario(First, 10, Interval) { ReportedShare = 2 }, 1));
    }
}
