using System.Collections.Immutable;
using Sameboat.Server.Conservation;
using Sameboat.Server.Consignments;
using Sameboat.Server.Offers;
using Sameboat.Server.Rounds;

namespace Sameboat.Server.Scoreboard;

/// <summary>What became of a line that its donor accepted.</summary>
internal enum PromiseFate
{
    /// <summary>All received by the day said.</summary>
    Kept,

    /// <summary>Received after it, or overdue.</summary>
    Late,

    /// <summary>Accounted for, and less came in good order than was promised.</summary>
    Short,

    /// <summary>Given up by the donor.</summary>
    Lapsed,

    /// <summary>Not due.</summary>
    Open,

    /// <summary>Nobody had said a day.</summary>
    Unknown,
}

/// <summary>Whether donors do what they bound themselves to. Pure.</summary>
internal static class Promises
{
    /// <summary>One row a donor that accepted a line, in the order of the member.</summary>
    internal static ImmutableArray<PromiseScore> Of(ChainLedger ledger)
    {
        var plan = ledger.Plan.ToDictionary(line => (line.Subject, line.Line));
        var sendings = ledger.ConsignmentLines.ToLookup(line => (line.Plan, line.PlanLine));
        var consignments = ledger.Consignments.ToDictionary(one => one.Subject, StringComparer.Ordinal);
        var lapsed = ledger.Offers
            .Where(offer => offer.State == nameof(OfferState.Lapsed))
            .Select(offer => (offer.Member, offer.Lot))
            .ToHashSet();
        var arrived = ledger.Consignments.ToDictionary(
            one => one.Subject, one => ledger.DayOfStep(one.Subject, "arrived"), StringComparer.Ordinal);
        return
        [
            .. ledger.Acceptances
                .Where(given => given.State == nameof(AcceptanceState.Given)
                    && plan.TryGetValue((given.Plan, given.Line), out var line) && line.Donor == given.Member)
                .Select(given => plan[(given.Plan, given.Line)])
                .Distinct()
                .GroupBy(line => line.Donor)
                .OrderBy(donor => donor.Key, StringComparer.Ordinal)
                .Select(donor => Score(donor.Key, donor.Select(line => FateOf(
                    line,
                    [
                        .. sendings[(line.Subject, line.Line)].Select(sent => new Sending(
                            sent, consignments[sent.Subject], arrived[sent.Subject])),
                    ],
                    lapsed.Contains((line.Donor, line.Lot)),
                    ledger.LastDay ?? 0)))),
        ];
    }

    /// <summary>What became of one line, by the last day of the record.</summary>
    internal static PromiseFate FateOf(
        PlanLineRow line, IReadOnlyList<Sending> sendings, bool isLapsed, int today)
    {
        var sent = sendings.Where(one => one.Consignment.State != nameof(ConsignmentState.Cancelled)).ToList();
        var due = sent.Count == 0 ? null : sent.Max(one => one.Consignment.Expected);
        if (sent.Sum(one => one.Line.Received) >= line.Quantity)
        {
            return sent.Any(one => one.Consignment.Expected is null || one.Arrived is null) ? PromiseFate.Unknown
                : sent.Any(one => one.Arrived > one.Consignment.Expected) ? PromiseFate.Late
                : PromiseFate.Kept;
        }

        if (isLapsed || (sent.Count == 0 && sendings.Count > 0))
        {
            return PromiseFate.Lapsed;
        }

        return sent.Count > 0 && sent.Sum(one => one.Line.Open) == 0 ? PromiseFate.Short
            : sent.Count > 0 && due is null ? PromiseFate.Unknown
            : today > due ? PromiseFate.Late
            : PromiseFate.Open;
    }

    private static PromiseScore Score(string donor, IEnumerable<PromiseFate> fates)
    {
        var counts = fates.CountBy(fate => fate).ToDictionary();
        return new PromiseScore(
            donor,
            counts.Values.Sum(),
            counts.GetValueOrDefault(PromiseFate.Kept),
            counts.GetValueOrDefault(PromiseFate.Late),
            counts.GetValueOrDefault(PromiseFate.Short),
            counts.GetValueOrDefault(PromiseFate.Lapsed),
            counts.GetValueOrDefault(PromiseFate.Open),
            counts.GetValueOrDefault(PromiseFate.Unknown));
    }

    /// <summary>One line of a consignment under the plan line.</summary>
    /// <param name="Line">The line.</param>
    /// <param name="Consignment">Its consignment.</param>
    /// <param name="Arrived">Day number of the arrival, or null.</param>
    internal sealed record Sending(ConsignmentLineRow Line, ConsignmentRow Consignment, int? Arrived);
}
