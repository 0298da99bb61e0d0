using System.Collections.Immutable;
using Sameboat.Allocation;

namespace Sameboat.Exchange.Chain;

/// <summary>Puts a round into words and into one coverage line for each need.</summary>
internal static class RoundWords
{
    /// <summary>The coverage of every need of a round, with the reason that its certificate gives.</summary>
    public static IEnumerable<CoverageLine> CoverageOf(ItemRound round, ImmutableArray<PlaceNeed> needs)
    {
        var reasons = Reasons.ForClaims(round.Result.ToCertificate(), WordsOf(round));
        return round.Result.Shares.Select(share => new CoverageLine(
            needs[share.Claim].Place, round.Item, needs[share.Claim].Need, needs[share.Claim].Before,
            share.Packed, reasons[share.Claim]));
    }

    /// <summary>Why some of a lot is left, by the lot's name; lots that go out whole are not in it.</summary>
    public static IEnumerable<(string Lot, string Reason)> WhyLeft(ItemRound round)
    {
        var reasons = Reasons.ForLots(round.Result.ToCertificate(), WordsOf(round));
        var planned = round.Result.Lines.ToLookup(line => line.Lot, line => line.Quantity);
        return round.Lots.Index()
            .Where(lot => planned[lot.Index].Sum() < lot.Item.Quantity)
            .Select(lot => (lot.Item.Lot, reasons[lot.Index]));
    }

    private static ReasonWords WordsOf(ItemRound round) => new(
        claim => Territories.Get(round.Claims[claim]).EnglishName,
        lot => $"«{round.Lots[lot].Lot}»",
        UnitWords.Plural(round.Item.Unit));
}
