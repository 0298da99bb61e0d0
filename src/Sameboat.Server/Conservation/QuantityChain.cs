using Sameboat.Server.Consignments;
using Sameboat.Server.Needs;
using Sameboat.Server.Offers;
using Sameboat.Server.Requests;
using Sameboat.Server.Rounds;

namespace Sameboat.Server.Conservation;

/// <summary>What is looked at: the rows of one outbreak.</summary>
internal sealed record ChainRows(
    IReadOnlyList<RequestLineRow> Requests,
    IReadOnlyList<OfferRow> Offers,
    IReadOnlyList<PlanLineRow> Plan,
    IReadOnlyList<ConsignmentRow> Consignments,
    IReadOnlyList<ConsignmentLineRow> Lines,
    IReadOnlyList<ReceiptLineRow> Receipts)
{
    /// <summary>The needs.</summary>
    internal IReadOnlyList<NeedLineRow> Needs { get; init; } = [];

    /// <summary>The requests that their members have published; the lines of others ask nobody.</summary>
    internal IReadOnlySet<string> Published { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The rounds whose plan nobody accepted.</summary>
    internal IReadOnlySet<string> DeclinedRounds { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>The lines that published requests ask for.</summary>
    internal IEnumerable<RequestLineRow> Asked => Requests.Where(line => Published.Contains(line.Subject));

    /// <summary>The lines of plans that are on the table or accepted.</summary>
    internal IEnumerable<PlanLineRow> Standing => Plan.Where(line => !DeclinedRounds.Contains(line.Round));
}

/// <summary>A place where the chain does not add up.</summary>
/// <param name="Code">One of <see cref="QuantityChain.Codes"/>.</param>
/// <param name="Subject">The entity.</param>
/// <param name="Line">Its line, or -1.</param>
/// <param name="Found">Units found.</param>
/// <param name="Allowed">Units that there may be.</param>
internal readonly record struct ChainFinding(string Code, string Subject, int Line, long Found, long Allowed);

/// <summary>
/// Nothing is created or lost between two links without a typed entry: looks over the rows and names each place where
/// more leaves a link than came into it, or where a line does not add up. Pure.
/// </summary>
internal static class QuantityChain
{
    /// <summary>Published requests ask for more of a need than it is.</summary>
    internal const string NeedExceeded = "need-exceeded";

    /// <summary>Plans bring a place more of an item than its published requests ask for.</summary>
    internal const string RequestExceeded = "request-exceeded";

    /// <summary>A plan takes more of a lot than its donor offers.</summary>
    internal const string OfferExceeded = "offer-exceeded";

    /// <summary>More is sent under a line of a plan than the line says.</summary>
    internal const string PlanExceeded = "plan-exceeded";

    /// <summary>A consignment names a line of a plan that there is not.</summary>
    internal const string PlanLineUnknown = "plan-line-unknown";

    /// <summary>A consignment line is of another item than the line of the plan that it carries out.</summary>
    internal const string OtherItem = "other-item";

    /// <summary>Received, damaged, lost and returned come to more than was sent.</summary>
    internal const string LineExceeded = "line-exceeded";

    /// <summary>The notes of the consignee do not come to what the line says.</summary>
    internal const string NotesDiffer = "notes-differ";

    /// <summary>A consignment is said to be accounted for, and some of it is not.</summary>
    internal const string Unaccounted = "unaccounted";

    /// <summary>All codes.</summary>
    internal static readonly string[] Codes =
    [
        NeedExceeded, RequestExceeded, OfferExceeded, PlanExceeded, PlanLineUnknown, OtherItem, LineExceeded,
        NotesDiffer, Unaccounted,
    ];

    private static readonly string[] Accounted =
    [
        nameof(ConsignmentState.Received), nameof(ConsignmentState.Reconciled), nameof(ConsignmentState.Returned),
        nameof(ConsignmentState.Lost),
    ];

    /// <summary>Every finding, in the order of the links.</summary>
    internal static IReadOnlyList<ChainFinding> Check(ChainRows rows) =>
    [
        .. NeedsToRequests(rows), .. RequestsToPlan(rows), .. OffersToPlan(rows), .. PlanToConsignments(rows),
        .. ConsignmentsToReceipts(rows),
    ];

    // A need is asked for once, however many requests stand on it.
    private static IEnumerable<ChainFinding> NeedsToRequests(ChainRows rows)
    {
        var needs = rows.Needs.ToLookup(need => (need.Subject, need.Item));
        return rows.Asked
            .Where(line => line.Need.Length > 0)
            .GroupBy(line => (line.Need, line.Item))
            .Where(group => needs.Contains(group.Key))
            .Select(group => new ChainFinding(
                NeedExceeded, group.First().Subject, group.First().Line, group.Sum(line => line.Quantity),
                needs[group.Key].Sum(need => need.Quantity)))
            .Where(finding => finding.Found > finding.Allowed);
    }

    // Where nothing is asked for yet, a plan stands on the need alone.
    private static IEnumerable<ChainFinding> RequestsToPlan(ChainRows rows)
    {
        var planned = rows.Standing.ToLookup(line => (line.Place, line.Item));
        return rows.Asked
            .GroupBy(line => (line.Place, line.Item))
            .Select(group => new ChainFinding(
                RequestExceeded, planned[group.Key].FirstOrDefault()?.Subject ?? "",
                planned[group.Key].FirstOrDefault()?.Line ?? -1,
                planned[group.Key].Sum(line => line.Quantity), group.Sum(line => line.Quantity)))
            .Where(finding => finding.Found > finding.Allowed);
    }

    // A lot is promised once over all plans of a round.
    private static IEnumerable<ChainFinding> OffersToPlan(ChainRows rows)
    {
        var offered = rows.Offers
            .GroupBy(offer => (offer.Member, offer.Lot))
            .ToDictionary(lot => lot.Key, lot => lot.Sum(offer => offer.Quantity));
        return rows.Plan
            .GroupBy(line => (line.Round, line.Donor, line.Lot))
            .Select(lot => new ChainFinding(
                OfferExceeded, lot.First().Subject, lot.First().Line, lot.Sum(line => line.Quantity),
                offered.GetValueOrDefault((lot.Key.Donor, lot.Key.Lot))))
            .Where(finding => finding.Found > finding.Allowed);
    }

    // What was cancelled, or came back, may be sent again.
    private static IEnumerable<ChainFinding> PlanToConsignments(ChainRows rows)
    {
        var plan = rows.Plan.ToDictionary(line => (line.Subject, line.Line));
        var cancelled = rows.Consignments
            .Where(one => one.State == nameof(ConsignmentState.Cancelled))
            .Select(one => one.Subject)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var group in rows.Lines
            .Where(line => line.Plan.Length > 0 && !cancelled.Contains(line.Subject))
            .GroupBy(line => (line.Plan, line.PlanLine)))
        {
            var first = group.First();
            var sent = group.Sum(line => line.Quantity - line.Returned);
            if (!plan.TryGetValue(group.Key, out var planned))
            {
                yield return new ChainFinding(PlanLineUnknown, first.Subject, first.Line, sent, 0);
                continue;
            }

            if (sent > planned.Quantity)
            {
                yield return new ChainFinding(PlanExceeded, first.Subject, first.Line, sent, planned.Quantity);
            }

            foreach (var other in group.Where(line => line.Item != planned.Item))
            {
                yield return new ChainFinding(OtherItem, other.Subject, other.Line, other.Quantity, 0);
            }
        }
    }

    private static IEnumerable<ChainFinding> ConsignmentsToReceipts(ChainRows rows)
    {
        var notes = rows.Receipts
            .GroupBy(note => (note.Subject, note.Line))
            .ToDictionary(
                line => line.Key,
                line => (Received: line.Sum(note => note.Received), Damaged: line.Sum(note => note.Damaged)));
        var closed = rows.Consignments
            .Where(one => Accounted.Contains(one.State))
            .Select(one => one.Subject)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var line in rows.Lines)
        {
            var noted = notes.GetValueOrDefault((line.Subject, line.Line));
            if (line.Open < 0)
            {
                yield return new ChainFinding(
                    LineExceeded, line.Subject, line.Line, line.Quantity - line.Open, line.Quantity);
            }

            if (noted.Received != line.Received || noted.Damaged != line.Damaged)
            {
                yield return new ChainFinding(
                    NotesDiffer, line.Subject, line.Line, noted.Received + noted.Damaged,
                    line.Received + line.Damaged);
            }

            if (line.Open > 0 && closed.Contains(line.Subject))
            {
                yield return new ChainFinding(Unaccounted, line.Subject, line.Line, line.Open, 0);
            }
        }
    }
}
