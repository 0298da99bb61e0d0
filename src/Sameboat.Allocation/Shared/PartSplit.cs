using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// Where each limit counts: at the claims, where all lanes into a claim weigh the same, so that the level alone decides
/// what is used; otherwise at the lots, and an item whose lots have lanes that weigh differently counts lane by lane. Where most lanes into a claim
/// weigh the same, the claim counts with that weight and the few others with what they weigh more or less.
/// </summary>
/// <remarks>
/// A lane that weighs less than its claim's weight gives room back, so that it must carry what it is said to. This needs a
/// claim that asks from level 0 on, so one that holds nothing.
/// </remarks>
internal sealed class PartSplit
{
    /// <summary>How many times fewer the lanes that differ must be than those that a limit counts.</summary>
    private const int FewerBy = 3;

    private PartSplit(List<(int Claim, double Weight)>[] claimUses, LotPart[] parts, int[] partOfLane,
        bool[] isApart)
    {
        IsApart = isApart;
        ClaimUses = claimUses;
        Parts = parts;
        PartOfLane = partOfLane;
    }

    /// <summary>By limit: the claims that it counts directly.</summary>
    public List<(int Claim, double Weight)>[] ClaimUses { get; }

    public LotPart[] Parts { get; }

    public int[] PartOfLane { get; }

    /// <summary>
    /// By item: whether every lane is a part of its own, because the lanes of one of its lots weigh differently. Then one
    /// cut for each claim says all that flows need, where parts of many lanes would need ever more cuts.
    /// </summary>
    public bool[] IsApart { get; }

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

        var apart = new bool[model.ItemCount];
        for (var lot = 0; lot < model.Lots.Length; lot++)
        {
            var (first, end) = (model.LotStart[lot], model.LotStart[lot + 1]);
            var key = first < end ? KeyOf(laneUses[first]) : "";
            apart[model.ItemOfLot[lot]] |= Enumerable.Range(first, end - first)
                .Any(lane => KeyOf(laneUses[lane]) != key);
        }

        var parts = new List<LotPart>();
        var partOfLane = new int[model.LaneLot.Length];
        for (var lot = 0; lot < model.Lots.Length; lot++)
        {
            var lanes = Enumerable.Range(model.LotStart[lot], model.LotStart[lot + 1] - model.LotStart[lot]);
            foreach (var alike in lanes.GroupBy(lane => apart[model.ItemOfLot[lot]]
                ? FormattableString.Invariant($"{lane}") : KeyOf(laneUses[lane])))
            {
                foreach (var lane in alike)
                {
                    partOfLane[lane] = parts.Count;
                }

                parts.Add(new LotPart(lot, [.. alike],
                    [.. (laneUses[alike.First()] ?? []).Select(use => (use.Limit, (double)use.Weight))]));
            }
        }

        return new PartSplit(claimUses, [.. parts], partOfLane, apart);
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

            var byLot = IsByLot(model, [.. item]);
            foreach (var claim in item.GroupBy(use => model.LaneClaim[use.Lane]))
            {
                var usual = byLot ? BigInteger.Zero : UsualWeight(model, claim.Key, [.. claim]);
                if (usual.Sign > 0)
                {
                    claimUses.Add((claim.Key, (double)usual));
                }

                var own = claim.ToDictionary(use => use.Lane, use => use.Weight);
                foreach (var lane in model.LanesInto(claim.Key))
                {
                    var more = own.GetValueOrDefault(lane) - usual;
                    if (!more.IsZero)
                    {
                        (laneUses[lane] ??= []).Add((limit, more));
                    }
                }
            }
        }
    }

    /// <summary>Whether all lanes of each lot weigh the same, so that no lot need be split.</summary>
    private static bool IsByLot(LaneModel model, LaneUse[] uses) => uses.GroupBy(use => model.LaneLot[use.Lane])
        .All(lot => lot.Count() == model.LotStart[lot.Key + 1] - model.LotStart[lot.Key]
            && lot.All(use => use.Weight == lot.First().Weight));

    /// <summary>The weight of most lanes into a claim, if few others are left; zero where each lane counts alone.
    /// </summary>
    private static BigInteger UsualWeight(LaneModel model, int claim, LaneUse[] uses)
    {
        var lanes = model.LanesInto(claim).Length;
        var usual = uses.GroupBy(use => use.Weight).MaxBy(weight => weight.Count())!;
        return model.Claims[claim].Received == 0 && (lanes - usual.Count()) * FewerBy <= uses.Length
            ? usual.Key : BigInteger.Zero;
    }

    private static string KeyOf(List<(int Limit, BigInteger Weight)>? uses) =>
        uses is null ? "" : string.Join(';',
            uses.Select(use => FormattableString.Invariant($"{use.Limit}:{use.Weight}")));
}
