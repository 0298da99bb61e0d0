using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Allocation;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>What one place needs of one item, and holds before the plan.</summary>
/// <param name="Place">The place.</param>
/// <param name="Need">Units, above zero.</param>
/// <param name="Before">Units received already, zero or more.</param>
internal sealed record PlaceNeed(TerritoryCode Place, long Need, long Before = 0);

/// <summary>What of a lot decides where it can go and in what amounts; not whose it is.</summary>
internal sealed record RoundLot(
    long Quantity, long Pack, DateOnly? Available, DateOnly? Expires, ImmutableArray<TerritoryCode> OnlyFor)
{
    public static RoundLot Of(Offer offer) =>
        new(offer.Quantity, offer.Pack, offer.Available, offer.Expires, offer.OnlyFor);
}

/// <summary>A lane between a lot and a place that is closed because a party does not accept it.</summary>
/// <param name="Lot">The number of the lot.</param>
/// <param name="Place">Where it may not go.</param>
internal readonly record struct ClosedLane(int Lot, TerritoryCode Place)
{
    /// <summary>The lanes of an item that the places' own lists close.</summary>
    public static ImmutableArray<ClosedLane> Of(ImmutableArray<Refusal> refusals, PackItem item, int lots) =>
    [
        .. refusals.Where(refusal => refusal.Covers(item))
            .Select(refusal => refusal.Place)
            .Distinct()
            .Order()
            .SelectMany(place => Enumerable.Range(0, lots).Select(lot => new ClosedLane(lot, place))),
    ];
}

/// <summary>Makes allocation problems of needs and offers, and names what the engine only numbers.</summary>
internal static class Rounds
{
    /// <summary>Whether a lot can take part in a plan for these weeks; null when it can, otherwise why not.</summary>
    public static string? IdleBecause(Offer offer, DateOnly lastDay) =>
        offer.Available > lastDay
            ? string.Create(CultureInfo.InvariantCulture,
                $"It is available only from {offer.Available:yyyy-MM-dd}, after the last day of the plan.")
            : null;

    /// <summary>
    /// The lanes that no delivery can use, with reasons. No travel time is assumed: a lot arrives on the first day on
    /// which it is available, or on the first day of the plan.
    /// </summary>
    private static IEnumerable<RemovedLanes> RemovedLanesOf(
        int lot, RoundLot offer, ImmutableArray<TerritoryCode> claims, DateOnly firstDay)
    {
        var arrives = offer.Available > firstDay ? offer.Available.Value : firstDay;
        if (offer.Expires < arrives)
        {
            yield return RemovedLanes.AllBut(lot, LaneRemoval.ExpiredOnArrival);
        }

        if (!offer.OnlyFor.IsEmpty)
        {
            yield return RemovedLanes.AllBut(lot, LaneRemoval.Earmarked,
                [.. offer.OnlyFor.Select(place => claims.BinarySearch(place)).Where(claim => claim >= 0).Order()]);
        }
    }

    /// <summary>Allocates one item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="needs">Its needs in the order of the place's code.</param>
    /// <param name="lots">Its lots in the order of the offers.</param>
    /// <param name="settings">The weeks and the seed.</param>
    /// <param name="closed">Lanes closed beside those that dates and earmarks close.</param>
    public static ItemRound Allocate(
        PackItem item, ImmutableArray<PlaceNeed> needs, ImmutableArray<Offer> lots, ChainSettings settings,
        ImmutableArray<ClosedLane> closed)
    {
        var problem = ProblemOf(needs, [.. lots.Select(RoundLot.Of)], settings.FirstDay, settings.Seed, closed);
        return new ItemRound(item, [.. needs.Select(need => need.Place)], lots, Allocator.Allocate(problem));
    }

    /// <summary>The problem of one item: claims and lots are numbered in the order given.</summary>
    public static AllocationProblem ProblemOf(
        ImmutableArray<PlaceNeed> needs, ImmutableArray<RoundLot> lots, DateOnly firstDay, ulong seed,
        ImmutableArray<ClosedLane> closed = default)
    {
        ImmutableArray<TerritoryCode> claims = [.. needs.Select(need => need.Place)];
        return new AllocationProblem(
            [.. needs.Select((need, id) => new Claim(id, need.Need, need.Before))],
            [.. lots.Select((lot, id) => new Lot(id, lot.Quantity, lot.Pack))],
            [
                .. lots.SelectMany((lot, id) => RemovedLanesOf(id, lot, claims, firstDay)
                    .Concat(NotAcceptedOf(id, claims, closed))),
            ],
            seed);
    }

    private static IEnumerable<RemovedLanes> NotAcceptedOf(
        int lot, ImmutableArray<TerritoryCode> claims, ImmutableArray<ClosedLane> closed)
    {
        ImmutableArray<int> refused = closed.IsDefaultOrEmpty ? [] :
        [
            .. closed.Where(lane => lane.Lot == lot)
                .Select(lane => claims.BinarySearch(lane.Place))
                .Where(claim => claim >= 0)
                .Distinct()
                .Order(),
        ];
        return refused.IsEmpty ? [] : [RemovedLanes.To(lot, LaneRemoval.NotAccepted, refused)];
    }
}
