namespace Sameboat.Allocation;

/// <summary>
/// The most that the lot parts of one item can send to its claims, in floating point, and the claims that fall short
/// with everybody who shares their lots. Dinic 1970 on the bipartite network, as a search by breadth for each layer.
/// </summary>
internal sealed class ItemFlow
{
    private const double RelativeSlack = 1e-11;
    private const int Unseen = -1;

    private readonly int[] _claims;
    private readonly int[] _parts;
    private readonly int[] _partStart;
    private readonly int[] _edgeClaim;
    private readonly int[] _edgePart;
    private readonly int[] _claimStart;
    private readonly int[] _claimEdge;
    private readonly int[] _lane;
    private readonly double[] _flow;
    private readonly double[] _stock;
    private readonly double[] _missing;
    private readonly int[] _layer;
    private readonly int[] _next;
    private readonly int[] _queue;
    private double _slack;

    /// <param name="claims">Claim indices of the item.</param>
    /// <param name="parts">Indices of the lot parts of the item.</param>
    /// <param name="lanes">Part and claim, by position in the two lists, and lane index, ordered by part.</param>
    public ItemFlow(int[] claims, int[] parts, List<(int Part, int Claim, int Lane)> lanes)
    {
        _claims = claims;
        _parts = parts;
        _edgePart = [.. lanes.Select(lane => lane.Part)];
        _edgeClaim = [.. lanes.Select(lane => lane.Claim)];
        _lane = [.. lanes.Select(lane => lane.Lane)];
        _partStart = new int[parts.Length + 1];
        _claimStart = new int[claims.Length + 1];
        foreach (var (part, claim, _) in lanes)
        {
            _partStart[part + 1]++;
            _claimStart[claim + 1]++;
        }

        Accumulate(_partStart);
        Accumulate(_claimStart);
        _claimEdge = new int[lanes.Count];
        var next = _claimStart.AsSpan(0, claims.Length).ToArray();
        for (var edge = 0; edge < lanes.Count; edge++)
        {
            _claimEdge[next[_edgeClaim[edge]]++] = edge;
        }

        _flow = new double[lanes.Count];
        _stock = new double[parts.Length];
        _missing = new double[claims.Length];
        _layer = new int[parts.Length + claims.Length];
        _next = new int[parts.Length + claims.Length];
        _queue = new int[parts.Length + claims.Length];
    }

    public int[] Claims => _claims;

    public int[] Parts => _parts;

    /// <summary>Sends as much as can be sent.</summary>
    /// <param name="stock">What a part may send, by part index.</param>
    /// <param name="asked">What a claim asks, by claim index.</param>
    /// <returns>
    /// Null when all is met within rounding; otherwise the claims that fall short and all who share their parts.
    /// </returns>
    public int[]? Send(Func<int, double> stock, double[] asked)
    {
        Array.Clear(_flow);
        var total = 0.0;
        for (var claim = 0; claim < _claims.Length; claim++)
        {
            _missing[claim] = asked[_claims[claim]];
            total += _missing[claim];
        }

        _slack = RelativeSlack * total;
        for (var part = 0; part < _parts.Length; part++)
        {
            _stock[part] = stock(_parts[part]);
        }

        SendDirectly();
        while (Short() && Layer())
        {
            Augment();
        }

        return Short() ? Cut() : null;
    }

    /// <summary>The flows above zero, by lane index.</summary>
    public IEnumerable<(int Lane, double Amount)> Flows()
    {
        for (var edge = 0; edge < _flow.Length; edge++)
        {
            if (_flow[edge] > 0)
            {
                yield return (_lane[edge], _flow[edge]);
            }
        }
    }

    private static void Accumulate(int[] starts)
    {
        for (var index = 1; index < starts.Length; index++)
        {
            starts[index] += starts[index - 1];
        }
    }

    private bool Short() => Array.Exists(_missing, missing => missing > _slack);

