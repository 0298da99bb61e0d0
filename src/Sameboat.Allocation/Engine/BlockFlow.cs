namespace Sameboat.Allocation;

/// <summary>
/// The most that some groups of lots can send to some claims with given demands, by Dinic's algorithm on the bipartite
/// network, and the claims that fall short with everybody who shares their lots.
/// </summary>
/// <remarks>Dinic 1970, Soviet Math. Dokl. 11:1277; no lane has a limit of its own.</remarks>
internal sealed class BlockFlow
{
    private const int Unseen = -1;

    private readonly LaneNetwork _network;
    private readonly int[] _claims;
    private readonly int[] _groups;
    private readonly int[] _groupStart;
    private readonly int[] _edgeClaim;
    private readonly int[] _edgeGroup;
    private readonly int[] _claimStart;
    private readonly int[] _claimEdge;
    private readonly Int128[] _flow;
    private Int128[] _stock = [];
    private Int128[] _missing = [];

    /// <param name="network">The whole network.</param>
    /// <param name="claims">Claim indices of this block, ascending.</param>
    /// <param name="groups">Group indices of this block, ascending; those that reach no claim here are dropped.</param>
    public BlockFlow(LaneNetwork network, int[] claims, int[] groups)
    {
        _network = network;
        _claims = claims;
        var local = new int[network.Claims.Length];
        Array.Fill(local, Unseen);
        for (var index = 0; index < claims.Length; index++)
        {
            local[claims[index]] = index;
        }

        var kept = new List<int>(groups.Length);
        var starts = new List<int>(groups.Length + 1) { 0 };
        var edges = new List<int>();
        foreach (var group in groups)
        {
            foreach (var claim in network.Groups[group].Claims)
            {
                if (local[claim] != Unseen)
                {
                    edges.Add(local[claim]);
                }
            }

            if (edges.Count > starts[^1])
            {
                kept.Add(group);
                starts.Add(edges.Count);
            }
        }

        _groups = [.. kept];
        _groupStart = [.. starts];
        _edgeClaim = [.. edges];
        _edgeGroup = new int[_edgeClaim.Length];
        _claimStart = new int[claims.Length + 1];
        _claimEdge = new int[_edgeClaim.Length];
        _flow = new Int128[_edgeClaim.Length];
        IndexByClaim();
    }

    /// <summary>Claim indices of this block, ascending.</summary>
    public ReadOnlySpan<int> Claims => _claims;

    /// <summary>Indices of the groups that reach a claim of this block, ascending.</summary>
    public ReadOnlySpan<int> Groups => _groups;

    /// <summary>Sends as much as can be sent; true when every demand is met.</summary>
    /// <param name="stock">What each group of <see cref="Groups"/> holds.</param>
    /// <param name="demand">What each claim of <see cref="Claims"/> asks.</param>
    public bool Send(Int128[] stock, Int128[] demand)
    {
        _stock = stock;
        _missing = demand;
        Array.Clear(_flow);
        SendDirectly();
        var levels = new int[_groups.Length + _claims.Length];
        while (Array.Exists(_missing, missing => missing > 0) && Layer(levels))
        {
            Augment(levels);
        }

        return !Array.Exists(_missing, missing => missing > 0);
    }

    /// <summary>
    /// The claims that fall short and, with them, all groups they could draw on and all claims fed by those groups: the
    /// least minimum cut.
    /// </summary>
    public (int[] PoorClaims, int[] PoorGroups, int[] RichClaims, int[] RichGroups) Split()
    {
        var poorClaim = new bool[_claims.Length];
        var poorGroup = new bool[_groups.Length];
        var queue = new Queue<int>();
        for (var claim = 0; claim < _claims.Length; claim++)
        {
            if (_missing[claim] > 0)
            {
                poorClaim[claim] = true;
                queue.Enqueue(claim);
            }
        }

        while (queue.TryDequeue(out var claim))
        {
            for (var index = _claimStart[claim]; index < _claimStart[claim + 1]; index++)
            {
                var group = _edgeGroup[_claimEdge[index]];
                if (poorGroup[group])
                {
                    continue;
                }

                poorGroup[group] = true;
                for (var edge = _groupStart[group]; edge < _groupStart[group + 1]; edge++)
                {
                    if (_flow[edge] > 0 && !poorClaim[_edgeClaim[edge]])
                    {
                        poorClaim[_edgeClaim[edge]] = true;
                        queue.Enqueue(_edgeClaim[edge]);
                    }
                }
            }
        }

        return (Chosen(_claims, poorClaim, true), Chosen(_groups, poorGroup, true),
            Chosen(_claims, poorClaim, false), Chosen(_groups, poorGroup, false));
    }

    /// <summary>The flows above zero, by group and claim, in the indices of the whole network.</summary>
    public IEnumerable<(int Group, int Claim, Int128 Amount)> Flows()
    {
        for (var edge = 0; edge < _flow.Length; edge++)
        {
            if (_flow[edge] > 0)
            {
                yield return (_groups[_edgeGroup[edge]], _claims[_edgeClaim[edge]], _flow[edge]);
            }
        }
    }

    private static int[] Chosen(int[] items, bool[] marks, bool mark) =>
        [.. items.Where((_, index) => marks[index] == mark)];

    private void IndexByClaim()
    {
        for (var group = 0; group < _groups.Length; group++)
        {
            for (var edge = _groupStart[group]; edge < _groupStart[group + 1]; edge++)
            {
                _edgeGroup[edge] = group;
                _claimStart[_edgeClaim[edge] + 1]++;
            }
        }

        for (var claim = 0; claim < _claims.Length; claim++)
        {
            _claimStart[claim + 1] += _claimStart[claim];
        }

        var next = _claimStart.AsSpan(0, _claims.Length).ToArray();
        for (var edge = 0; edge < _edgeClaim.Length; edge++)
        {
            _claimEdge[next[_edgeClaim[edge]]++] = edge;
        }
    }

