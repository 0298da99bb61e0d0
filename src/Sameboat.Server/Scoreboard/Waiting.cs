using System.Collections.Immutable;
using Sameboat.Server.Conservation;
using Sameboat.Server.Requests;

namespace Sameboat.Server.Scoreboard;

/// <summary>How long one line of a published request has waited.</summary>
/// <param name="Line">The line.</param>
/// <param name="Published">Day number of its publication.</param>
/// <param name="Days">Days from publication to the first arrival, or to the last day of the record while nothing has
/// arrived.</param>
/// <param name="HasArrived">True when something has arrived in good order.</param>
internal sealed record LineWait(RequestLineRow Line, int Published, int Days, bool HasArrived);

/// <summary>From the publication of a line to the arrival of the first units that answer it. Pure.</summary>
internal static class Waiting
{
    private const double Half = 0.5;

    // Shares are products of fractions; a half that is missed by rounding alone is one.
    private const double Rounding = 1e-12;

    /// <summary>One wait for each line of a published request, in the order of the lines.</summary>
    internal static IReadOnlyList<LineWait> Of(ChainLedger ledger)
    {
        var today = ledger.LastDay ?? 0;
        var consignments = ledger.Consignments.ToDictionary(one => one.Subject, StringComparer.Ordinal);
        var arrivals = ledger.ConsignmentLines
            .Where(line => line.Received > 0)
            .Select(line => (
                Line: line, Of: consignments[line.Subject], Day: ledger.DayOfStep(line.Subject, "arrived")))
            .Where(one => one.Day is not null)
            .ToLookup(one => (one.Of.Consignee, one.Of.Destination, one.Line.Item),
                one => (Day: one.Day!.Value, one.Line.Received));
        return
        [
            .. ledger.PublishedLines
                .GroupBy(line => (line.Member, line.Place, line.Item))
                .SelectMany(group => Share(ledger, group, arrivals[group.Key], today))
                .OrderBy(wait => wait.Line.Subject, StringComparer.Ordinal)
                .ThenBy(wait => wait.Line.Line),
        ];
    }

    /// <summary>The median of the waits, those that go on counted as longer than they have lasted so far; null while
    /// it is not known.</summary>
    /// <remarks>The product-limit estimate of the share that still waits, S(t) = Π (1 − d/n) over the days t with
    /// arrivals, and its first day at one half or below (Kaplan and Meier 1958,
    /// 10.1080/01621459.1958.10501452).</remarks>
    internal static int? MedianDays(IReadOnlyList<LineWait> waits)
    {
        var still = 1.0;
        foreach (var day in waits.Where(wait => wait.HasArrived).Select(wait => wait.Days).Distinct().Order())
        {
            var atRisk = waits.Count(wait => wait.Days >= day);
            still *= 1 - ((double)waits.Count(wait => wait.HasArrived && wait.Days == day) / atRisk);
            if (still <= Half + Rounding)
            {
                return day;
            }
        }

        return null;
    }

    // What arrives fills the lines in the order in which LineProgress shares it.
    private static IEnumerable<LineWait> Share(
        ChainLedger ledger, IEnumerable<RequestLineRow> lines, IEnumerable<(int Day, long Received)> arrivals,
        int today)
    {
        var coming = new Queue<(int Day, long Received)>(arrivals.OrderBy(arrival => arrival.Day));
        long left = 0;
        var day = 0;
        foreach (var line in lines
            .OrderBy(line => line.NeededBy ?? int.MaxValue)
            .ThenBy(line => line.Subject, StringComparer.Ordinal)
            .ThenBy(line => line.Line))
        {
            var published = ledger.DayOfStep(line.Subject, "published") ?? today;
            var wanted = line.Quantity;
            int? first = null;
            while (wanted > 0 && (left > 0 || coming.Count > 0))
            {
                if (left == 0)
                {
                    (day, left) = coming.Dequeue();
                }

                first ??= day;
                var taken = Math.Min(wanted, left);
                wanted -= taken;
                left -= taken;
            }

            yield return new LineWait(line, published, Math.Max(0, (first ?? today) - published), first is not null);
        }
    }
}
