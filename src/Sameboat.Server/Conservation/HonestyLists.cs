using System.Collections.Immutable;
using Sameboat.Server.Consignments;
using Sameboat.Server.Offers;
using Sameboat.Server.Rounds;

namespace Sameboat.Server.Conservation;

/// <summary>How one donor has kept its word.</summary>
/// <param name="Donor">The member.</param>
/// <param name="Offers">Offers it has made.</param>
/// <param name="Lapsed">Offers promised and not kept.</param>
/// <param name="LapsedUnits">Units in those.</param>
/// <param name="Sent">Consignments that have left or arrived.</param>
/// <param name="Arrived">Of those, how many have arrived.</param>
/// <param name="Late">Of those with a day named, how many arrived after it.</param>
/// <param name="Dated">How many arrived and had a day named.</param>
/// <param name="MedianLateDays">The median of days after the day first named, negative when early; null without any.
/// </param>
/// <param name="SentUnits">Units in consignments that are accounted for.</param>
/// <param name="ShortUnits">Of those, units damaged or lost.</param>
internal sealed record DonorRecord(
    string Donor, int Offers, int Lapsed, long LapsedUnits, int Sent, int Arrived, int Late, int Dated,
    int? MedianLateDays, long SentUnits, long ShortUnits);

/// <summary>Goods whose last day of use is near.</summary>
/// <param name="Subject">The offer or the consignment.</param>
/// <param name="Line">The line of the consignment, or -1 for an offer.</param>
/// <param name="Item">The item.</param>
/// <param name="Lot">The lot.</param>
/// <param name="Units">Units not yet received.</param>
/// <param name="Expires">Day number of the last day of use.</param>
/// <param name="DaysLeft">From today; negative when it has passed.</param>
/// <param name="BeforeArrival">True when it expires before it should arrive.</param>
internal sealed record ExpiryAhead(
    string Subject, int Line, string Item, string Lot, long Units, int Expires, int DaysLeft, bool BeforeArrival);

/// <summary>What is counted of promises, over the rows of one outbreak. Pure.</summary>
internal static class HonestyLists
{
    /// <summary>Days ahead within which an expiry is named.</summary>
    internal const int ExpiryDays = 90;

    private static readonly string[] Left =
    [
        nameof(ConsignmentState.Planned), nameof(ConsignmentState.Packed), nameof(ConsignmentState.Cancelled),
    ];

    private static readonly string[] Accounted =
        [nameof(ConsignmentState.Received), nameof(ConsignmentState.Reconciled), nameof(ConsignmentState.Lost)];

    /// <summary>One record a donor that has offered or sent something, by name.</summary>
    internal static ImmutableArray<DonorRecord> Donors(ChainRows rows)
    {
        var offers = rows.Offers.ToLookup(offer => offer.Member);
        var sent = rows.Consignments.Where(row => !Left.Contains(row.State)).ToLookup(row => row.Member);
        var lines = rows.Lines.ToLookup(line => line.Subject);
        return
        [
            .. offers.Select(one => one.Key).Union(sent.Select(one => one.Key)).Order(StringComparer.Ordinal)
                .Select(donor => Record(donor, [.. offers[donor]], [.. sent[donor]], lines)),
        ];
    }

