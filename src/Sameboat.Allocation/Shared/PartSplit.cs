using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// Where each limit counts: at the claims, where all lanes into a claim weigh the same, so that the level alone decides
/// what is used; otherwise at the lots, each split into parts whose lanes weigh the same.
/// </summary>
internal sealed class PartSplit
{
    private PartSplit(List<(int Claim, double Weight)>[] claimUses, LotPart[] parts, int[] partOfLane)
    {
        ClaimUses = claimUses;
        Parts = parts;
        PartOfLane = partOfLane;
    }

    /// <summary>By limit: the claims that it counts directly.</summary>
    public List<(int Claim, double Weight)>[] ClaimUses { get; }

    public LotPart[] Parts { get; }

    public int[] PartOfLane { get; }

    /// <param name="model">The problem by index.</param>
    /// <param name="binding">The limits that can bind at all; others are left out.</param>
    public static PartSplit Of(LaneModel model, bool[] binding)
    {
        var claimUses = new List<(int, double)>[model.Limits.Length];
        var laneUses = new List<(int Limit, BigInteger Weight)>?[model.LaneLot.Length];
        for (var limit = 0; limit < model.Limits.Length; limit++)
        {
            claimUses[limit] = [];
            if (binding[limit])
            {
                Place(model, limit, claimUses[limit], laneUses);
            }
        }

        var parts = new List<LotPart>();
        var partOfLane = new int[model.LaneLot.Length];
        for (var lot = 0; lot < model.Lots.Length; lot++)
        {
            var lanes = Enumerable.Range(model.LotStart[lot], model.LotStart[lot + 1] - model.LotStart[lot]);
            foreach (var alike in lanes.GroupBy(lane => KeyOf(laneUses[lane])))
            {
                foreach (var lane in alike)
                {
                    partOfLane[lane] = parts.Count;
                }

                parts.Add(new LotPart(lot, [.. alike],
                    [.. (laneUses[alike.First()] ?? []).Select(use => (use.Limit, (double)use.Weight))]));
            }
        }

        return new PartSplit(claimUses, [.. parts], partOfLane);
    }

    private static void Place(LaneModel model, int limit, List<(int, double)> claimUses,
        List<(int, BigInteger)>?[] laneUses)
    {
        foreach (var item in model.Limits[limit].Uses.GroupBy(use => model.ItemOfLot[model.LaneLot[use.Lane]]))
        {
            var claims = item.GroupBy(use => model.LaneClaim[use.Lane])
                .Select(claim => (Claim: claim.Key, Weights: claim.Select(use => use.Weight).ToList())).ToList();
            var alike = claims.TrueForAll(claim => claim.Weights.Count == model.LanesInto(claim.Claim).Length
                && claim.Weights.TrueForAll(weight => weight == claim.Weights[0]));
            if (alike)
            {
                claimUses.AddRange(claims.Select(claim => (claim.Claim, (double)claim.Weights[0])));
                continue;
            }

            foreach (var use in item)
            {
                (laneUses[use.Lane] ??= []).Add((limit, use.Weight));
            }
        }
    }

    private static string KeyOf(List<(int Limit, BigInteger Weight)>? uses) =>
        uses is null ? "" : string.Join(';',
            uses.Select(use => FormattableString.Invariant($"{use.Limit}:{use.Weight}")));
}
