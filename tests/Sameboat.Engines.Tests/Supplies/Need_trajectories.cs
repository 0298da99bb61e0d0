using System.Collections.Immutable;
using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Supplies;

/// <summary>Quantiles over many runs of cases against the plain estimate of each run.</summary>
public sealed class Need_trajectories
{
    private const int Draws = 60;
    private const int HistoryWeeks = 5;

    private static readonly DateOnly Start = new(2022, 1, 3);
    private static readonly double[] Levels = [0.05, 0.5, 0.9, 1];

    [Theory]
    [InlineData("covid-19", "ETH", 3000, 0, 0, false)]
    [InlineData("covid-19", "ETH", 300_000, 0, 0, false)]
    [InlineData("covid-19", "DEU", 40_000, 2, 0.1, true)]
    [InlineData("covid-19", "TUV", 20, 3, 0.05, true)]
    [InlineData("exercise-fever", "KEN", 9000, 1, 0.2, true)]
    public void Quantiles_are_those_of_the_estimates_of_each_draw(
        string disease, string code, double level, int lead, double waste, bool stock)
    {
        var pack = DiseasePacks.Carried(disease);
        var place = pack.CapacityOf(TerritoryCode.Parse(code), 0);
        var settings = new NeedSettings(Start, 8)
        {
            LeadTimeWeeks = lead,
            WastageShare = waste,
            VaccineCoverage = 0.3,
            Testing = stock ? TestingStrategy.Targeted : TestingStrategy.All,
            Stock = stock
                ? pack.Items.Take(30).ToImmutableDictionary(item => item.Code, _ => 2500L)
                : ImmutableDictionary<ItemCode, long>.Empty,
            RateFactors = ImmutableDictionary<ItemCode, double>.Empty.Add(ItemCode.Parse("gown"), 1.25),
        };
        var draws = DrawsOf(level, settings.Weeks + lead, seed: 7);
        var quantiles = NeedTrajectories.Quantiles(pack, place, draws, settings, Levels);

        var byItem = pack.Items.ToDictionary(item => item.Code, _ => new List<long>());
        for (var draw = 0; draw < draws.Count; draw++)
        {
            var cases = new WeeklyCases(draws.FirstDay, [.. draws.History, .. draws[draw].ToArray()]);
            var lines = NeedEstimator.Estimate(pack, place, cases, settings).Lines.ToDictionary(one => one.Item);
            foreach (var item in pack.Items)
            {
                byItem[item.Code].Add(lines.TryGetValue(item.Code, out var line) ? line.Quantity : 0);
            }
        }

        quantiles.Length.ShouldBe(pack.Items.Length);
        foreach (var one in quantiles)
        {
            var sorted = byItem[one.Item].Order().ToArray();
            for (var at = 0; at < Levels.Length; at++)
            {
                // One unit of rounding may fall either way where an amount lies on a whole number.
                Math.Abs(one.Quantities[at] - sorted[(int)Math.Ceiling(Levels[at] * Draws) - 1])
                    .ShouldBeLessThanOrEqualTo(1, $"{one.Item} at {Levels[at]}: {one.Quantities[at]}");
            }
        }

        quantiles.Count(one => one.Quantities[0] < one.Quantities[^1]).ShouldBeGreaterThan(8);
    }

    [Fact]
    public void Where_the_cap_binds_in_every_draw_the_quantiles_meet()
    {
        var pack = DiseasePacks.Carried("covid-19");
        var place = pack.CapacityOf(TerritoryCode.Parse("ETH"), 0);
        var swabs = NeedTrajectories.Quantiles(pack, place, DrawsOf(300_000, 8, seed: 3), new NeedSettings(Start, 8),
            Levels, item => item.Code.ToString() == "swab-and-transport-medium").ShouldHaveSingleItem();
        swabs.Quantities.Distinct().ShouldHaveSingleItem().ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Draws_or_levels_that_do_not_fit_are_refused()
    {
        var pack = DiseasePacks.Carried("exercise-fever");
        var place = pack.CapacityOf(TerritoryCode.Parse("KEN"), 0);
        void Run(CaseDraws draws, NeedSettings settings, params double[] levels) =>
            NeedTrajectories.Quantiles(pack, place, draws, settings, levels);
        var draws = DrawsOf(100, 4, seed: 1);
        Should.Throw<ArgumentException>(() => Run(draws, new NeedSettings(Start, 5), 0.5));
        Should.Throw<ArgumentException>(() => Run(draws, new NeedSettings(Start.AddDays(7), 2), 0.5));
        Should.Throw<ArgumentException>(() => Run(draws, new NeedSettings(Start, 4), 0));
        Should.Throw<ArgumentException>(() => Run(draws, new NeedSettings(Start, 4) { Mode = NeedMode.Parity }, 0.5));
        Should.Throw<ArgumentException>(() => new CaseDraws(Start, [], 3, [1, 2, 3, 4]));
        Should.Throw<ArgumentException>(() => new CaseDraws(Start, [], 2, [1, double.NaN]));
    }

    private static CaseDraws DrawsOf(double level, int weeks, ulong seed)
    {
        var random = new SeededRandom(seed);
        var history = Enumerable.Range(0, HistoryWeeks).Select(week => level * (0.6 + (0.1 * week)));
        var cases = new double[Draws * weeks];
        for (var draw = 0; draw < Draws; draw++)
        {
            var growth = 0.7 + (0.7 * random.NextDouble());
            var now = level;
            for (var week = 0; week < weeks; week++)
            {
                now *= growth * (0.9 + (0.2 * random.NextDouble()));
                cases[(draw * weeks) + week] = Math.Round(now);
            }
        }

        return new CaseDraws(
            Start.AddDays(-Weeks.Days * HistoryWeeks), [.. history.Select(one => Math.Round(one))], weeks, cases);
    }
}
