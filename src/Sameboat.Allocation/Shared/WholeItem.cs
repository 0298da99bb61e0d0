using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// One item once it is said which lanes of minimum lots are used and how many vehicles each member has: the minimum is
/// given beforehand, vehicles are a bound on the claim, and the rest is divided by the exact rule of one item.
/// </summary>
internal sealed class WholeItem
{
    private readonly LaneModel _model;
    private readonly WholeRules _rules;
    private readonly SharedProblem _problem;
    private readonly BigInteger[][] _weights;

    private WholeItem(SharedProblem problem, LaneModel model, WholeRules rules)
    {
        (_problem, _model, _rules) = (problem, model, rules);
        _weights = [.. rules.Vehicles.Select(_ => new BigInteger[model.Claims.Length])];
        foreach (var (row, vehicles) in rules.Vehicles.Index())
        {
            foreach (var use in model.Limits[vehicles.Limit].Uses)
            {
                _weights[row][model.LaneClaim[use.Lane]] = use.Weight;
            }
        }
    }

    /// <summary>
    /// Null where more than that ties the lanes: several items, a plain limit, a member's coverage over items, or a
    /// limit of vehicles that weighs a claim's lanes differently.
    /// </summary>
    public static WholeItem? Of(SharedProblem problem, LaneModel model, WholeRules rules)
    {
        var simple = problem.By == CoverageBy.MemberItem && model.ItemCount == 1
            && rules.Vehicles.Length == model.Limits.Length
            && Array.TrueForAll(model.Limits, limit => limit.Uses.GroupBy(use => model.LaneClaim[use.Lane])
                .All(claim => claim.Count() == model.LanesInto(claim.Key).Length
                    && claim.Select(use => use.Weight).Distinct().Count() == 1));
        return simple ? new WholeItem(problem, model, rules) : null;
    }

    /// <param name="used">By lane: whether a lane of a minimum lot is used; other lanes are open.</param>
    /// <param name="caps">By vehicle row and member: vehicles.</param>
    /// <returns>Packs by lane; null where the minimum of all lanes used cannot be given.</returns>
    public long[]? Divide(bool[] used, long[][]? caps)
    {
        var (packs, given) = (new long[used.Length], new long[_model.Claims.Length]);
        var left = _model.Lots.Select(lot => (Int128)lot.Quantity).ToArray();
        for (var lane = 0; lane < used.Length; lane++)
        {
            var lot = _model.LaneLot[lane];
            if (used[lane] && _rules.MinimumPacks[lot] > 1)
            {
                packs[lane] = _rules.MinimumPacks[lot];
                left[lot] -= (Int128)packs[lane] * _model.Lots[lot].PackSize;
                if (left[lot] < 0)
                {
                    return null;
                }

                given[_model.LaneClaim[lane]] += packs[lane] * _model.Lots[lot].PackSize;
            }
        }

        var room = Enumerable.Range(0, given.Length).Select(claim => MostOf(claim, caps) - given[claim]).ToArray();
        return Array.Exists(room, most => most < 0) ? null : Rest(used, packs, given, left, room);
    }

    private long[]? Rest(bool[] used, long[] packs, long[] given, Int128[] left, long[] room)
    {
        var lanes = Enumerable.Range(0, used.Length)
            .Where(lane => used[lane] || _rules.MinimumPacks[_model.LaneLot[lane]] == 1)
            .ToLookup(lane => _model.LaneLot[lane]);
        var laneOf = lanes.SelectMany(lot => lot)
            .ToDictionary(lane => (_model.LaneLot[lane], _model.LaneClaim[lane]));
        var problem = new AllocationProblem(
            [.. _model.Claims.Select((claim, at) =>
                new Claim(at, claim.Need, claim.Received + given[at], room[at]))],
            [.. _model.Lots.Select((lot, at) =>
                new Lot(at, left[at] < lot.PackSize ? 0 : (long)left[at], lot.PackSize))],
            [.. _model.Lots.Select((_, at) => RemovedLanes.AllBut(at, LaneRemoval.RouteClosed,
                [.. lanes[at].Select(lane => _model.LaneClaim[lane])]))],
            _problem.Seed);
        if (!problem.Refusals().IsEmpty)
        {
            return null;
        }

        foreach (var line in ExactPacks.Divide(problem, _model, _problem.Owed))
        {
            packs[laneOf[(line.Lot, line.Claim)]] += line.Packs;
        }

        return packs;
    }

    /// <summary>The most units that a claim may take in its member's vehicles.</summary>
    private long MostOf(int claim, long[][]? caps)
    {
        var most = _model.Claims[claim].Limit;
        for (var row = 0; caps is not null && row < caps.Length; row++)
        {
            if (!_weights[row][claim].IsZero)
            {
                most = (long)BigInteger.Min(most,
                    _rules.Vehicles[row].Most(caps[row][_rules.MemberOf[claim]]) / _weights[row][claim]);
            }
        }

        return most;
    }
}
