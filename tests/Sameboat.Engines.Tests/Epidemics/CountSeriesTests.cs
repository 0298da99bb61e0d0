using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class CountSeriesTests
{
    [Fact]
    public void A_day_not_reported_is_not_zero()
    {
        var series = SeriesOf.Cases(0, null);
        series.Counts[0].ShouldBe(0);
        series.Counts[1].ShouldBeNull();
    }

    [Fact]
    public void Until_drops_the_days_after()
    {
        var series = SeriesOf.Cases(1, 2, 3, 4);
        series.Until(SeriesOf.First.AddDays(1)).Counts.ShouldBe([1, 2]);
        series.Until(SeriesOf.First.AddDays(1)).Last.ShouldBe(SeriesOf.First.AddDays(1));
        series.Until(SeriesOf.First.AddDays(30)).ShouldBe(series);
        series.Until(SeriesOf.First.AddDays(-1)).Counts.ShouldBeEmpty();
        series.Until(DateOnly.MinValue).Counts.ShouldBeEmpty();
    }

    [Fact]
    public void No_counts_at_all_are_no_days()
    {
        var series = new CountSeries(TerritoryCode.Parse("KEN"), Indicator.Cases, SeriesOf.First, default);
        series.Counts.IsDefault.ShouldBeFalse();
        series.Last.ShouldBe(SeriesOf.First.AddDays(-1));
    }

    [Fact]
    public void A_series_of_too_many_days_is_refused() =>
        Should.Throw<ArgumentException>(() => SeriesOf.Cases(new long?[CountSeries.DaysMax + 1]));
}
