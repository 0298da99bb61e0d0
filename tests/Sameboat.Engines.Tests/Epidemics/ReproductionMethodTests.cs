using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class ReproductionMethodTests
{
    private static readonly UncertainSerialInterval Flu =
        new(new UncertainDays(2.6, 1, 1.1, 4.2), new UncertainDays(1.5, 0.5, 0.5, 2.5));

    private static readonly UncertainSerialInterval Sars =
        new(new UncertainDays(8.4, 1, 6.4, 10.4), new UncertainDays(3.8, 0.5, 2.8, 4.8));

    [Theory]
    [InlineData("Flu2009")]
    [InlineData("SARS2003")]
    public void An_uncertain_serial_interval_gives_what_two_thousand_draws_give(string outbreak)
    {
        const double MeanTolerance = 0.01;
        const double QuantileTolerance = 0.02;
        var counts = ReferenceTable.Read($"epiestim/{outbreak}_incidence.csv").Column("I");
        var reference = ReferenceTable.Read($"epiestim/{outbreak}_uncertain_si_w7_n1_2000_n2_200.csv");

        var readings = UncertainCoriEstimator.Estimate(
            counts, [], outbreak == "Flu2009" ? Flu : Sars, CoriSettings.Weekly);

        readings.Length.ShouldBe(reference.Count);
        for (var row = 0; row < readings.Length; row++)
        {
            var estimate = readings[row].Estimate;
            estimate.WindowEnd.ShouldBe((int)reference.Number(row, 1)!.Value);
            (estimate.Mean / reference.Number(row, 2)!.Value).ShouldBe(1, MeanTolerance);
            double[] quantiles = QuantilesOf(estimate);
            for (var level = 0; level < quantiles.Length; level++)
            {
                (quantiles[level] / reference.Number(row, 4 + level)!.Value).ShouldBe(
                    1, QuantileTolerance, $"row {row} level {level}");
            }
        }
    }

    [Fact]
    public void An_interval_known_exactly_is_Cori_s()
    {
        var counts = ReferenceTable.Read("epiestim/SARS2003_incidence.csv").Column("I");
        var known = new UncertainSerialInterval(
            new UncertainDays(8.4, 0, 8.4, 8.4), new UncertainDays(3.8, 0, 3.8, 3.8));
        var expected = CoriEstimator.Estimate(
            counts, [], SerialInterval.ShiftedGamma(8.4, 3.8, counts.Length - 1), CoriSettings.Weekly);

        var readings = UncertainCoriEstimator.Estimate(counts, [], known, CoriSettings.Weekly);

        readings.Length.ShouldBe(expected.Length);
        foreach (var (reading, cori) in readings.Zip(expected))
        {
            (reading.Estimate.Mean / cori.Mean).ShouldBe(1, 1e-10);
            (reading.Estimate.StandardDeviation / cori.StandardDeviation).ShouldBe(1, 1e-10);
            (reading.Estimate.Quantile975 / cori.Quantile975).ShouldBe(1, 1e-5);
            reading.ProbabilityAboveOne.ShouldBe(CoriEstimator.ProbabilityAboveOne(cori), 1e-5);
        }
    }

    [Theory]
    [InlineData("Flu2009", 2.6, 1.5)]
    [InlineData("SARS2003", 8.4, 3.8)]
    public void Weekly_totals_are_made_daily_as_published(string outbreak, double meanSi, double sdSi)
    {
        const double Tolerance = 1e-9;
        var totals = ReferenceTable.Read($"epiestim/{outbreak}_weekly_incidence.csv").Column("I");
        var expected = ReferenceTable.Read($"epiestim/{outbreak}_weekly_agg_v3_reconstructed.csv")
            .Column("I_reconstructed");
        var reference = ReferenceTable.Read($"epiestim/{outbreak}_weekly_agg_v3.csv");
        var interval = SerialInterval.ShiftedGamma(meanSi, sdSi, expected.Length);

        var daily = AggregatedIncidence.Daily(totals, 7, interval, CoriSettings.Weekly);
        var readings = AggregatedIncidence.Estimate(totals, 7, interval, CoriSettings.Weekly);

        daily.Length.ShouldBe(expected.Length);
        daily.Zip(expected, (ours, theirs) => Math.Abs((ours / theirs) - 1)).Max().ShouldBeLessThan(Tolerance);
        readings.Length.ShouldBe(reference.Count);
        for (var row = 0; row < readings.Length; row++)
        {
            readings[row].Estimate.WindowStart.ShouldBe((int)reference.Number(row, 0)!.Value);
            (readings[row].Estimate.Mean / reference.Number(row, 2)!.Value).ShouldBe(1, Tolerance);
            (readings[row].Estimate.Quantile975 / reference.Number(row, 10)!.Value).ShouldBe(1, Tolerance);
        }
    }

    [Theory]
    [InlineData("Flu2009")]
    [InlineData("SARS2003")]
    public void Cohort_R_has_the_published_mean_and_the_spread_of_its_simulations(string outbreak)
    {
        const double MeanTolerance = 1e-12;

        // Two hundred simulations tell a standard deviation to a twentieth.
        const double SpreadTolerance = 0.2;
        var counts = ReferenceTable.Read($"epiestim/{outbreak}_incidence.csv").Column("I");
        var interval = SerialInterval.Given(ReferenceTable.Read($"epiestim/{outbreak}_si_distr.csv").Column("w"));
        var reference = ReferenceTable.Read($"epiestim/{outbreak}_wallinga_teunis_w7.csv");

        var readings = CohortEstimator.Estimate(counts, [], interval, 7);

        readings.Length.ShouldBe(reference.Count);
        double ratios = 0, off = 0;
        for (var row = 0; row < readings.Length; row++)
        {
            var estimate = readings[row].Estimate;
            var sd = reference.Number(row, 3)!.Value;
            estimate.WindowEnd.ShouldBe((int)reference.Number(row, 1)!.Value);
            estimate.Mean.ShouldBe(reference.Number(row, 2)!.Value, MeanTolerance);
            (estimate.StandardDeviation / sd).ShouldBe(1, SpreadTolerance);
            ratios += estimate.StandardDeviation / sd / readings.Length;

            // A quantile of whole persons from two hundred draws may be one person off, and half a deviation.
            var cases = counts[(estimate.WindowStart - 1)..estimate.WindowEnd].Sum();
            var allowed = (1 / cases) + (0.5 * sd);
            off = Math.Max(off, Math.Abs(estimate.Quantile025 - reference.Number(row, 4)!.Value) / allowed);
            off = Math.Max(off, Math.Abs(estimate.Quantile975 - reference.Number(row, 5)!.Value) / allowed);
        }

        ratios.ShouldBe(1, 0.01);
        off.ShouldBeLessThan(1);
    }

    [Fact]
    public void Cohort_quantiles_join_where_exact_sums_end()
    {
        // The same outbreak at ten times the size is beyond the exact sum; relative spread falls by the root.
        double[] counts = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120];
        var interval = SerialInterval.Given([0, 0.3, 0.4, 0.3]);
        var small = CohortEstimator.Estimate(counts, [], interval, 3)[4].Estimate;
        var large = CohortEstimator.Estimate([.. counts.Select(count => 10 * count)], [], interval, 3)[4].Estimate;

        large.Mean.ShouldBe(small.Mean, 1e-12);
        var (near, far) = (small.Quantile975 - small.Mean, large.Quantile975 - large.Mean);
        (near / far).ShouldBe(Math.Sqrt(10), 0.15);
    }

    [Theory]
    [InlineData("Flu2009")]
    [InlineData("SARS2003")]
    public void The_published_grid_filter_is_reproduced(string outbreak)
    {
        const double Tolerance = 1e-9;
        var reference = ReferenceTable.Read($"epifilter/{outbreak}_m200_eta0.1.csv");

        var run = PublishedGridFilter.Run(reference.Column("I"), reference.Column("lambda"), 200, 0.1);

        var (filtered, smoothed) = run.ShouldNotBeNull();
        string[] parts = ["mean", "med", "q025", "q25", "q75", "q975"];
        foreach (var (prefix, readings) in new[] { ("filt", filtered), ("smooth", smoothed) })
        {
            var columns = parts.Select(part => reference.Column($"{prefix}_{part}")).ToArray();
            for (var day = 0; day < readings.Length; day++)
            {
                var r = readings[day];
                double[] ours = [r.Mean, r.Median, r.Quantile025, r.Quantile25, r.Quantile75, r.Quantile975];
                for (var part = 0; part < parts.Length; part++)
                {
                    ours[part].ShouldBe(columns[part][day], Tolerance, $"{prefix}_{parts[part]} day {day + 1}");
                }
            }
        }
    }

    private static double[] QuantilesOf(ReproductionEstimate e) =>
    [
        e.Quantile025, e.Quantile05, e.Quantile25, e.Median, e.Quantile75, e.Quantile95, e.Quantile975,
    ];
}
