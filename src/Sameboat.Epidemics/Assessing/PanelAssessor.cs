using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>Everything that is read off the counts of one place.</summary>
/// <param name="Assessment">Cleaned counts, R by window, trend, and the forecast made with all places.</param>
/// <param name="Daily">R day by day by the renewal state-space estimator, weekdays and late reports inside.</param>
/// <param name="Growth">Growth alarms, one reading a day.</param>
/// <param name="Season">Farrington's readings of the weeks that end with the as-of day's; empty without years of
/// past.</param>
/// <param name="Jumps">EARS C2 of the same weeks.</param>
public sealed record PlaceSituation(
    Assessment Assessment,
    ImmutableArray<ReproductionReading> Daily,
    ImmutableArray<AlertReading> Growth,
    ImmutableArray<AlertReading> Season,
    ImmutableArray<AlertReading> Jumps);

/// <summary>The full assessment of many places by one call: clean, R, joint forecast, alerts.</summary>
public static class PanelAssessor
{
    /// <summary>Years of past that Farrington's detector compares with: few epidemics have more.</summary>
    public const int SeasonYears = 2;

    /// <summary>Assesses every place from what was known on the as-of day.</summary>
    /// <param name="cases">Daily cases, each place once.</param>
    /// <param name="deaths">Daily deaths, each place at most once.</param>
    /// <param name="reportedShares">
    /// Part of the last seven days' cases that has been reported so far, by place, above 0 and at most 1, such as a
    /// nowcast gives; a place left out has reported all.
    /// </param>
    /// <param name="settings">Day, weeks, serial interval, window.</param>
    /// <returns>One for each series of cases, in their order.</returns>
    /// <exception cref="ArgumentException">As <see cref="Assessor.AssessAll"/>, or a share out of range.</exception>
    public static ImmutableArray<PlaceSituation> Assess(
        IReadOnlyList<CountSeries> cases,
        IReadOnlyList<CountSeries> deaths,
        IReadOnlyDictionary<TerritoryCode, double> reportedShares,
        AssessmentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(reportedShares);
        if (reportedShares.Values.Any(share => !(share > 0 && share <= 1)))
        {
            throw new ArgumentException("A reported share is above 0 and at most 1.", nameof(reportedShares));
        }

        var assessments = Assessor.AssessAll(cases, deaths, settings);
        var situations = new PlaceSituation[assessments.Length];
        Parallel.For(0, situations.Length, index =>
        {
            var assessment = assessments[index];
            var told = reportedShares.GetValueOrDefault(assessment.Place, 1);
            situations[index] = Read(assessment, told, settings.SerialInterval);
        });
        return [.. situations];
    }

    private static PlaceSituation Read(Assessment assessment, double told, SerialInterval serialInterval)
    {
        var counts = assessment.Cases.Counts.AsSpan();
        var weeks = WeeklyTotals.EndingWith(counts);
        var renewal = RenewalSettings.Usual with { ReportedShares = [.. Enumerable.Repeat(told, Weeks.Days)] };
        return new PlaceSituation(
            assessment,
            RenewalEstimator.Estimate(counts, [], serialInterval, renewal),
            GrowthDetector.Read(assessment.Cases.Reported, serialInterval),
            FarringtonDetector.Read(weeks, FarringtonSettings.Usual with { Years = SeasonYears }),
            EarsDetector.Read(weeks, EarsMethod.C2));
    }
}
