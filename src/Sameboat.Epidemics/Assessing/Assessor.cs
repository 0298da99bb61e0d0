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

    /// <summary>
    /// Assesses one place alone from what was known on the as-of day: its forecasts rest on its own counts. Where other
    /// places are known too, <see cref="AssessAll"/> forecasts better.
    /// </summary>
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

        return Assess(cases, deaths, settings, (cleanCases, cleanDeaths) => (
            DampedGrowthForecaster.Forecast(cleanCases, settings.AsOf, settings.Weeks),
            cleanDeaths is null
                ? null
                : LedForecaster.Forecast(cleanDeaths, cleanCases, settings.AsOf, settings.Weeks)));
    }

    /// <summary>
    /// Assesses many places together: each as <see cref="Assess(CountSeries, CountSeries?, AssessmentSettings)"/>, but
    /// forecast by one call of <see cref="PanelForecaster"/> for all, so that places learn from each other.
    /// </summary>
    /// <param name="cases">Daily cases, each place once.</param>
    /// <param name="deaths">Daily deaths, each place at most once; those of a place without cases are not used.</param>
    /// <param name="settings">Day, weeks, serial interval, window.</param>
    /// <param name="progress">Told the share of the places that is done, 0 to 1; may be null.</param>
    /// <returns>One assessment for each series of cases, in their order, which also is the order of the sums in the
    /// forecast: another order may differ in the last bits.</returns>
    /// <exception cref="ArgumentException">A place twice, a setting outside its range, or an as-of day more than
    /// <see cref="CountSeries.DaysMax"/> days after a first.</exception>
    public static ImmutableArray<Assessment> AssessAll(
        IReadOnlyList<CountSeries> cases,
        IReadOnlyList<CountSeries> deaths,
        AssessmentSettings settings,
        IProgress<double>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(deaths);
        ArgumentNullException.ThrowIfNull(settings);
        var deathsOf = deaths.ToDictionary(series => series.Place);
        var forecasts = PanelForecaster.Forecast(
                [.. cases.Select(series => CountsOf(series, deathsOf.GetValueOrDefault(series.Place)))],
                settings.AsOf,
                settings.SerialInterval,
                settings.Weeks)
            .Places.ToDictionary(place => (place.Name, place.Indicator));
        var assessments = new Assessment[cases.Count];
        var done = 0;
        Parallel.For(0, cases.Count, index =>
        {
            var place = cases[index].Place;
            assessments[index] = Assess(cases[index], deathsOf.GetValueOrDefault(place), settings, (_, cleanDeaths) => (
                ForecastOf(place, Indicator.Cases),
                cleanDeaths is null ? null : ForecastOf(place, Indicator.Deaths)));
            progress?.Report((double)Interlocked.Increment(ref done) / cases.Count);
        });
        return [.. assessments];

        QuantileForecast ForecastOf(TerritoryCode place, Indicator indicator) =>
            new(place, indicator, settings.AsOf, forecasts[(place.ToString(), indicator)].Weeks);
    }

    private static PlaceCounts CountsOf(CountSeries cases, CountSeries? deaths) =>
        new(cases.Place.ToString(), deaths is null ? [cases] : [cases, deaths]);

    private static Assessment Assess(
        CountSeries cases,
        CountSeries? deaths,
        AssessmentSettings settings,
        Func<CleanSeries, CleanSeries?, (QuantileForecast Cases, QuantileForecast? Deaths)> forecast)
    {
        var cleanCases = Cleaning.Clean(cases.EndingOn(settings.AsOf));
        var cleanDeaths = deaths is null ? null : Cleaning.Clean(deaths.EndingOn(settings.AsOf));
        var reproduction = CoriEstimator.Estimate(
            cleanCases.Counts.AsSpan(), [], settings.SerialInterval, new CoriSettings(settings.WindowDays));
        var latest = LatestOf(reproduction, cleanCases, settings.AsOf);
        double? above = latest is null ? null : CoriEstimator.ProbabilityAboveOne(latest);
        var trend = TrendOf(above, CasesIn(cleanCases, latest));
        var ahead = forecast(cleanCases, cleanDeaths);
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
            ahead.Cases,
            ahead.Deaths);
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
