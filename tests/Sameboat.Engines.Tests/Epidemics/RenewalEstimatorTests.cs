using System.Diagnostics;
using CsCheck;
using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class RenewalEstimatorTests
{
    private static readonly DateOnly First = new(2031, 1, 6);
    private static readonly TerritoryCode Kenya = TerritoryCode.Parse("KEN");
    private static readonly SerialInterval Interval = SerialInterval.ShiftedGamma(5.5, 2.8, 30);

    [Fact]
    public void Every_country_s_counts_give_finite_readings_within_seconds()
    {
        const double SecondsMax = 20;
        var interval = SerialInterval.ShiftedGamma(6.3, 4.2, 777);
        var places = JhuCounts.All(deaths: false);
        var estimator = ReproductionEstimators.Renewal(interval, RenewalSettings.Usual);
        var clock = Stopwatch.StartNew();

        var read = places.AsParallel().Select(series =>
        {
            var counts = series.Counts.Select(count => Math.Max(0.0, count ?? 0)).ToArray();
            return (Days: counts.Length, Readings: estimator.Read(counts, []));
        }).ToList();

        clock.Elapsed.TotalSeconds.ShouldBeLessThan(SecondsMax);
        TestContext.Current.SendDiagnosticMessage($"renewal: {clock.Elapsed.TotalSeconds:0.00} s");
        read.Count.ShouldBe(194);
        read.Sum(place => place.Readings.Length).ShouldBeGreaterThan(100_000);
        read.SelectMany(place => place.Readings).ShouldAllBe(reading => IsSound(reading));
    }

    [Fact]
    public void Whatever_is_counted_the_reading_is_finite() =>
        SeriesOf.Anything.Sample(
            series => RenewalEstimator.Estimate(
                [.. series.Counts.Select(count => Math.Max(0.0, count ?? 0))], [], Interval, RenewalSettings.Usual)
                .All(IsSound),
            iter: 300);

    [Theory]
    [InlineData("plain", 0.91, 0.98)]
    [InlineData("noisy infections", 0.91, 0.98)]
    [InlineData("noisy reports by weekday", 0.90, 0.985)]
    [InlineData("small", 0.91, 0.985)]
    public void Intervals_cover_the_truth_of_simulated_outbreaks(string kind, double least, double most)
    {
        var covered95 = 0;
        var covered50 = 0;
        var days = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var outbreak = Simulated(kind, seed);
            var counts = outbreak.Cases.Counts.Select(count => (double)count!.Value).ToArray();
            foreach (var reading in RenewalEstimator.Estimate(counts, [], Interval, RenewalSettings.Usual))
            {
                var day = reading.Estimate.WindowEnd;
                if (day < 15)
                {
                    continue;
                }

                var truth = outbreak.Reproduction[day - 1];
                days++;
                covered95 += truth >= reading.Estimate.Quantile025 && truth <= reading.Estimate.Quantile975 ? 1 : 0;
                covered50 += truth >= reading.Estimate.Quantile25 && truth <= reading.Estimate.Quantile75 ? 1 : 0;
            }
        }

        var line = $"{kind}: 95 % {covered95 / (double)days:0.000}, 50 % {covered50 / (double)days:0.000}, {days} days";
        TestContext.Current.SendDiagnosticMessage(line);
        (covered95 / (double)days).ShouldBeInRange(least, most, line);
        (covered50 / (double)days).ShouldBeInRange(0.40, 0.65, line);
    }

    [Fact]
    public void A_weekday_pattern_is_not_taken_for_waves()
    {
        double[] factors = [1.5, 1.2, 1.1, 1, 1, 0.8, 0.4];
        var counts = Enumerable.Range(0, 140).Select(day => Math.Round(1000 * factors[day % 7])).ToArray();

        var readings = RenewalEstimator.Estimate(counts, [], Interval, RenewalSettings.Usual);

        readings.Where(reading => reading.Estimate.WindowEnd > 30)
            .ShouldAllBe(reading => Math.Abs(reading.Estimate.Median - 1) < 0.05);
    }

    [Fact]
    public void Days_still_being_reported_do_not_bend_R_down()
    {
        double[] shares = [0.2, 0.5, 0.8];
        var counts = Enumerable.Repeat(1000.0, 100).ToArray();
        for (var back = 0; back < shares.Length; back++)
        {
            counts[^(back + 1)] *= shares[back];
        }

        var plain = RenewalEstimator.Estimate(counts, [], Interval, RenewalSettings.Usual)[^1].Estimate;
        var told = RenewalEstimator.Estimate(
            counts, [], Interval, RenewalSettings.Usual with { ReportedShares = [.. shares] })[^1].Estimate;

        told.Median.ShouldBe(1, 0.03);
        plain.Median.ShouldBeLessThan(0.9);
    }

    [Fact]
    public void Without_a_source_nothing_is_said()
    {
        RenewalEstimator.Estimate(new double[50], [], Interval, RenewalSettings.Usual).ShouldBeEmpty();
        RenewalEstimator.Estimate([3], [], Interval, RenewalSettings.Usual).ShouldBeEmpty();
        var oneCase = new double[40];
        oneCase[0] = 1;
        var readings = RenewalEstimator.Estimate(oneCase, [], Interval, RenewalSettings.Usual);
        readings.ShouldAllBe(reading => IsSound(reading));
        readings[^1].Estimate.Median.ShouldBeLessThan(1);
    }

    private static SimulatedOutbreak Simulated(string kind, ulong seed)
    {
        var scenario = new OutbreakScenario(First, 140, Interval);
        scenario = kind switch
        {
            "noisy infections" => scenario with { InfectionSize = 20 },
            "noisy reports by weekday" => scenario with
            {
                ReportingSize = 30, ReportedShare = 0.4, WeekdayFactors = [1.15, 1.2, 1.15, 1.1, 1.05, 0.75, 0.6],
            },
            _ => scenario,
        };
        var random = new SeededRandom(1000 + seed);
        var level = 0.2;
        var steps = new ReproductionStep[140];
        for (var day = 0; day < steps.Length; day++)
        {
            // Twelve uniform draws make a normal one; the walk is held near R of one.
            var draw = Enumerable.Range(0, 12).Sum(_ => random.NextDouble()) - 6;
            level = (0.98 * level) + (0.04 * draw);
            steps[day] = new ReproductionStep(day, Math.Exp(level));
        }

        var place = new SimulatedPlace(
            Kenya, 50_000_000, ReproductionPath.Piecewise(steps), kind == "small" ? 15 : 300);
        return OutbreakSimulator.Simulate(place, scenario, seed);
    }

    private static bool IsSound(ReproductionReading reading)
    {
        var e = reading.Estimate;
        double[] rising =
        [
            0, e.Quantile025, e.Quantile05, e.Quantile25, e.Median, e.Quantile75, e.Quantile95, e.Quantile975,
        ];
        return double.IsFinite(e.Mean) && double.IsFinite(e.StandardDeviation) && double.IsFinite(e.Quantile975)
            && rising.Zip(rising.Skip(1)).All(pair => pair.First <= pair.Second)
            && reading.ProbabilityAboveOne is >= 0 and <= 1
            && reading.DoublingTimeDays is null or (< 1001 and > -1001);
    }
}
