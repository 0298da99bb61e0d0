using System.Collections.Immutable;

namespace Sameboat.Exchange.Chain;

/// <summary>Puts a round into words.</summary>
internal static class RoundWords
{
    /// <summary>One coverage line for each need of a round.</summary>
    public static IEnumerable<CoverageLine> CoverageOf(ItemRound round, ImmutableArray<PlaceNeed> needs)
    {
        var shares = round.Result.Shares.ToDictionary(share => share.Claim);
        return needs.Select((need, claim) => new CoverageLine(
            need.Place, round.Item, need.Need, need.Before, shares[claim].Packed, "reason"));
    }
}
