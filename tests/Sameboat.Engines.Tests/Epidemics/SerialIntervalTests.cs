using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class SerialIntervalTests
{
    private const double Tolerance = 1e-13;

    [Theory]
    [InlineData("Flu2009", 2.6, 1.5)]
    [InlineData("SARS2003", 8.4, 3.8)]
    public void The_shifted_gamma_is_discretised_as_published(string outbreak, double mean, double sd)
    {
        var reference = ReferenceTable.Read($"epiestim/{outbreak}_discr_si.csv").Column("w");
        var weights = SerialInterval.ShiftedGamma(mean, sd, reference.Length - 1).Weights;
        weights.Length.ShouldBe(reference.Length);
        for (var day = 0; day < reference.Length; day++)
        {
            weights[day].ShouldBe(reference[day], Tolerance);
        }
    }

    [Theory]
    [InlineData(2.6, 1.5)]
    [InlineData(6.3, 4.2)]
    [InlineData(15.3, 9.3)]
    public void A_long_shifted_gamma_sums_to_one_and_keeps_its_mean(double mean, double sd)
    {
        var interval = SerialInterval.ShiftedGamma(mean, sd, 400);
        interval.Weights[0].ShouldBe(0);
        interval.Weights.Sum().ShouldBe(1, 1e-9);
        interval.MeanDays.ShouldBe(mean, 1e-6);
    }

    [Theory]
    [InlineData(1, 1, 10)]
    [InlineData(double.NaN, 1, 10)]
    [InlineData(5, 0, 10)]
    [InlineData(5, double.PositiveInfinity, 10)]
    [InlineData(5, 2, 0)]
    [InlineData(5, 2, SerialInterval.DaysMax + 1)]
    public void A_shifted_gamma_outside_its_range_is_refused(double mean, double sd, int days) =>
        Should.Throw<ArgumentOutOfRangeException>(() => SerialInterval.ShiftedGamma(mean, sd, days));

    [Fact]
    public void A_given_distribution_is_kept_as_given() =>
        SerialInterval.Given([0, 0.2, 0.5, 0.3]).Weights.ShouldBe([0, 0.2, 0.5, 0.3]);

    [Theory]
    [InlineData(0.1, 0.9)]
    [InlineData(0.0, 0.5)]
    [InlineData(0.0, 1.5, -0.5)]
    [InlineData(0.0, double.NaN)]
    [InlineData(0.0)]
    public void Weights_that_are_no_distribution_are_refused(params double[] weights) =>
        Should.Throw<ArgumentException>(() => SerialInterval.Given(weights));

    [Theory]
    [InlineData(0.05)]
    [InlineData(-0.08)]
    [InlineData(0.4)]
    public void Growth_and_reproduction_convert_into_each_other(double growth)
    {
        var interval = SerialInterval.ShiftedGamma(6.3, 4.2, 60);
        var weights = interval.Weights;
        double sum = 0;
        for (var day = 0; day < weights.Length; day++)
        {
            sum += weights[day] * Math.Exp(-growth * day);
        }

        interval.GrowthPerDay(weights.Sum() / sum).ShouldNotBeNull().ShouldBe(growth, 1e-9);
    }

    [Fact]
    public void A_reproduction_number_of_one_means_no_growth() =>
        SerialInterval.ShiftedGamma(6.3, 4.2, 60).GrowthPerDay(1).ShouldNotBeNull().ShouldBe(0, 1e-12);

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void No_growth_is_given_for_an_impossible_reproduction_number(double reproduction) =>
        SerialInterval.ShiftedGamma(6.3, 4.2, 60).GrowthPerDay(reproduction).ShouldBeNull();
}