    /// <summary>What expires within <see cref="ExpiryDays"/>, the first first.</summary>
    internal static ImmutableArray<ExpiryAhead> Expiries(ChainRows rows, int today)
    {
        var consignments = rows.Consignments.ToDictionary(row => row.Subject, StringComparer.Ordinal);
        var offered = rows.Offers
            .Where(offer => offer.State is nameof(OfferState.Open) or nameof(OfferState.UnderReview)
                or nameof(OfferState.Accepted) or nameof(OfferState.PartlyAccepted))
            .Where(offer => offer.Expires is not null)
            .Select(offer => new ExpiryAhead(
                offer.Subject, -1, offer.Item, offer.Lot, offer.Quantity, offer.Expires!.Value,
                offer.Expires.Value - today, offer.Expires < offer.Available));
        var onTheWay = rows.Lines
            .Where(line => line.Open > 0 && line.Expires is not null
                && consignments[line.Subject].State is not (nameof(ConsignmentState.Cancelled)
                    or nameof(ConsignmentState.Lost) or nameof(ConsignmentState.Returned)))
            .Select(line => new ExpiryAhead(
                line.Subject, line.Line, line.Item, line.Lot, line.Open, line.Expires!.Value,
                line.Expires.Value - today, line.Expires < consignments[line.Subject].Expected));
        return
        [
            .. offered.Concat(onTheWay)
                .Where(one => one.DaysLeft <= ExpiryDays || one.BeforeArrival)
                .OrderBy(one => one.Expires)
                .ThenBy(one => one.Subject, StringComparer.Ordinal)
                .ThenBy(one => one.Line),
        ];
    }

    /// <summary>A lot is promised to more than one round, and together more of it than is offered.</summary>
    internal const string LotPromisedTwice = "lot-promised-twice";

    /// <summary>More of a lot is sent than is offered.</summary>
    internal const string LotSentTwice = "lot-sent-twice";

    /// <summary>Lots that are promised or sent more than once, over all rounds and requests.</summary>
    internal static ImmutableArray<ChainFinding> DoublePromises(ChainRows rows)
    {
        var offered = rows.Offers
            .Where(offer => offer.State is not (nameof(OfferState.Withdrawn) or nameof(OfferState.Expired)))
            .GroupBy(offer => (offer.Member, offer.Lot))
            .ToDictionary(lot => lot.Key, lot => lot.Sum(offer => offer.Quantity));
        var sender = rows.Consignments
            .Where(row => row.State != nameof(ConsignmentState.Cancelled))
            .ToDictionary(row => row.Subject, row => row.Member, StringComparer.Ordinal);
        var promised = rows.Standing
            .Where(line => line.Quantity > 0)
            .GroupBy(line => (line.Donor, line.Lot))
            .Where(lot => lot.Select(line => line.Round).Distinct().Skip(1).Any())
            .Select(lot => new ChainFinding(
                LotPromisedTwice, lot.First().Subject, lot.First().Line, lot.Sum(line => line.Quantity),
                offered.GetValueOrDefault(lot.Key)));
        var sent = rows.Lines
            .Where(line => sender.ContainsKey(line.Subject))
            .GroupBy(line => (sender[line.Subject], line.Lot))
            .Where(lot => offered.ContainsKey(lot.Key))
            .Select(lot => new ChainFinding(
                LotSentTwice, lot.First().Subject, lot.First().Line, lot.Sum(line => line.Quantity - line.Returned),
                offered[lot.Key]));
        return [.. promised.Concat(sent).Where(finding => finding.Found > finding.Allowed)];
    }

    private static DonorRecord Record(
        string donor, List<OfferRow> offers, List<ConsignmentRow> sent,
        ILookup<string, ConsignmentLineRow> lines)
    {
        var lapsed = offers.Where(offer => offer.State == nameof(OfferState.Lapsed)).ToList();
        var late = sent.Where(row => row.Arrived is not null && row.Promised is not null)
            .Select(row => row.Arrived!.Value - row.Promised!.Value)
            .Order()
            .ToList();
        var accounted = sent.Where(row => Accounted.Contains(row.State))
            .SelectMany(row => lines[row.Subject])
            .ToList();
        return new DonorRecord(
            donor, offers.Count, lapsed.Count, lapsed.Sum(offer => offer.Quantity), sent.Count,
            sent.Count(row => row.Arrived is not null), late.Count(days => days > 0), late.Count,
            late.Count == 0 ? null : Lateness.Quantile(late, 0.5),
            accounted.Sum(line => line.Quantity), accounted.Sum(line => line.Damaged + line.Lost));
    }
}
