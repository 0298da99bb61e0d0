using System.Collections.Immutable;
using Sameboat.Server.Offers;

namespace Sameboat.Server.Rounds;

/// <summary>
/// What the earlier rounds of an outbreak have bound. Units of a lot that somebody was promised, or is being asked
/// about now, are no supply of another round; and what a place was promised counts as coming to it. Pure: the same rows
/// give the same, whatever their order.
/// </summary>
internal sealed class StandingPromises
{
    private readonly ImmutableArray<(AnsweredLine Line, int AsOf)> _lines;

    private StandingPromises(ImmutableArray<(AnsweredLine Line, int AsOf)> lines) => _lines = lines;

    /// <summary>Nothing bound.</summary>
    internal static readonly StandingPromises None = new([]);

    /// <summary>Reads them from the rows of the record.</summary>
    /// <param name="outbreak">Subject of the outbreak.</param>
    /// <param name="rounds">All rounds; those of other outbreaks are passed over.</param>
    /// <param name="lines">The lines of all plans.</param>
    /// <param name="acceptances">Those that count.</param>
    internal static StandingPromises Of(
        string outbreak, IEnumerable<RoundRow> rounds, IEnumerable<PlanLineRow> lines,
        IEnumerable<AcceptanceRow> acceptances)
    {
        var said = acceptances.ToList();
        var byRound = lines.ToLookup(line => line.Round, StringComparer.Ordinal);
        return new StandingPromises(
        [
            .. rounds.Where(round => round.Outbreak == outbreak)
                .SelectMany(round => Settlement.Of(
                        byRound[round.Subject], said, isOver: round.State != nameof(RoundState.AwaitingAcceptance))
                    .Lines.Where(line => line.Answer is LineAnswer.Accepted or LineAnswer.Open)
                    .Select(line => (line, round.AsOf))),
        ]);
    }

    /// <summary>The offers with what is left of each. Lots of one donor may share a name: units are taken out of the
    /// first that still holds any.</summary>
    internal IEnumerable<(OfferRow Offer, long Left)> LeftOf(IEnumerable<OfferRow> offers)
    {
        var taken = _lines.GroupBy(one => KeyOf(one.Line.Line))
            .ToDictionary(lot => lot.Key, lot => lot.Sum(one => one.Line.Line.Quantity));
        foreach (var offer in offers)
        {
            var key = (offer.Member, offer.Lot, offer.Item);
            var gone = Math.Min(offer.Quantity, taken.GetValueOrDefault(key));
            taken[key] = taken.GetValueOrDefault(key) - gone;
            yield return (offer, offer.Quantity - gone);
        }
    }

    /// <summary>Units that both sides accepted for a place in rounds of so many days before a day, or on it.</summary>
    internal ImmutableDictionary<(TerritoryCode Place, ItemCode Item), long> Coming(DateOnly asOf, int days) => _lines
        .Where(one => one.Line.Answer == LineAnswer.Accepted && one.AsOf > asOf.DayNumber - days)
        .GroupBy(one => (TerritoryCode.Parse(one.Line.Line.Place), ItemCode.Parse(one.Line.Line.Item)))
        .ToImmutableDictionary(group => group.Key, group => group.Sum(one => one.Line.Line.Quantity));

    private static (string Donor, string Lot, string Item) KeyOf(PlanLineRow line) =>
        (line.Donor, line.Lot, line.Item);
}
