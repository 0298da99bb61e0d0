using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>
/// Makes daily counts fit for estimation: non-negative, without gaps, each artefact undone and listed.
/// </summary>
public static class Cleaning
{
    /// <summary>Applies every rule of <see cref="CleaningRule"/>, in the order of that list.</summary>
    /// <param name="series">As published; any counts, any number of gaps.</param>
    /// <returns>
    /// Counts aligned with the series. The total is that of the reported counts (zero where that is negative), plus
    /// what <see cref="CleaningRule.Gap"/> added, less what <see cref="CleaningRule.Spike"/> capped.
    /// </returns>
    /// <remarks>The rules and their limits are in docs/methods/cleaning.md. Time is linear in days.</remarks>
    public static CleanSeries Clean(CountSeries series)
    {
        ArgumentNullException.ThrowIfNull(series);
        var counts = new double[series.Counts.Length];
        for (var day = 0; day < counts.Length; day++)
        {
            counts[day] = series.Counts[day] ?? double.NaN;
        }

        var log = new ChangeLog(series, counts);
        NegativeDays.Settle(counts);
        log.Note(CleaningRule.NegativeDay, counts);
        ReportingRhythm.SpreadWeekly(counts);
        log.Note(CleaningRule.WeeklyReporter, counts);
        ReportingRhythm.SpreadDumps(counts);
        log.Note(CleaningRule.DumpAfterSilence, counts);
        Gaps.Fill(counts);
        log.Note(CleaningRule.Gap, counts);
        Spikes.Cap(counts);
        log.Note(CleaningRule.Spike, counts);
        return new CleanSeries(series, [.. counts], log.Changes);
    }

    /// <summary>Lists the days that differ after each rule; a missing day is not a number until it is filled.</summary>
    private sealed class ChangeLog(CountSeries series, double[] counts)
    {
        private readonly double[] _before = [.. counts];
        private readonly ImmutableArray<CleaningChange>.Builder _changes =
            ImmutableArray.CreateBuilder<CleaningChange>();

        public ImmutableArray<CleaningChange> Changes => _changes.ToImmutable();

        public void Note(CleaningRule rule, double[] after)
        {
            for (var day = 0; day < after.Length; day++)
            {
                if (after[day].Equals(_before[day]))
                {
                    continue;
                }

                // A silence recognised as such is a gap until the gap rule fills it, and is listed then.
                if (!double.IsNaN(after[day]))
                {
                    _changes.Add(new CleaningChange(
                        series.Place, series.Indicator, series.First.AddDays(day), rule,
                        series.Counts[day], after[day]));
                }

                _before[day] = after[day];
            }
        }
    }
}
