using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>A lane of a transport problem, by place in its lists.</summary>
internal readonly record struct TransportLane(int Lot, int Claim, WayCost Cost);

/// <summary>
/// The cheapest way to give every claim exactly what it is due, by successive shortest paths with potentials, exact in
/// whole numbers of any size.
/// </summary>
/// <remarks>
/// Edmonds and Karp 1972, J. ACM 19:248, 10.1145/321694.321699. Costs are compared part by part; the method needs only
/// that they can be added and ordered.
/// </remarks>
internal sealed class Transport
{
    private const int None = -1;

    private readonly TransportLane[] _lanes;
    private readonly BigInteger[] _stock;
    private readonly BigInteger[] _due;
    private readonly List<int>[] _ofLot;
    private readonly List<int>[] _ofClaim;
    private readonly WayCost[] _potential;
    private readonly WayCost[] _distance;
    private readonly bool[] _settled;
    private readonly bool[] _seen;
    private readonly int[] _by;
    private readonly BigInteger[] _flow;
    private WayCost _source;

    private Transport(TransportLane[] lanes, BigInteger[] stock, BigInteger[] due)
    {
        (_lanes, _stock, _due) = (lanes, stock, due);
        _ofLot = [.. stock.Select(_ => new List<int>())];
        _ofClaim = [.. due.Select(_ => new List<int>())];
        for (var lane = 0; lane < lanes.Length; lane++)
        {
            _ofLot[lanes[lane].Lot].Add(lane);
            _ofClaim[lanes[lane].Claim].Add(lane);
        }

        var nodes = stock.Length + due.Length;
        _potential = new WayCost[nodes];
        _distance = new WayCost[nodes];
        _settled = new bool[nodes];
        _seen = new bool[nodes];
        _by = new int[nodes];
        _flow = new BigInteger[lanes.Length];
    }

    /// <param name="lanes">Lanes with costs of zero or more; among equals the earlier is taken.</param>
    /// <param name="stock">What each lot holds; used up by the call.</param>
    /// <param name="due">What each claim is due; used up by the call.</param>
    /// <returns>The flow by lane; null where the lots cannot give all that is due.</returns>
    public static BigInteger[]? Cheapest(TransportLane[] lanes, BigInteger[] stock, BigInteger[] due)
    {
        var transport = new Transport(lanes, stock, due);
        while (Array.Exists(due, left => !left.IsZero))
        {
            if (transport.Nearest() is not { } claim)
            {
                return null;
            }

            transport.Send(claim);
        }

        return transport._flow;
    }

    /// <summary>The claim still due something that is cheapest to reach from a lot that holds something.</summary>
    private int? Nearest()
    {
        Array.Clear(_settled);
        Array.Clear(_seen);
        var queue = new PriorityQueue<int, (WayCost Cost, int Order)>();
        for (var lot = 0; lot < _stock.Length; lot++)
        {
            if (_stock[lot].Sign > 0)
            {
                Reach(queue, lot, _source - _potential[lot], None);
            }
        }

        int? nearest = null;
        while (nearest is null && queue.TryDequeue(out var node, out _))
        {
            if (_settled[node])
            {
                continue;
            }

            _settled[node] = true;
            if (node >= _stock.Length && _due[node - _stock.Length].Sign > 0)
            {
                nearest = node - _stock.Length;
            }
            else
            {
                Relax(queue, node);
            }
        }

        if (nearest is { } found)
        {
            // Potentials matter by their differences, so all are lowered by the distance reached.
            var reached = _distance[_stock.Length + found];
            _source -= reached;
            for (var node = 0; node < _potential.Length; node++)
            {
                _potential[node] += _settled[node] ? _distance[node] - reached : default;
            }
        }

        return nearest;
    }

    private void Relax(PriorityQueue<int, (WayCost Cost, int Order)> queue, int node)
    {
        var isLot = node < _stock.Length;
        foreach (var lane in isLot ? _ofLot[node] : _ofClaim[node - _stock.Length])
        {
            if (!isLot && _flow[lane].IsZero)
            {
                continue;
            }

            var other = isLot ? _stock.Length + _lanes[lane].Claim : _lanes[lane].Lot;
            var cost = isLot ? _lanes[lane].Cost : default(WayCost) - _lanes[lane].Cost;
            Reach(queue, other, _distance[node] + cost + _potential[node] - _potential[other], lane);
        }
    }

    private void Reach(PriorityQueue<int, (WayCost Cost, int Order)> queue, int node, WayCost distance, int by)
    {
        if (_settled[node] || (_seen[node] && _distance[node].CompareTo(distance) <= 0))
        {
            return;
        }

        (_seen[node], _distance[node], _by[node]) = (true, distance, by);
        queue.Enqueue(node, (distance, node));
    }

    private void Send(int claim)
    {
        var amount = _due[claim];
        foreach (var (lane, forward) in PathTo(claim))
        {
            amount = forward ? amount : BigInteger.Min(amount, _flow[lane]);
        }

        var start = StartOf(claim);
        amount = BigInteger.Min(amount, _stock[start]);
        foreach (var (lane, forward) in PathTo(claim))
        {
            _flow[lane] += forward ? amount : -amount;
        }

        _stock[start] -= amount;
        _due[claim] -= amount;
    }

    private int StartOf(int claim)
    {
        var node = _stock.Length + claim;
        while (_by[node] != None)
        {
            node = node < _stock.Length ? _stock.Length + _lanes[_by[node]].Claim : _lanes[_by[node]].Lot;
        }

        return node;
    }

    private IEnumerable<(int Lane, bool Forward)> PathTo(int claim)
    {
        var node = _stock.Length + claim;
        while (_by[node] != None)
        {
            var forward = node >= _stock.Length;
            yield return (_by[node], forward);
            node = forward ? _lanes[_by[node]].Lot : _stock.Length + _lanes[_by[node]].Claim;
        }
    }
}
