using CsCheck;
using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class CoriEstimatorTests
{
    private const double MomentTolerance = 1e-12;
    private const double QuantileTolerance = 1e-12;

    public static TheoryData<string, string, int, double, double> Published()
    {
        TheoryData<string, string, int, double, double> rows = [];
        foreach (var outbreak in new[] { "Flu2009", "SARS2003" })
        {
            foreach (var days in new[] { 1, 7, 14 })
            {
                rows.Add(outbreak, $"parametric_w{days}", days, 5, 5);
                rows.Add(outbreak, $"nonparametric_w{days}", days, 5, 5);
            }

            rows.Add(outbreak, "parametric_w7_prior2_1", 7, 2, 1);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void The_posterior_is_that_of_the_published_analysis(
        string outbreak, string analysis, int windowDays, double priorMean, double priorSd)
    {
        var counts = ReferenceTable.Read($"epiestim/{outbreak}_incidence.csv").Column("I");
        var interval = analysis.StartsWith("non", StringComparison.Ordinal)
            ? SerialInterval.Given(ReferenceTable.Read($"epiestim/{outbreak}_si_distr.csv").Column("w"))
            : outbreak == "Flu2009"
                ? SerialInterval.ShiftedGamma(2.6, 1.5, counts.Length - 1)
                : SerialInterval.ShiftedGamma(8.4, 3.8, counts.Length - 1);
        var estimates = CoriEstimator.Estimate(
            counts, [], interval, new CoriSettings(windowDays, priorMean, priorSd));
        ShouldMatch(ReferenceTable.Read($"epiestim/{outbreak}_{analysis}.csv"), estimates, int.MaxValue);
    }

    [Fact]
    public void Imported_cases_infect_but_are_not_explained()
    {
        var counts = ReferenceTable.Read("epiestim/mers_2014_15_incidence.csv");
        var local = counts.Column("local");
        var estimates = CoriEstimator.Estimate(
            local, counts.Column("imported"), SerialInterval.ShiftedGamma(6.8, 4.1, local.Length - 1),
            CoriSettings.Weekly);
        ShouldMatch(
            ReferenceTable.Read("epiestim/mers_2014_15_parametric_w7_imported.csv"), estimates, int.MaxValue);
    }

    [Fact]
    public void Two_years_of_German_counts_give_the_published_rows()
    {
        var counts = JhuCounts.Read("DEU", deaths: false).Counts
            .Select(count => Math.Max(0.0, count ?? 0)).ToArray();
        var estimates = CoriEstimator.Estimate(
            counts, [], SerialInterval.ShiftedGamma(6.3, 4.2, 999), CoriSettings.Weekly);
        ShouldMatch(
            ReferenceTable.Read("epiestim/DEU_covid_1000d_parametric_w7_mean6.3_sd4.2.csv"),
            estimates,
            counts.Length);
    }

    [Fact]
    public void Gamma_quantiles_are_those_of_the_reference_grid()
    {
        // Without cases the posterior is the prior, and a prior of mean a and variance a is a gamma of shape a.
        var grid = ReferenceTable.Read("epiestim/qgamma_grid.csv");
        var compared = 0;
        for (var row = 0; row < grid.Count; row++)
        {
            var level = CoriEstimator.Levels.IndexOf(grid.Number(row, 0)!.Value);
            if (level < 0)
            {
                continue;
            }

            var shape = grid.Number(row, 1)!.Value;
            var prior = new CoriSettings(1, shape, Math.Sqrt(shape));
            var estimate = CoriEstimator.Estimate([0, 0], [], SerialInterval.Given([0, 1]), prior)[0];
            (QuantilesOf(estimate)[level] / grid.Number(row, 3)!.Value).ShouldBe(1, QuantileTolerance);
            compared++;
        }

        compared.ShouldBeGreaterThan(60);
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(23.999)]
    [InlineData(24)]
    [InlineData(19_999)]
    [InlineData(20_000)]
    [InlineData(3e6)]
    public void The_probability_above_one_agrees_with_the_quantiles(double shape) =>
        TailMismatch(shape).ShouldBeLessThan(1e-10);

    [Fact]
    public void The_probability_above_one_agrees_with_the_quantiles_of_every_shape() =>
        Gen.Double[-2, 7].Sample(power => TailMismatch(Math.Pow(10, power)) < 1e-10);

    [Fact]
    public void Zeros_give_back_the_prior()
    {
        var estimates = CoriEstimator.Estimate(
            new double[30], [], SerialInterval.ShiftedGamma(5, 2, 29), CoriSettings.Weekly);
        estimates.ShouldNotBeEmpty();
        estimates.ShouldAllBe(estimate => estimate.Mean == 5 && estimate.StandardDeviation == 5);
    }

    [Fact]
    public void Windows_that_end_within_the_mean_serial_interval_are_left_out()
    {
        var estimates = CoriEstimator.Estimate(
            new double[30], [], SerialInterval.ShiftedGamma(12.5, 3, 29), new CoriSettings(1));
        estimates[0].WindowEnd.ShouldBe(13);
        estimates[^1].WindowEnd.ShouldBe(30);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void A_series_not_longer_than_its_window_has_no_estimate(int days) =>
        CoriEstimator.Estimate(new double[days], [], SerialInterval.Given([0, 1]), CoriSettings.Weekly)
            .ShouldBeEmpty();

    [Fact]
    public void A_count_that_is_negative_or_no_number_is_refused()
    {
        var interval = SerialInterval.Given([0, 1]);
        Should.Throw<ArgumentException>(() => CoriEstimator.Estimate([1, -1], [], interval, CoriSettings.Weekly));
        Should.Throw<ArgumentException>(
            () => CoriEstimator.Estimate([1, 1], [0, double.NaN], interval, CoriSettings.Weekly));
        Should.Throw<ArgumentException>(() => CoriEstimator.Estimate([1, 1], [0], interval, CoriSettings.Weekly));
        Should.Throw<ArgumentException>(() => CoriEstimator.Estimate([1], [], interval, new CoriSettings(0)));
        Should.Throw<ArgumentException>(() => CoriEstimator.Estimate([1], [], interval, new CoriSettings(7, 1, 11)));
    }

    /// <summary>
    /// With R measured in units of a quantile, the probability above one is that above the quantile: the largest
    /// difference.
    /// </summary>
    private static double TailMismatch(double shape)
    {
        var prior = new CoriSettings(1, shape, Math.Sqrt(shape));
        var estimate = CoriEstimator.Estimate([0, 0], [], SerialInterval.Given([0, 1]), prior)[0];
        var quantiles = QuantilesOf(estimate);
        return CoriEstimator.Levels.Select((level, index) =>
        {
            var scaled = estimate with
            {
                Mean = estimate.Mean / quantiles[index],
                StandardDeviation = estimate.StandardDeviation / quantiles[index],
            };
            return Math.Abs(CoriEstimator.ProbabilityAboveOne(scaled) - (1 - level));
        }).Max();
    }

    private static double[] QuantilesOf(ReproductionEstimate e) =>
    [
        e.Quantile025, e.Quantile05, e.Quantile25, e.Median, e.Quantile75, e.Quantile95, e.Quantile975,
    ];

    private static void ShouldMatch(
        ReferenceTable reference, IReadOnlyList<ReproductionEstimate> estimates, int lastDay)
    {
        var next = 0;
        for (var row = 0; row < reference.Count && reference.Number(row, 1) <= lastDay; row++)
        {
            // The older release writes NA where the newer leaves the row out.
            if (reference.Number(row, 2) is not { } mean)
            {
                continue;
            }

            var estimate = estimates[next++];
            estimate.WindowStart.ShouldBe((int)reference.Number(row, 0)!.Value);
            estimate.WindowEnd.ShouldBe((int)reference.Number(row, 1)!.Value);
            (estimate.Mean / mean).ShouldBe(1, MomentTolerance);
            (estimate.StandardDeviation / reference.Number(row, 3)!.Value).ShouldBe(1, MomentTolerance);
            var quantiles = QuantilesOf(estimate);
            for (var level = 0; level < quantiles.Length; level++)
            {
                (quantiles[level] / reference.Number(row, 4 + level)!.Value).ShouldBe(1, QuantileTolerance);
            }
        }

        next.ShouldBe(estimates.Count);
    }
}
