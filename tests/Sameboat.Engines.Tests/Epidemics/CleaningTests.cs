using CsCheck;
using Sameboat.Epidemics;

namespace Sameboat.Engines.Tests.Epidemics;

public sealed class CleaningTests
{
    private const double Rounding = 1e-9;

    [Fact]
    public void An_even_series_is_left_alone()
    {
        var clean = Cleaning.Clean(SeriesOf.Cases(SeriesOf.Repeated(40, 60)));
        clean.Changes.ShouldBeEmpty();
        clean.Counts.ShouldAllBe(count => count == 40);
    }

    [Fact]
    public void A_negative_day_is_taken_from_the_days_before_in_proportion()
    {
        var clean = Cleaning.Clean(SeriesOf.Cases(100, 200, 300, -60, 150));
        clean.Counts.ShouldBe([90, 180, 270, 0, 150], Rounding);
        clean.Changes.Length.ShouldBe(4);
        clean.Changes.ShouldAllBe(change => change.Rule == CleaningRule.NegativeDay);
        clean.Changes[3].ShouldBe(new CleaningChange(
            clean.Reported.Place, Indicator.Cases, SeriesOf.First.AddDays(3), CleaningRule.NegativeDay, -60, 0));
    }

    [Fact]
    public void A_negative_day_reaches_back_no_further_than_four_weeks_when_they_suffice()
    {
        var clean = Cleaning.Clean(SeriesOf.Cases([14, .. SeriesOf.Repeated(10, 28), -28]));
        clean.Counts[0].ShouldBe(14);
        clean.Counts[1].ShouldBe(9, Rounding);
    }

    [Fact]
    public void A_negative_day_that_the_past_cannot_pay_is_paid_by_the_days_after() =>
        Cleaning.Clean(SeriesOf.Cases(5, -20, 10, 30)).Counts.ShouldBe([0, 0, 0, 25], Rounding);

    [Fact]
    public void A_correction_undone_the_next_day_leaves_the_level()
    {
        var counts = SeriesOf.Repeated(200, 60);
        counts[40] = -3_956;
        counts[41] = 4_356;
        var clean = Cleaning.Clean(SeriesOf.Cases(counts));
        clean.Counts.ShouldAllBe(count => count >= 0 && count <= 405);
        clean.Counts.Sum().ShouldBe(counts.Sum(count => (double)count!.Value), 1e-6);
    }

    [Fact]
    public void A_dump_after_silence_is_spread_over_the_silence()
    {
        var counts = SeriesOf.Repeated(100, 40);
        counts[20] = counts[21] = counts[22] = counts[23] = 0;
        counts[24] = 500;
        var clean = Cleaning.Clean(SeriesOf.Cases(counts));
        clean.Counts.ShouldAllBe(count => count == 100);
        clean.Changes.Length.ShouldBe(5);
        clean.Changes.ShouldAllBe(change => change.Rule == CleaningRule.DumpAfterSilence);
        clean.Changes[4].Reported.ShouldBe(500);
    }

