using System.Collections.Immutable;
using Sameboat.Exchange.Files;

namespace Sameboat.Exchange.Chain;

/// <summary>A line of a plan after its parties have answered.</summary>
/// <param name="Donor">Whose lot it is.</param>
/// <param name="Lot">The donor's name of the lot.</param>
/// <param name="Place">Where it was to go.</param>
/// <param name="Quantity">Units; 0 for a line that an earlier re-allocation took out.</param>
/// <param name="Accepted">True when every party accepted it.</param>
public sealed record SettledLine(string Donor, string Lot, TerritoryCode Place, long Quantity, bool Accepted);

/// <summary>
/// Allocates anew what was declined: the lines that were accepted stay as they are and count as received, their units
/// are out of the lots, and the lane of every line that was not accepted is closed. Needs and lots are those that the
/// round was frozen with. The same input gives the same result.
/// </summary>
public static class Reallocation
{
    /// <summary>The round of one item over what is left.</summary>
    /// <param name="first">The round of the item as first planned.</param>
    /// <param name="result">The run that it belongs to.</param>
    /// <param name="lines">Every line of the item's plan as it stands, with what its parties answered.</param>
    /// <returns>
    /// The new round, whose lots hold what is left of each and whose lines come beside the accepted ones, and one
    /// coverage line for each claim, with the accepted units as those received before.
    /// </returns>
    public static (ItemRound Round, ImmutableArray<CoverageLine> Coverage) Again(
        ItemRound first, ChainResult result, ImmutableArray<SettledLine> lines)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(result);
        var accepted = lines.Where(line => line.Accepted).ToList();
        var before = accepted.GroupBy(line => line.Place)
            .ToDictionary(place => place.Key, place => place.Sum(line => line.Quantity));
        var planned = result.Coverage.Where(line => line.Item.Code == first.Item.Code)
            .ToDictionary(line => line.Place);
        ImmutableArray<PlaceNeed> needs =
        [
            .. first.Claims.Select(place => new PlaceNeed(
                place, planned[place].Need, planned[place].Before + before.GetValueOrDefault(place))),
        ];
        var lots = Left(first.Lots, accepted);
        ImmutableArray<ClosedLane> closed =
        [
            .. ClosedLane.Of(result.Input.Refusals, first.Item, lots.Length),
            .. lines.Where(line => !line.Accepted).SelectMany(line => LanesOf(line, lots)),
        ];
        var round = Rounds.Allocate(first.Item, needs, lots, result.Settings, closed);
        return (round, [.. RoundWords.CoverageOf(round, needs)]);
    }

    // Lots of one donor may share a name: what was accepted is taken out of the first that still holds any. Less than a
    // pack that is left of a lot stays with its donor.
    private static ImmutableArray<Offer> Left(ImmutableArray<Offer> offers, List<SettledLine> accepted)
    {
        var taken = accepted.GroupBy(line => (line.Donor, line.Lot))
            .ToDictionary(lot => lot.Key, lot => lot.Sum(line => line.Quantity));
        var left = ImmutableArray.CreateBuilder<Offer>(offers.Length);
        foreach (var offer in offers)
        {
            var gone = Math.Min(offer.Quantity, taken.GetValueOrDefault((offer.Donor, offer.Lot)));
            taken[(offer.Donor, offer.Lot)] = taken.GetValueOrDefault((offer.Donor, offer.Lot)) - gone;
            var rest = offer.Quantity - gone;
            left.Add(rest >= offer.Pack ? offer with { Quantity = rest } : offer with { Quantity = 0 });
        }

        return left.MoveToImmutable();
    }

    private static IEnumerable<ClosedLane> LanesOf(SettledLine line, ImmutableArray<Offer> lots) =>
        Enumerable.Range(0, lots.Length)
            .Where(lot => lots[lot].Donor == line.Donor && lots[lot].Lot == line.Lot)
            .Select(lot => new ClosedLane(lot, line.Place));
}