    // Lots with few lanes first: what they cannot place, nobody can place for them.
    private void SendDirectly()
    {
        var order = Enumerable.Range(0, _groups.Length)
            .OrderBy(group => _groupStart[group + 1] - _groupStart[group]).ToArray();
        foreach (var group in order)
        {
            for (var edge = _groupStart[group]; edge < _groupStart[group + 1] && _stock[group] > 0; edge++)
            {
                Move(group, edge, Int128.Min(_stock[group], _missing[_edgeClaim[edge]]));
            }
        }
    }

    private void Move(int group, int edge, Int128 amount)
    {
        if (amount > 0)
        {
            _flow[edge] += amount;
            _stock[group] -= amount;
            _missing[_edgeClaim[edge]] -= amount;
        }
    }

    /// <summary>Distances from the groups with stock left; true when a claim that falls short is reached.</summary>
    private bool Layer(int[] levels)
    {
        Array.Fill(levels, Unseen);
        var queue = new Queue<int>();
        for (var group = 0; group < _groups.Length; group++)
        {
            if (_stock[group] > 0)
            {
                levels[group] = 0;
                queue.Enqueue(group);
            }
        }

        var reached = int.MaxValue;
        while (queue.TryDequeue(out var node) && levels[node] < reached)
        {
            if (node < _groups.Length)
            {
                for (var edge = _groupStart[node]; edge < _groupStart[node + 1]; edge++)
                {
                    var claim = _groups.Length + _edgeClaim[edge];
                    if (levels[claim] != Unseen)
                    {
                        continue;
                    }

                    levels[claim] = levels[node] + 1;
                    queue.Enqueue(claim);
                    reached = _missing[_edgeClaim[edge]] > 0 ? Math.Min(reached, levels[claim]) : reached;
                }
            }
            else
            {
                LayerBack(node, levels, queue);
            }
        }

        return reached != int.MaxValue;
    }

    private void LayerBack(int node, int[] levels, Queue<int> queue)
    {
        var claim = node - _groups.Length;
        for (var index = _claimStart[claim]; index < _claimStart[claim + 1]; index++)
        {
            var edge = _claimEdge[index];
            if (_flow[edge] > 0 && levels[_edgeGroup[edge]] == Unseen)
            {
                levels[_edgeGroup[edge]] = levels[node] + 1;
                queue.Enqueue(_edgeGroup[edge]);
            }
        }
    }

    /// <summary>A blocking flow in the layers, by depth-first search with a pointer per node.</summary>
    private void Augment(int[] levels)
    {
        var groupNext = _groupStart.AsSpan(0, _groups.Length).ToArray();
        var claimNext = _claimStart.AsSpan(0, _claims.Length).ToArray();
        var path = new List<int>();
        for (var start = 0; start < _groups.Length; start++)
        {
            while (_stock[start] > 0 && FindPath(start, levels, groupNext, claimNext, path))
            {
                Push(start, path);
            }
        }
    }

    private bool FindPath(int start, int[] levels, int[] groupNext, int[] claimNext, List<int> path)
    {
        path.Clear();
        var node = start;
        while (true)
        {
            if (node >= _groups.Length && _missing[node - _groups.Length] > 0)
            {
                return true;
            }

            var edge = node < _groups.Length
                ? NextForward(node, levels, groupNext)
                : NextBack(node - _groups.Length, levels, claimNext);
            if (edge != Unseen)
            {
                path.Add(edge);
                node = node < _groups.Length ? _groups.Length + _edgeClaim[edge] : _edgeGroup[edge];
                continue;
            }

            if (path.Count == 0)
            {
                return false;
            }

            // A dead end: step back and let the node before it try its next lane.
            levels[node] = Unseen;
            var back = path[^1];
            path.RemoveAt(path.Count - 1);
            node = node < _groups.Length ? _groups.Length + _edgeClaim[back] : _edgeGroup[back];
        }
    }

    private int NextForward(int group, int[] levels, int[] groupNext)
    {
        for (; groupNext[group] < _groupStart[group + 1]; groupNext[group]++)
        {
            if (levels[_groups.Length + _edgeClaim[groupNext[group]]] == levels[group] + 1)
            {
                return groupNext[group];
            }
        }

        return Unseen;
    }

    private int NextBack(int claim, int[] levels, int[] claimNext)
    {
        for (; claimNext[claim] < _claimStart[claim + 1]; claimNext[claim]++)
        {
            var edge = _claimEdge[claimNext[claim]];
            if (_flow[edge] > 0 && levels[_edgeGroup[edge]] == levels[_groups.Length + claim] + 1)
            {
                return edge;
            }
        }

        return Unseen;
    }

    // The path alternates: even steps send along a lane, odd steps take back along one.
    private void Push(int start, List<int> path)
    {
        var last = path[^1];
        var amount = Int128.Min(_stock[start], _missing[_edgeClaim[last]]);
        for (var step = 1; step < path.Count; step += 2)
        {
            amount = Int128.Min(amount, _flow[path[step]]);
        }

        for (var step = 0; step < path.Count; step++)
        {
            _flow[path[step]] += step % 2 == 0 ? amount : -amount;
        }

        _stock[start] -= amount;
        _missing[_edgeClaim[last]] -= amount;
    }
}
