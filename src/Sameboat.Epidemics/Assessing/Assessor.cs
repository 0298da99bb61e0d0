using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>From reported counts to the situation of a place: clean, R, growth, trend, forecast.</summary>
public static class Assessor
{
    /// <summary>P(R &gt; 1) from which cases are called growing.</summary>
    public const double GrowingFrom = 0.9;

    /// <summary>P(R &gt; 1) down to which cases are called declining.</summary>
    public const double DecliningTo = 0.1;

    /// <summary>
    /// Fewest cases in the last window for a trend: with the published prior (shape 1) the posterior's coefficient of
    /// variation is then below 0.3, ⌈1/0.3² − 1⌉ (Cori et al. 2013, 10.1093/aje/kwt133).
    /// </summary>
    public const int CasesMin = 11;

    /// <summary>Longest doubling or halving time given, in days; beyond it the level is as good as steady.</summary>
    public const double DoublingTimeDaysMax = 1000;

    /// <summary>Assesses one place from what was known on the as-of day.</summary>
    /// <param name="cases">Daily cases; days after the as-of day are not looked at.</param>
    /// <param name="deaths">Daily deaths of the same place, or null.</param>
    /// <param name="settings">Day, weeks, serial interval, window.</param>
    /// <exception cref="ArgumentException">
    /// Deaths of another place, a setting outside its range, or an as-of day more than
    /// <see cref="CountSeries.DaysMax"/> days after the first.
    /// </exception>
    /// <remarks>
    /// Doubling time: R = 1 / Σ w(k) e^(−rk) solved for the daily growth r at the posterior mean of R
    /// (Wallinga and Lipsitch 2007, 10.1098/rspb.2006.3754), then ln 2 / r.
    /// </remarks>
    public static Assessment Assess(CountSeries cases, CountSeries? deaths, AssessmentSettings settings)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(settings);
        if (deaths is not null && deaths.Place != cases.Place)
        {
            throw new ArgumentException("Cases and deaths are of one place.", nameof(deaths));
        }

        var cleanCases = Cleaning.Clean(cases.EndingOn(settings.AsOf));
        var cleanDeaths = deaths is null ? null : Cleaning.Clean(deaths.EndingOn(settings.AsOf));
        var reproduction = CoriEstimator.Estimate(
            cleanCases.Counts.AsSpan(), [], settings.SerialInterval, new CoriSettings(settings.WindowDays));
        var latest = LatestOf(reproduction, cleanCases, settings.AsOf);
        double? above = latest is null ? null : CoriEstimator.ProbabilityAboveOne(latest);
        var trend = TrendOf(above, CasesIn(cleanCases, latest));
        return new Assessment(
            cases.Place,
            settings.AsOf,
            cleanCases,
            cleanDeaths,
            reproduction,
            latest,
            above,
            trend == Trend.TooFew ? null : DoublingTimeDays(latest, settings.SerialInterval),
            trend,
            DampedGrowthForecaster.Forecast(cleanCases, settings.AsOf, settings.Weeks),
            cleanDeaths is null
                ? null
                : LedForecaster.Forecast(cleanDeaths, cleanCases, settings.AsOf, settings.Weeks));
    }

    /// <summary>The last window, where it ends on the as-of day and holds a day that was reported.</summary>
    private static ReproductionEstimate? LatestOf(
        ImmutableArray<ReproductionEstimate> reproduction, CleanSeries cases, DateOnly asOf)
    {
        if (reproduction.IsEmpty || cases.Reported.Last != asOf)
        {
            return null;
        }

        var last = reproduction[^1];
        var window = cases.Reported.Counts.AsSpan()[(last.WindowStart - 1)..last.WindowEnd];
        foreach (var count in window)
        {
            if (count is not null)
            {
                return last;
            }
        }

        return null;
    }

    private static double CasesIn(CleanSeries cases, ReproductionEstimate? window) =>
        window is null ? 0 : cases.Counts.AsSpan()[(window.WindowStart - 1)..window.WindowEnd].ToArray().Sum();

    private static Trend TrendOf(double? probabilityAboveOne, double cases) => probabilityAboveOne switch
    {
        null => Trend.TooFew,
        _ when cases < CasesMin => Trend.TooFew,
        >= GrowingFrom => Trend.Growing,
        <= DecliningTo => Trend.Declining,
        _ => Trend.Stable,
    };

    private static double? DoublingTimeDays(ReproductionEstimate? latest, SerialInterval serialInterval)
    {
        var growth = latest is null ? null : serialInterval.GrowthPerDay(latest.Mean);
        return growth is { } r && Math.Abs(r) > Math.Log(2) / DoublingTimeDaysMax ? Math.Log(2) / r : null;
    }
}
