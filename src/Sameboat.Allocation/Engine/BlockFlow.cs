using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>The two sides of a cut, by indices of the whole network, ascending.</summary>
internal readonly record struct BlockSplit(
    int[] PoorClaims, int[] PoorGroups, int[] RichClaims, int[] RichGroups);

/// <summary>
/// The most that some groups of lots can send to some claims with given demands, by Dinic's algorithm on the bipartite
/// network, and the claims that fall short with everybody who shares their lots.
/// </summary>
/// <remarks>Dinic 1970, Soviet Math. Dokl. 11:1277; no lane has a limit of its own.</remarks>
/// <param name="lanes">The lanes of the block.</param>
/// <typeparam name="T">A signed whole number that holds all stocks of the block together.</typeparam>
internal sealed class BlockFlow<T>(BlockLanes lanes)
    where T : struct, IBinaryInteger<T>
{
    private const int Unseen = -1;

    private readonly int[] _claims = lanes.Claims;
    private readonly int[] _groups = lanes.Groups;
    private readonly int[] _groupStart = lanes.GroupStart;
    private readonly int[] _edgeClaim = lanes.EdgeClaim;
    private readonly int[] _edgeGroup = lanes.EdgeGroup;
    private readonly int[] _claimStart = lanes.ClaimStart;
    private readonly int[] _claimEdge = lanes.ClaimEdge;
    private readonly T[] _flow = new T[lanes.EdgeClaim.Length];
    private T[] _stock = [];
    private T[] _missing = [];

    /// <summary>Sends as much as can be sent; true when every demand is met.</summary>
    /// <param name="stock">What each group of <see cref="BlockLanes.Groups"/> holds.</param>
    /// <param name="demand">What each claim of <see cref="BlockLanes.Claims"/> asks.</param>
    public bool Send(T[] stock, T[] demand)
    {
        _stock = stock;
        _missing = demand;
        Array.Clear(_flow);
        SendDirectly();
        var levels = new int[_groups.Length + _claims.Length];
        while (Array.Exists(_missing, missing => missing > T.Zero) && Layer(levels))
        {
            Augment(levels);
        }

        return !Array.Exists(_missing, missing => missing > T.Zero);
    }

    /// <summary>
    /// The claims that fall short and, with them, all groups they could draw on and all claims fed by those groups: the
    /// least minimum cut.
    /// </summary>
    public BlockSplit Split()
    {
        var poorClaim = new bool[_claims.Length];
        var poorGroup = new bool[_groups.Length];
        var queue = new Queue<int>();
        for (var claim = 0; claim < _claims.Length; claim++)
        {
            if (_missing[claim] > T.Zero)
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
                    if (_flow[edge] > T.Zero && !poorClaim[_edgeClaim[edge]])
                    {
                        poorClaim[_edgeClaim[edge]] = true;
                        queue.Enqueue(_edgeClaim[edge]);
                    }
                }
            }
        }

        return new BlockSplit(Chosen(_claims, poorClaim, true), Chosen(_groups, poorGroup, true),
            Chosen(_claims, poorClaim, false), Chosen(_groups, poorGroup, false));
    }

    /// <summary>The flows above zero, by group and claim, in the indices of the whole network.</summary>
    public IEnumerable<(int Group, int Claim, T Amount)> Flows()
    {
        for (var edge = 0; edge < _flow.Length; edge++)
        {
            if (_flow[edge] > T.Zero)
            {
                yield return (_groups[_edgeGroup[edge]], _claims[_edgeClaim[edge]], _flow[edge]);
            }
        }
    }

    private static int[] Chosen(int[] items, bool[] marks, bool mark) =>
        [.. items.Where((_, index) => marks[index] == mark)];

    // Lots with few lanes first: what they cannot place, nobody can place for them.
    private void SendDirectly()
    {
        var order = Enumerable.Range(0, _groups.Length)
            .OrderBy(group => _groupStart[group + 1] - _groupStart[group]).ToArray();
        foreach (var group in order)
        {
            for (var edge = _groupStart[group]; edge < _groupStart[group + 1] && _stock[group] > T.Zero; edge++)
            {
                Move(group, edge, T.Min(_stock[group], _missing[_edgeClaim[edge]]));
            }
        }
    }

    private void Move(int group, int edge, T amount)
    {
        if (amount > T.Zero)
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
            if (_stock[group] > T.Zero)
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
                    reached = _missing[_edgeClaim[edge]] > T.Zero ? Math.Min(reached, levels[claim]) : reached;
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
            if (_flow[edge] > T.Zero && levels[_edgeGroup[edge]] == Unseen)
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
            while (_stock[start] > T.Zero && FindPath(start, levels, groupNext, claimNext, path))
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
            if (node >= _groups.Length && _missing[node - _groups.Length] > T.Zero)
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
            if (_flow[edge] > T.Zero && levels[_edgeGroup[edge]] == levels[_groups.Length + claim] + 1)
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
        var amount = T.Min(_stock[start], _missing[_edgeClaim[last]]);
        for (var step = 1; step < path.Count; step += 2)
        {
            amount = T.Min(amount, _flow[path[step]]);
        }

        for (var step = 0; step < path.Count; step++)
        {
            _flow[path[step]] += step % 2 == 0 ? amount : -amount;
        }

        _stock[start] -= amount;
        _missing[_edgeClaim[last]] -= amount;
    }
}
