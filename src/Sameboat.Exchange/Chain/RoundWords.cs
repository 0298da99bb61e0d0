using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>Puts a round into words and into one coverage line for each need.</summary>
internal static class RoundWords
{
    /// <summary>The coverage of every need of a round, with the reason that its certificate gives.</summary>
    public static IEnumerable<CoverageLine> CoverageOf(ItemRound round, ImmutableArray<PlaceNeed> needs)
    {
        var reasons = Reasons.ForClaims(round.Result.ToCertificate(), new ReasonWords(
            claim => Territories.Get(round.Claims[claim]).EnglishName,
            lot => $"«{round.Lots[lot].Lot}»",
            UnitWords(round.Item)));
        return round.Result.Shares.Select(share => new CoverageLine(
            needs[share.Claim].Place, round.Item, needs[share.Claim].Need, needs[share.Claim].Before,
            share.Packed, reasons[share.Claim]));
    }

    // Counted pieces read as «units of» the item elsewhere on the line; measured goods need their measure said.
    private static string UnitWords(PackItem item) => item.Unit switch
    {
        "each" => "pieces",
        "pair" => "pairs",
        "litre" => "litres",
        "m3" => "m³",
        "kg" or "USD" => item.Unit,
        _ => item.Unit + "s",
    };
}