    private void SendDirectly()
    {
        for (var edge = 0; edge < _flow.Length; edge++)
        {
            var amount = Math.Min(_stock[_edgePart[edge]], _missing[_edgeClaim[edge]]);
            if (amount > 0)
            {
                _flow[edge] = amount;
                _stock[_edgePart[edge]] -= amount;
                _missing[_edgeClaim[edge]] -= amount;
            }
        }
    }

    private bool Layer()
    {
        Array.Fill(_layer, Unseen);
        int head = 0, tail = 0;
        for (var part = 0; part < _parts.Length; part++)
        {
            if (_stock[part] > _slack)
            {
                _layer[part] = 0;
                _queue[tail++] = part;
            }
        }

        var reached = false;
        while (head < tail)
        {
            var node = _queue[head++];
            var isPart = node < _parts.Length;
            var claim = node - _parts.Length;
            reached |= !isPart && _missing[claim] > _slack;
            var start = isPart ? _partStart[node] : _claimStart[claim];
            var end = isPart ? _partStart[node + 1] : _claimStart[claim + 1];
            for (var at = start; at < end; at++)
            {
                var edge = isPart ? at : _claimEdge[at];
                var other = isPart ? _parts.Length + _edgeClaim[edge] : _edgePart[edge];
                if (_layer[other] == Unseen && (isPart || _flow[edge] > _slack))
                {
                    _layer[other] = _layer[node] + 1;
                    _queue[tail++] = other;
                }
            }
        }

        return reached;
    }

    private void Augment()
    {
        for (var part = 0; part < _parts.Length; part++)
        {
            _next[part] = _partStart[part];
        }

        for (var claim = 0; claim < _claims.Length; claim++)
        {
            _next[_parts.Length + claim] = _claimStart[claim];
        }

        for (var part = 0; part < _parts.Length; part++)
        {
            while (_stock[part] > _slack)
            {
                var sent = Push(part, _stock[part]);
                if (sent <= 0)
                {
                    break;
                }

                _stock[part] -= sent;
            }
        }
    }

    private double Push(int node, double most)
    {
        var isPart = node < _parts.Length;
        var claim = node - _parts.Length;
        if (!isPart && _missing[claim] > _slack)
        {
            var taken = Math.Min(most, _missing[claim]);
            _missing[claim] -= taken;
            return taken;
        }

        var end = isPart ? _partStart[node + 1] : _claimStart[claim + 1];
        for (; _next[node] < end; _next[node]++)
        {
            var edge = isPart ? _next[node] : _claimEdge[_next[node]];
            var other = isPart ? _parts.Length + _edgeClaim[edge] : _edgePart[edge];
            if (_layer[other] != _layer[node] + 1 || (!isPart && _flow[edge] <= _slack))
            {
                continue;
            }

            var sent = Push(other, isPart ? most : Math.Min(most, _flow[edge]));
            if (sent > 0)
            {
                _flow[edge] += isPart ? sent : -sent;
                return sent;
            }
        }

        return 0;
    }

    /// <summary>The claims that fall short, the parts that reach them, the claims those feed, and so on.</summary>
    private int[] Cut()
    {
        var inCut = new bool[_claims.Length];
        var seen = new bool[_parts.Length];
        var waiting = new Queue<int>();
        for (var claim = 0; claim < _claims.Length; claim++)
        {
            if (_missing[claim] > _slack)
            {
                inCut[claim] = true;
                waiting.Enqueue(claim);
            }
        }

        while (waiting.TryDequeue(out var claim))
        {
            for (var at = _claimStart[claim]; at < _claimStart[claim + 1]; at++)
            {
                var part = _edgePart[_claimEdge[at]];
                for (var edge = _partStart[part]; !seen[part] && edge < _partStart[part + 1]; edge++)
                {
                    if (_flow[edge] > _slack && !inCut[_edgeClaim[edge]])
                    {
                        inCut[_edgeClaim[edge]] = true;
                        waiting.Enqueue(_edgeClaim[edge]);
                    }
                }

                seen[part] = true;
            }
        }

        return [.. _claims.Where((_, claim) => inCut[claim])];
    }
}
