using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>Rules in use elsewhere, in whole units, for comparison alone.</summary>
internal sealed class UnitDivision
{
    private readonly LaneNetwork _network;
    private readonly int[] _groupOfLot;
    private readonly long[] _wanted;
    private readonly long[] _given;

    public UnitDivision(AllocationProblem problem)
    {
        _network = LaneNetwork.Of(problem);
        _wanted = [.. _network.Claims.Select(claim => claim.Limit)];
        _given = new long[_wanted.Length];
        _groupOfLot = new int[_network.Lots.Length];
        for (var group = 0; group < _network.Groups.Length; group++)
        {
            foreach (var lot in _network.Groups[group].Lots)
            {
                _groupOfLot[lot] = group;
            }
        }
    }

    /// <summary>
    /// Each lot in proportion to need; units that do not divide go to the largest remainders, then ids.
    /// </summary>
    public Dictionary<int, long> LotByLot()
    {
        long[] need = [.. _network.Claims.Select(claim => claim.Need)];
        for (var lot = 0; lot < _network.Lots.Length; lot++)
        {
            var claims = _network.Groups[_groupOfLot[lot]].Claims;
            var rule = new FairRule(new ClaimBounds(need, new long[need.Length], _wanted));
            var demand = new Int128[claims.Length];
            var scale = rule.Demand(claims, _network.Lots[lot].Quantity, demand);
            var left = Int128.Zero;
            foreach (var ask in demand)
            {
                left += ask % scale;
            }

            // The demands come to a whole number together, so their remainders do too.
            left /= scale;
            var remainders = Enumerable.Range(0, claims.Length)
                .OrderByDescending(at => demand[at] % scale).ThenBy(at => at).Take((int)left).ToHashSet();
            for (var at = 0; at < claims.Length; at++)
            {
                Give(claims[at], (long)(demand[at] / scale) + (remainders.Contains(at) ? 1 : 0));
            }
        }

        return ById();
    }

    /// <summary>Each claim in turn takes all it wants.</summary>
    public Dictionary<int, long> FirstCome(ImmutableArray<int> order)
    {
        var place = order.Distinct().Select((id, at) => (id, at)).ToDictionary();
        long[] left = [.. _network.Lots.Select(lot => lot.Quantity)];
        var turns = Enumerable.Range(0, _network.Claims.Length)
            .OrderBy(claim => place.GetValueOrDefault(_network.Claims[claim].Id, int.MaxValue)).ThenBy(claim => claim);
        foreach (var claim in turns)
        {
            for (var lot = 0; lot < left.Length && _wanted[claim] > 0; lot++)
            {
                if (Array.BinarySearch(_network.Groups[_groupOfLot[lot]].Claims, claim) >= 0)
                {
                    var taken = Math.Min(left[lot], _wanted[claim]);
                    left[lot] -= taken;
                    Give(claim, taken);
                }
            }
        }

        return ById();
    }

    private void Give(int claim, long units)
    {
        _given[claim] += units;
        _wanted[claim] -= units;
    }

    private Dictionary<int, long> ById() =>
        _network.Claims.Select((claim, at) => (claim.Id, _given[at])).ToDictionary();
}
