using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>
/// The plan in whole packs under minimum lots and vehicles. A part whose plan without them keeps them stays as it is.
/// A part whose plan breaks them, or whose vehicles could be too few, is searched anew.
/// </summary>
/// <remarks>docs/methods/minimum-lots.md.</remarks>
internal static class WholeParts
{
    /// <param name="problem">The problem.</param>
    /// <param name="model">The same by index.</param>
    /// <param name="rules">Its minimum lots and vehicles.</param>
    /// <param name="binding">The limits that can bind as plain bounds.</param>
    /// <param name="amounts">The divisible plan, units by lane.</param>
    /// <param name="packs">The plan without minimum lots and vehicles, packs by lane.</param>
    /// <returns>Packs by lane.</returns>
    public static long[] Of(SharedProblem problem, LaneModel model, WholeRules rules, bool[] binding,
        Rational[] amounts, long[] packs)
    {
        var cheaper = TieBreak.CheapenPacks(model, binding, packs);
        var relaxed = rules.Broken(cheaper).Count == 0 ? cheaper : packs;
        var broken = rules.Broken(relaxed);
        bool[] counted = [.. binding];
        var scarce = rules.Vehicles.Where(rules.CanBind).Select(row => row.Limit).ToHashSet();
        foreach (var limit in scarce)
        {
            counted[limit] = true;
        }

        if (broken.Count == 0 && scarce.Count == 0)
        {
            return relaxed;
        }

        long[] whole = [.. relaxed];
        var parts = SharedAllocator.PartsOf(model, counted).Select(part => (part.Claims, part.Binding,
                Lanes: Enumerable.Range(0, whole.Length).Where(lane => part.Claims[model.LaneClaim[lane]]).ToArray()))
            .Where(part => Array.Exists(part.Lanes, broken.Contains)
                || part.Binding.Index().Any(limit => limit.Item && scarce.Contains(limit.Index))).ToList();
        var all = parts.Sum(part => part.Lanes.Length);
        foreach (var (claims, limits, lanes) in parts)
        {
            var isBound = !limits.Index().Any(limit => limit.Item && binding[limit.Index]);
            var found = new WholeSearch(PartOf(problem, model, claims, limits),
                [.. lanes.Select(lane => amounts[lane])], [.. lanes.Select(lane => relaxed[lane])], isBound, all)
                .Best();
            foreach (var (at, lane) in lanes.Index())
            {
                whole[lane] = found[at];
            }
        }

        return whole;
    }

    /// <summary>The part alone; its lanes are in the order of the whole.</summary>
    private static SharedProblem PartOf(SharedProblem problem, LaneModel model, bool[] claims, bool[] limits)
    {
        ImmutableArray<SharedClaim> own = [.. model.Claims.Where((_, at) => claims[at])];
        var items = own.Select(claim => claim.Item).ToHashSet();
        ImmutableArray<SharedLot> lots = [.. model.Lots.Where(lot => items.Contains(lot.Item))];
        var (ids, members) = (lots.Select(lot => lot.Id).ToHashSet(), own.Select(claim => claim.Member).ToHashSet());
        var kept = model.Limits.Where((_, at) => limits[at]).Select(limit => limit.Id).ToHashSet();
        return problem with
        {
            Claims = own,
            Lots = lots,
            Lanes = problem.Lanes.RemoveAll(lane => !ids.Contains(lane.Lot) || !members.Contains(lane.Member)),
            Closed = [],
            Limits = [.. problem.Limits.Where(limit => kept.Contains(limit.Id)).Select(limit => limit with
            {
                Terms = limit.Terms.RemoveAll(term => (term.Lot is { } lot && !ids.Contains(lot))
                    || (term.Member is { } member && !members.Contains(member))),
            })],
        };
    }
}
