using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class AlertTests
{
    private const double BoundTolerance = 1e-9;

    [Theory]
    [InlineData("ff_delta")]
    [InlineData("ff_nb")]
    public void Farrington_s_bounds_and_alarms_are_the_published_program_s(string prefix)
    {
        var settings = prefix == "ff_delta" ? FarringtonSettings.Usual : FarringtonSettings.Improved;
        var readings = FarringtonDetector.Read(Series(), settings).ToDictionary(reading => reading.Time);
        ShouldMatch(prefix, readings);
    }

    [Theory]
    [InlineData("earsC1", EarsMethod.C1)]
    [InlineData("earsC2", EarsMethod.C2)]
    public void Ears_bounds_and_alarms_are_the_published_program_s(string prefix, EarsMethod method) =>
        ShouldMatch(prefix, EarsDetector.Read(Series(), method).ToDictionary(reading => reading.Time));

    [Fact]
    public void The_third_Ears_detector_adds_up_what_the_second_leaves()
    {
        double[] counts = [2, 4, 3, 2, 4, 3, 3, 2, 4, 3, 3, 5, 5, 5];
        var second = EarsDetector.Read(counts, EarsMethod.C2);
        var third = EarsDetector.Read(counts, EarsMethod.C3);

        second.ShouldAllBe(reading => !reading.IsAlarm);
        third[^1].IsAlarm.ShouldBeTrue();
        third[0].IsAlarm.ShouldBeFalse();
    }

    [Fact]
    public void A_series_of_zeros_raises_no_alarm_and_has_no_bound()
    {
        var zeros = new double[200];
        FarringtonDetector.Read(zeros, FarringtonSettings.Usual).ShouldAllBe(r => r.Upper == null && !r.IsAlarm);
        EarsDetector.Read(zeros, EarsMethod.C3).ShouldAllBe(r => r.Upper == 0 && !r.IsAlarm);
        EarsDetector.Read([1, 2, 3], EarsMethod.C1).ShouldBeEmpty();
        FarringtonDetector.Read(new double[100], FarringtonSettings.Usual).ShouldBeEmpty();
        Should.Throw<ArgumentException>(() => EarsDetector.Read([-1], EarsMethod.C1));
        Should.Throw<ArgumentException>(
            () => FarringtonDetector.Read([1], FarringtonSettings.Usual with { Years = 0 }));
    }

    [Fact]
    public void Counts_of_a_billion_stay_finite()
    {
        var counts = Enumerable.Range(0, 220).Select(week => week % 9 == 0 ? 0 : 1e9 + (week * 1e5)).ToArray();
        foreach (var settings in new[] { FarringtonSettings.Usual, FarringtonSettings.Improved })
        {
            FarringtonDetector.Read(counts, settings)
                .ShouldAllBe(r => r.Upper == null || double.IsFinite(r.Upper.Value));
        }
    }

    [Fact]
    public void Growth_is_told_after_seven_sure_days_and_not_in_a_level_series()
    {
        var interval = SerialInterval.ShiftedGamma(6.3, 4.2, 60);
        var rising = SeriesOf.Cases([.. Enumerable.Range(0, 60).Select(day =>
            (long?)(day < 30 ? 100 : (long)(100 * Math.Exp(0.06 * (day - 29)))))]);
        var readings = GrowthDetector.Read(rising, interval);

        readings.First(reading => reading.IsAlarm && reading.Time > 20).Time.ShouldBeInRange(37, 50);
        readings.Where(reading => reading.Time is > 22 and <= 36).ShouldAllBe(reading => !reading.IsAlarm);
    }

    [Fact]
    public void The_week_ahead_of_growth_is_the_median_of_the_forecast()
    {
        var interval = SerialInterval.ShiftedGamma(6.3, 4.2, 60);
        var rising = SeriesOf.Cases([.. Enumerable.Range(0, 60).Select(day =>
            (long?)(day < 30 ? 100 + (7 * (day % 5)) : (long)(100 * Math.Exp(0.06 * (day - 29)))))]);

        var told = GrowthDetector.Read(rising, interval).Where(reading => reading.Expected is not null).ToList();

        told.Count.ShouldBeGreaterThan(5);
        foreach (var reading in told)
        {
            var day = rising.First.AddDays(reading.Time - 1);
            var median = DampedGrowthForecaster.Forecast(Cleaning.Clean(rising.Until(day)), day, 1)
                .Weeks[0].Quantiles[ForecastQuantiles.Levels.Length / 2];
            reading.Expected!.Value.ShouldBe(median / 7, 1e-9 * median);
        }
    }

    private static double[] Series() =>
        ReferenceTable.Read("farrington/salmonella_agona_series.csv").Column("observed");

    private static void ShouldMatch(string prefix, Dictionary<int, AlertReading> readings)
    {
        var reference = ReferenceTable.Read("farrington/salmonella_agona_alarms.csv");
        for (var row = 0; row < reference.Count; row++)
        {
            var reading = readings[(int)reference.Number(row, 0)!.Value];
            var upper = reference.Text(row, $"{prefix}_upper");
            reading.IsAlarm.ShouldBe(reference.Text(row, $"{prefix}_alarm") == "1", $"week {reading.Time}");
            if (upper == "NA")
            {
                reading.Upper.ShouldBeNull();
                continue;
            }

            var expected = double.Parse(upper, System.Globalization.CultureInfo.InvariantCulture);
            reading.Upper.ShouldNotBeNull().ShouldBe(
                expected, Math.Max(1e-9, BoundTolerance * expected), $"week {reading.Time}");
        }
    }
}