    [Fact]
    public void Zeros_that_chance_explains_are_not_a_silence()
    {
        var counts = Enumerable.Range(0, 60).Select(day => (long?)(day % 9 == 0 ? 3 : 0)).ToArray();
        Cleaning.Clean(SeriesOf.Deaths(counts)).Changes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_weekly_reporter_is_spread_over_its_weeks(bool zerosBetween)
    {
        var counts = Enumerable.Range(1, 70).Select(day => day % 7 == 0 ? 700 : zerosBetween ? 0 : (long?)null);
        var clean = Cleaning.Clean(SeriesOf.Cases([.. counts]));
        clean.Counts.ShouldAllBe(count => count == 100);

        // Zeros from the first day on are a silence; their length says nothing of a rhythm.
        clean.Changes.Where(change => change.Day >= SeriesOf.First.AddDays(7))
            .ShouldAllBe(change => change.Rule == CleaningRule.WeeklyReporter);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_few_weekly_reports_keep_their_total(int weeks)
    {
        var counts = Enumerable.Range(1, 7 * weeks).Select(day => day % 7 == 0 ? 70 : (long?)null);
        Cleaning.Clean(SeriesOf.Cases([.. counts])).Counts.ShouldAllBe(count => count == 10);
    }

    [Fact]
    public void Days_a_weekly_reporter_has_still_to_report_are_a_gap()
    {
        var counts = Enumerable.Range(1, 73).Select(day => day % 7 == 0 ? 700 : (long?)0);
        var clean = Cleaning.Clean(SeriesOf.Cases([.. counts]));
        clean.Counts[^3..].ShouldAllBe(count => count == 100);
        clean.Changes.Count(change => change.Rule == CleaningRule.Gap).ShouldBe(3);
    }

    [Fact]
    public void A_gap_is_filled_with_the_level_around_it()
    {
        var counts = SeriesOf.Repeated(50, 40);
        counts[20] = null;
        counts[39] = null;
        var clean = Cleaning.Clean(SeriesOf.Cases(counts));
        clean.Counts.ShouldAllBe(count => count == 50);
        clean.Changes.Length.ShouldBe(2);
        clean.Changes.ShouldAllBe(change => change.Rule == CleaningRule.Gap && change.Reported == null);
    }

    [Fact]
    public void A_day_not_reported_whose_count_came_the_next_day_adds_nothing()
    {
        var counts = SeriesOf.Repeated(50, 40);
        counts[20] = null;
        counts[21] = 100;
        Cleaning.Clean(SeriesOf.Cases(counts)).Counts.ShouldAllBe(count => count == 50);
    }

    [Fact]
    public void A_lone_spike_is_capped_and_listed_with_what_was_reported()
    {
        var counts = SeriesOf.Repeated(100, 40);
        counts[20] = 20_000;
        var clean = Cleaning.Clean(SeriesOf.Cases(counts));
        var change = clean.Changes.ShouldHaveSingleItem();
        change.Rule.ShouldBe(CleaningRule.Spike);
        change.Reported.ShouldBe(20_000);
        change.Cleaned.ShouldBe(clean.Counts[20]);
        clean.Counts[20].ShouldBeInRange(100, 500);
        clean.Reported.Counts[20].ShouldBe(20_000);
    }

    [Fact]
    public void A_busy_weekday_is_not_a_spike()
    {
        var counts = Enumerable.Range(0, 70).Select(day => (long?)(day % 7 == 0 ? 900 : 100)).ToArray();
        Cleaning.Clean(SeriesOf.Cases(counts)).Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_fast_wave_is_not_a_spike()
    {
        var counts = Enumerable.Range(0, 70).Select(day => (long?)(20 * Math.Exp(0.2 * Math.Min(day, 35)))).ToArray();
        Cleaning.Clean(SeriesOf.Cases(counts)).Changes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300)]
    public void Zeros_stay_zeros(int days)
    {
        var clean = Cleaning.Clean(SeriesOf.Cases(SeriesOf.Repeated(0, days)));
        clean.Counts.Length.ShouldBe(days);
        clean.Counts.ShouldAllBe(count => count == 0);
        clean.Changes.ShouldBeEmpty();
    }

    [Fact]
    public void A_single_case_stays_on_its_day()
    {
        var counts = SeriesOf.Repeated(0, 100);
        counts[50] = 1;
        var clean = Cleaning.Clean(SeriesOf.Cases(counts));
        clean.Changes.ShouldBeEmpty();
        clean.Counts[50].ShouldBe(1);
    }

    [Fact]
    public void Nothing_reported_becomes_zeros_each_listed()
    {
        var clean = Cleaning.Clean(SeriesOf.Cases(SeriesOf.Repeated(null, 30)));
        clean.Counts.ShouldAllBe(count => count == 0);
        clean.Changes.Length.ShouldBe(30);
    }

    [Fact]
    public void Every_count_is_finite_and_not_negative() =>
        SeriesOf.Anything.Sample(series =>
        {
            var clean = Cleaning.Clean(series);
            return clean.Counts.Length == series.Counts.Length
                && clean.Counts.All(count => double.IsFinite(count) && count >= 0);
        });

    [Fact]
    public void The_total_of_a_series_without_gaps_or_caps_is_kept() =>
        SeriesOf.EveryDayReported.Sample(series =>
        {
            var clean = Cleaning.Clean(series);
            var expected = Math.Max(0, series.Counts.Sum(count => (double)count!.Value));
            return clean.Changes.Any(change => change.Rule is CleaningRule.Gap or CleaningRule.Spike)
                || Math.Abs(clean.Counts.Sum() - expected) <= Rounding * Gross(series);
        });

    [Fact]
    public void Spreading_moves_counts_and_only_gaps_add_and_only_caps_take() =>
        SeriesOf.Anything.Sample(series =>
        {
            var level = series.Counts.Select(count => (double)(count ?? 0)).ToArray();
            var byRule = new Dictionary<CleaningRule, double>();
            foreach (var change in Cleaning.Clean(series).Changes)
            {
                var day = change.Day.DayNumber - series.First.DayNumber;
                byRule[change.Rule] = byRule.GetValueOrDefault(change.Rule) + change.Cleaned - level[day];
                level[day] = change.Cleaned;
            }

            var rounding = Rounding * Gross(series);
            return Math.Abs(byRule.GetValueOrDefault(CleaningRule.WeeklyReporter)) <= rounding
                && Math.Abs(byRule.GetValueOrDefault(CleaningRule.DumpAfterSilence)) <= rounding
                && byRule.GetValueOrDefault(CleaningRule.Gap) >= -rounding
                && byRule.GetValueOrDefault(CleaningRule.Spike) <= rounding;
        });

    [Fact]
    public void The_list_of_changes_replays_to_the_cleaned_counts() =>
        SeriesOf.Anything.Sample(series =>
        {
            var clean = Cleaning.Clean(series);
            var replayed = series.Counts.Select(count => (double)(count ?? 0)).ToArray();
            foreach (var change in clean.Changes)
            {
                var day = change.Day.DayNumber - series.First.DayNumber;
                if (change.Reported != series.Counts[day])
                {
                    return false;
                }

                replayed[day] = change.Cleaned;
            }

            return replayed.SequenceEqual(clean.Counts);
        });

    [Fact]
    public void Real_counts_of_all_countries_are_cleaned_with_their_totals_kept()
    {
        foreach (var series in JhuCounts.All(deaths: false).Concat(JhuCounts.All(deaths: true)))
        {
            var clean = Cleaning.Clean(series);
            clean.Counts.ShouldAllBe(count => double.IsFinite(count) && count >= 0);
            if (clean.Changes.All(c => c.Rule is not CleaningRule.Gap and not CleaningRule.Spike))
            {
                var reported = series.Counts.Sum(count => (double)(count ?? 0));
                clean.Counts.Sum().ShouldBe(reported, Math.Max(1e-6, reported * Rounding));
            }
        }
    }

    private static double Gross(CountSeries series) => 1 + series.Counts.Sum(count => Math.Abs((double)(count ?? 0)));
}
