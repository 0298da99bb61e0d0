using System.Collections.Immutable;
using CsCheck;
using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class AssessorTests
{
    private static readonly SerialInterval Interval = SerialInterval.ShiftedGamma(6.3, 4.2, 40);

    [Theory]
    [InlineData(0.06, Trend.Growing)]
    [InlineData(-0.06, Trend.Declining)]
    public void Exponential_growth_is_found_with_its_doubling_time(double growth, Trend trend)
    {
        var counts = Enumerable.Range(0, 90)
            .Select(day => (long?)Math.Round((growth > 0 ? 1_000 : 900_000) * Math.Exp(growth * day)));
        var series = SeriesOf.Cases([.. counts]);
        var assessment = Assessor.Assess(series, null, new AssessmentSettings(series.Last, 4, Interval));
        assessment.Trend.ShouldBe(trend);
        assessment.DoublingTimeDays.ShouldNotBeNull().ShouldBe(Math.Log(2) / growth, 0.5);
        assessment.Latest.ShouldBe(assessment.Reproduction[^1]);
        assessment.Latest.ShouldNotBeNull().WindowEnd.ShouldBe(90);
    }

    [Fact]
    public void A_level_series_is_stable_and_has_no_doubling_time()
    {
        var series = SeriesOf.Cases(SeriesOf.Repeated(5, 120));
        var assessment = Assessor.Assess(series, null, new AssessmentSettings(series.Last, 4, Interval));
        assessment.Trend.ShouldBe(Trend.Stable);
        assessment.ProbabilityAboveOne.ShouldNotBeNull().ShouldBeInRange(0.3, 0.7);
    }

    [Theory]
    [InlineData(0, 200)]
    [InlineData(1, 200)]
    [InlineData(1_000, 4)]
    [InlineData(0, 0)]
    public void Too_few_cases_are_said_to_be_too_few(long count, int days)
    {
        var series = SeriesOf.Cases(SeriesOf.Repeated(count, days));
        var settings = new AssessmentSettings(SeriesOf.First.AddDays(days), 4, Interval);
        var assessment = Assessor.Assess(series, null, settings);
        assessment.Trend.ShouldBe(Trend.TooFew);
        assessment.DoublingTimeDays.ShouldBeNull();
        assessment.CasesForecast.Weeks.Length.ShouldBe(4);
    }

    [Fact]
    public void Later_counts_do_not_change_an_assessment()
    {
        var counts = Enumerable.Range(0, 120).Select(day => (long?)(50 + (day * 7 % 23))).ToArray();
        var settings = new AssessmentSettings(SeriesOf.First.AddDays(99), 4, Interval);
        var whole = Assessor.Assess(SeriesOf.Cases(counts), SeriesOf.Deaths(counts), settings);
        var cut = Assessor.Assess(SeriesOf.Cases(counts[..100]), SeriesOf.Deaths(counts[..100]), settings);
        whole.Latest.ShouldBe(cut.Latest);
        whole.DeathsForecast.ShouldNotBeNull().Weeks[3].Quantiles
            .ShouldBe(cut.DeathsForecast.ShouldNotBeNull().Weeks[3].Quantiles);
    }

    [Fact]
    public void Days_not_yet_reported_are_gaps_up_to_the_as_of_day()
    {
        var series = SeriesOf.Cases(SeriesOf.Repeated(50, 100));
        var assessment = Assessor.Assess(series, null, new AssessmentSettings(series.Last.AddDays(3), 4, Interval));
        assessment.Cases.Reported.Last.ShouldBe(series.Last.AddDays(3));
        assessment.Cases.Changes.Length.ShouldBe(3);
        assessment.Cases.Changes.ShouldAllBe(change => change.Rule == CleaningRule.Gap);
        assessment.Cases.Counts[^1].ShouldBe(50);
    }

    [Fact]
    public void A_place_that_stopped_reporting_has_no_trend()
    {
        var series = SeriesOf.Cases(SeriesOf.Repeated(50, 100));
        var assessment = Assessor.Assess(series, null, new AssessmentSettings(series.Last.AddDays(7), 4, Interval));
        assessment.Trend.ShouldBe(Trend.TooFew);
        assessment.Latest.ShouldBeNull();
        assessment.ProbabilityAboveOne.ShouldBeNull();
    }

    [Fact]
    public void Deaths_of_another_place_are_refused()
    {
        var cases = SeriesOf.Cases(1, 2, 3);
        var deaths = SeriesOf.Deaths(1, 2, 3) with { Place = TerritoryCode.Parse("UGA") };
        Should.Throw<ArgumentException>(
            () => Assessor.Assess(cases, deaths, new AssessmentSettings(cases.Last, 4, Interval)));
    }

    [Fact]
    public void Places_assessed_together_differ_from_each_alone_in_the_forecast_only()
    {
        var world = LinkedPlaces.Simulate(6, 260);
        ImmutableArray<CountSeries> cases = [.. world.Select(one => one.Cases)];
        ImmutableArray<CountSeries> deaths = [.. world.Take(4).Select(one => one.Deaths!)];
        var settings = new AssessmentSettings(cases[0].Last.AddDays(-3), 12, Interval);
        var together = Assessor.AssessAll(cases, deaths, settings);
        together.Select(one => one.Place).ShouldBe(cases.Select(one => one.Place));
        together[4].DeathsForecast.ShouldBeNull();
        for (var place = 0; place < cases.Length; place++)
        {
            var alone = Assessor.Assess(cases[place], place < 4 ? deaths[place] : null, settings);
            together[place].Latest.ShouldBe(alone.Latest);
            together[place].Trend.ShouldBe(alone.Trend);
            together[place].Cases.Counts.ShouldBe(alone.Cases.Counts);
            together[place].CasesForecast.Weeks[0].Quantiles
                .SequenceEqual(alone.CasesForecast.Weeks[0].Quantiles).ShouldBeFalse();
        }

        foreach (var week in together.SelectMany(one => one.CasesForecast.Weeks))
        {
            week.WeekEnd.ShouldBe(settings.AsOf.AddDays(7 * week.Horizon));
            week.Quantiles.ShouldAllBe(quantile => double.IsFinite(quantile) && quantile >= 0);
            week.Quantiles.ShouldBeInOrder();
        }
    }

    [Fact]
    public void The_full_assessment_holds_the_same_assessments_and_takes_late_reports_into_account()
    {
        var world = LinkedPlaces.Simulate(3, 200);
        ImmutableArray<CountSeries> cases = [.. world.Select(one => one.Cases)];
        var settings = new AssessmentSettings(cases[0].Last, 2, Interval);
        var shares = new Dictionary<TerritoryCode, double> { [cases[0].Place] = 0.5 };
        var told = PanelAssessor.Assess(cases, [], shares, settings);
        var plain = PanelAssessor.Assess(cases, [], ImmutableDictionary<TerritoryCode, double>.Empty, settings);
        told[0].Assessment.Latest.ShouldBe(plain[0].Assessment.Latest);
        told[0].Daily[^1].Estimate.Mean.ShouldBeGreaterThan(plain[0].Daily[^1].Estimate.Mean);
        told[1].Daily[^1].ShouldBe(plain[1].Daily[^1]);
        told.ShouldAllBe(place => place.Growth.Length > 150 && place.Jumps.Length > 10);
        shares[cases[0].Place] = 0;
        Should.Throw<ArgumentException>(() => PanelAssessor.Assess(cases, [], shares, settings));
    }

    [Fact]
    public void Whatever_is_published_an_assessment_holds_only_numbers() =>
        Gen.Select(SeriesOf.Anything, Gen.Int[0, 150]).Sample((series, days) =>
        {
            var assessment = Assessor.Assess(
                series, null, new AssessmentSettings(SeriesOf.First.AddDays(days), 4, Interval));
            return assessment.Reproduction.All(estimate =>
                    double.IsFinite(estimate.Mean) && double.IsFinite(estimate.StandardDeviation)
                    && estimate.Quantile025 <= estimate.Quantile05 && estimate.Quantile05 <= estimate.Quantile25
                    && estimate.Quantile25 <= estimate.Median && estimate.Median <= estimate.Quantile75
                    && estimate.Quantile75 <= estimate.Quantile95 && estimate.Quantile95 <= estimate.Quantile975)
                && assessment.ProbabilityAboveOne is null or (>= 0 and <= 1)
                && (assessment.DoublingTimeDays is null || double.IsFinite(assessment.DoublingTimeDays.Value));
        });
}
