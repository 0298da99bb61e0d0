using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// Whole packs under shared limits: every amount rounded down to packs, which breaks no rule, and then one pack at a
/// time to the claim with the lowest coverage that is below its level and that some open lane still allows one.
/// </summary>
internal static class SharedPacks
{
    /// <returns>Packs by lane.</returns>
    public static long[] Of(
        LaneModel model, Rational[] amounts, Rational[] asked, ImmutableSortedDictionary<int, Rational> owed)
    {
        Rational[] due = [.. asked.Select((units, claim) => units + owed.GetValueOrDefault(model.Claims[claim].Id))];
        var packs = new long[amounts.Length];
        var left = model.Lots.Select(lot => lot.Quantity).ToArray();
        var given = new long[model.Claims.Length];
        var room = model.Limits.Select(limit => limit.Most).ToArray();
        var uses = new List<(int Limit, BigInteger Weight)>?[amounts.Length];
        for (var limit = 0; limit < model.Limits.Length; limit++)
        {
            foreach (var use in model.Limits[limit].Uses)
            {
                (uses[use.Lane] ??= []).Add((limit, use.Weight));
            }
        }

        void Give(int lane, long count)
        {
            var units = count * model.Lots[model.LaneLot[lane]].PackSize;
            packs[lane] += count;
            left[model.LaneLot[lane]] -= units;
            given[model.LaneClaim[lane]] += units;
            foreach (var (limit, weight) in uses[lane] ?? [])
            {
                room[limit] -= weight * units;
            }
        }

        bool Fits(int lane)
        {
            var (claim, size) = (model.LaneClaim[lane], model.Lots[model.LaneLot[lane]].PackSize);
            return Rational.Of(given[claim]) < due[claim]
                && left[model.LaneLot[lane]] >= size && model.Claims[claim].Limit - given[claim] >= size
                && (uses[lane] ?? []).TrueForAll(use => room[use.Limit] >= use.Weight * size);
        }

        for (var lane = 0; lane < amounts.Length; lane++)
        {
            Give(lane, (long)(amounts[lane].Floor() / model.Lots[model.LaneLot[lane]].PackSize));
        }

        var queue = new PriorityQueue<int, (double Coverage, long Need, int Claim)>();
        (double Coverage, long Need, int Claim) Place(int claim) => (
            (model.Held[claim] + (double)given[claim]) / model.Claims[claim].Need,
            model.Claims[claim].Need, claim);
        queue.EnqueueRange(Enumerable.Range(0, given.Length).Select(claim => (claim, Place(claim))));
        while (queue.TryDequeue(out var claim, out _))
        {
            // The cheapest lane, then the most plentiful lot, so that lots are not emptied that others need.
            var lanes = model.LanesInto(claim).ToArray().Where(Fits).ToList();
            if (lanes.Count > 0)
            {
                Give(lanes.OrderBy(lane => model.Ways.Length == 0 ? default : model.Ways[lane].Undrawn)
                    .ThenByDescending(lane => left[model.LaneLot[lane]]).First(), 1);
                queue.Enqueue(claim, Place(claim));
            }
        }

        return packs;
    }
}
