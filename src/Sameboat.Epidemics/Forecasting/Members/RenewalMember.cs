namespace Sameboat.Epidemics;

/// <summary>
/// Cases by the renewal equation with R returning to one; deaths and admissions from those cases by a delay and the
/// recent ratio.
/// </summary>
/// <remarks>
/// I(t) = R(t) Σ w(s) I(t − s), ln R(t) = φ^k ln R in week k ahead; R from Cori's posterior mean over the last seven
/// days (Cori et al. 2013, 10.1093/aje/kwt133).
/// </remarks>
internal sealed class RenewalMember(SerialInterval serialInterval) : IPathMember
{
    /// <summary>φ: the part of ln R that a week leaves.</summary>
    public const double Kept = 0.6;

    private const double LogTotalMax = 34;
    private const int DaysUsed = 120;
    private const int RatioWeeks = 6;
    private static readonly double LogReproductionMax = Math.Log(3);

    /// <summary>Share of deaths that fall 0, 1, 2, … weeks after the report; admissions come sooner.</summary>
    private static readonly double[] DeathDelay = [0.1, 0.25, 0.3, 0.2, 0.1, 0.05];
    private static readonly double[] AdmissionDelay = [0.45, 0.35, 0.15, 0.05];

    public double[]?[] LogPaths(WeeklyPanel panel, Indicator indicator, int weeks)
    {
        var paths = new double[]?[panel.Names.Length];
        Parallel.For(0, paths.Length, place =>
        {
            if (panel.Of(place, indicator) is not { } history)
            {
                return;
            }

            var cases = panel.Of(place, Indicator.Cases);
            if (panel.Weeks == 0 || cases is null)
            {
                paths[place] = DampedGrowth.Of(indicator).LogPath(history.Totals, weeks);
            }
            else
            {
                var ahead = Project(cases, weeks);
                paths[place] = indicator == Indicator.Cases
                    ? [.. ahead.Select(total => Math.Min(LogTotalMax, Math.Log(total + 1)))]
                    : Delayed(history, cases, ahead, indicator == Indicator.Deaths ? DeathDelay : AdmissionDelay);
            }
        });
        return paths;
    }

    private double[] Project(WeeklyHistory cases, int weeks)
    {
        var counts = cases.Clean.Counts;
        var used = Math.Min(DaysUsed, counts.Length);
        var days = new double[used + (weeks * Weeks.Days)];
        counts.AsSpan()[(counts.Length - used)..].CopyTo(days);
        var estimates = CoriEstimator.Estimate(days.AsSpan(0, used), [], serialInterval, CoriSettings.Weekly);
        var logReproduction = estimates.IsEmpty
            ? 0
            : Math.Clamp(Math.Log(estimates[^1].Mean), -LogReproductionMax, LogReproductionMax);
        var support = serialInterval.Support;
        var mass = support.Sum();
        var totals = new double[weeks];
        for (var ahead = 0; ahead < weeks * Weeks.Days; ahead++)
        {
            var day = used + ahead;
            var pressure = 0.0;
            for (var lag = 1; lag < support.Length && lag <= day; lag++)
            {
                pressure += support[lag] * days[day - lag] / mass;
            }

            var week = ahead / Weeks.Days;
            days[day] = pressure * Math.Exp(logReproduction * Math.Pow(Kept, week + 1));
            totals[week] += days[day];
        }

        return totals;
    }

    private static double[] Delayed(WeeklyHistory own, WeeklyHistory cases, double[] ahead, double[] delay)
    {
        var known = cases.Totals.Length;
        double[] totals = [.. cases.Totals, .. ahead];
        double Expected(int week)
        {
            var sum = 0.0;
            for (var lag = 0; lag < delay.Length && lag <= week; lag++)
            {
                sum += delay[lag] * totals[week - lag];
            }

            return sum;
        }

        double counted = 0, expected = 0;
        for (var back = 0; back < Math.Min(RatioWeeks, known); back++)
        {
            var weight = Math.Pow(0.25, back);
            counted += weight * own.Totals[known - 1 - back];
            expected += weight * Expected(known - 1 - back);
        }

        var ratio = counted / Math.Max(expected, 1);
        return
        [
            .. Enumerable.Range(known, ahead.Length)
                .Select(week => Math.Min(LogTotalMax, Math.Log((ratio * Expected(week)) + 1))),
        ];
    }
}
