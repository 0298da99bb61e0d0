using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

/// <summary>The growth alarm worked out again, slowly, from the public parts that its definition names.</summary>
public sealed class GrowthAlarmProofTests
{
    private static readonly SerialInterval Interval = SerialInterval.ShiftedGamma(6.3, 4.2, GrowthDetector.HistoryDays);

    [Fact]
    public void Alarms_on_simulated_places_are_those_worked_out_from_the_parts()
    {
        foreach (var place in LinkedPlaces.Simulate(3, 200))
        {
            ShouldMatch(place.Cases);
        }
    }

    [Theory]
    [InlineData("KEN")]
    [InlineData("NPL")]
    [InlineData("ITA")]
    public void Alarms_on_real_counts_are_those_worked_out_from_the_parts(string place)
    {
        var series = JhuCounts.Read(place, deaths: false);
        ShouldMatch(series with { Counts = series.Counts[..350] });
    }

    private static void ShouldMatch(CountSeries series)
    {
        var alarms = GrowthDetector.Read(series, Interval)
            .Where(reading => reading.IsAlarm).Select(reading => reading.Time).ToList();
        alarms.Count.ShouldBeInRange(1, series.Counts.Length - 50);
        alarms.ShouldBe(Worked(series));
    }

    private static List<int> Worked(CountSeries series)
    {
        List<int> alarms = [];
        var sure = 0;
        for (var days = 1; days <= series.Counts.Length; days++)
        {
            var from = Math.Max(0, days - GrowthDetector.HistoryDays);
            var known = Cleaning.Clean(series with
            {
                First = series.First.AddDays(from), Counts = series.Counts[from..days],
            });
            var week = known.Counts.TakeLast(7).Sum();
            var last = CoriEstimator.Estimate(known.Counts.AsSpan(), [], Interval, CoriSettings.Weekly)
                .SingleOrDefault(estimate => estimate.WindowEnd == days - from);
            sure = last is not null && week >= Assessor.CasesMin
                && CoriEstimator.ProbabilityAboveOne(last) >= Assessor.GrowingFrom ? sure + 1 : 0;
            if (sure >= GrowthDetector.DaysInARow
                && DampedGrowthForecaster.Forecast(known, known.Reported.Last, 1).Weeks[0].Median > week)
            {
                alarms.Add(days);
            }
        }

        return alarms;
    }
}
