using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>How much of a day is reported after so many days, given by hand where no vintages tell it.</summary>
public sealed class ReportingDelay
{
    /// <summary>Most days that a delay may span.</summary>
    public const int DaysMax = 366;

    /// <summary>How far from 1 the whole may lie.</summary>
    public const double SumTolerance = 0.01;

    /// <summary>Share below which what is reported says too little to be completed.</summary>
    public const double ShareMin = 0.05;

    private readonly ImmutableArray<double> _reported;

    private ReportingDelay(ImmutableArray<double> reported) => _reported = reported;

    /// <summary>A delay from the share reported by the end of each day.</summary>
    /// <param name="reported">From the day itself on: shares from 0 to 1 that do not descend, the last within
    /// <see cref="SumTolerance"/> of 1, 1 to <see cref="DaysMax"/> of them; scaled so that the last one is 1.</param>
    /// <exception cref="ArgumentException">They are not so.</exception>
    public static ReportingDelay OfShares(ImmutableArray<double> reported)
    {
        var whole = reported.Length is >= 1 and <= DaysMax && Math.Abs(reported[^1] - 1) <= SumTolerance;
        if (!whole || !(reported[0] >= 0) || reported.Zip(reported.Skip(1)).Any(pair => !(pair.Second >= pair.First)))
        {
            throw new ArgumentException("Shares rise from 0 or more to 1.", nameof(reported));
        }

        return new ReportingDelay([.. reported.Select(share => share / reported[^1])]);
    }

    /// <summary>The share of a day's persons reported after some days: Z of the renewal estimator.</summary>
    /// <param name="days">Days since the day, negative before it: 0 then.</param>
    /// <returns>From 0 to 1.</returns>
    public double ShareAfter(int days) => days < 0 ? 0 : _reported[Math.Min(days, _reported.Length - 1)];

    /// <summary>Newest days of which less than <see cref="ShareMin"/> is reported: 0 or more.</summary>
    public int DaysUnheard => _reported.TakeWhile(share => share < ShareMin).Count();

    /// <summary>The share reported of each of the days before those, the newest first, each above 0; days older than
    /// they are reported whole.</summary>
    public ImmutableArray<double> SharesOfHeard => [.. _reported.SkipWhile(share => share < ShareMin)];

    /// <summary>The share reported of a week, each of its days alike.</summary>
    /// <param name="weekEnd">Its last day.</param>
    /// <param name="asOf">The day whose knowledge is used.</param>
    /// <returns>From 0 to 1.</returns>
    public double ShareOfWeek(DateOnly weekEnd, DateOnly asOf) =>
        Enumerable.Range(0, Weeks.Days).Average(back => ShareAfter(asOf.DayNumber - weekEnd.DayNumber + back));
}
