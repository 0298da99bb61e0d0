using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>Waste, then cost in one scale, then days, then the number that the lottery drew.</summary>
internal readonly record struct Toll(BigInteger Waste, BigInteger Cost, BigInteger Days, BigInteger Draw)
{
    /// <summary>Without the lottery.</summary>
    public Toll Undrawn => this with { Draw = 0 };

    public Toll Plus(Toll other) =>
        new(Waste + other.Waste, Cost + other.Cost, Days + other.Days, Draw + other.Draw);

    public Toll Less(Toll other) =>
        new(Waste - other.Waste, Cost - other.Cost, Days - other.Days, Draw - other.Draw);

    public int Against(Toll other) => Waste != other.Waste ? Waste.CompareTo(other.Waste)
        : Cost != other.Cost ? Cost.CompareTo(other.Cost)
        : Days != other.Days ? Days.CompareTo(other.Days) : Draw.CompareTo(other.Draw);
}

/// <summary>
/// Lots, claims and the stock that stays, with an arc for every unit more or less that a lane may carry. Its circles
/// are the exchanges that give every claim the same.
/// </summary>
/// <param name="nodes">How many places there are.</param>
internal sealed class TieGraph(int nodes)
{
    /// <summary>The most times that one arc is looked at, on average; then nothing is said to be settled.</summary>
    private const int PassesMax = 2_000;

    private readonly List<(int From, int To, Toll Toll, bool IsBoth)> _arcs = [];

    /// <summary>Adds a way, and its way back at the negative where something is there to be taken back.</summary>
    public void Add(int from, int to, Toll toll, bool isBoth)
    {
        _arcs.Add((from, to, toll, isBoth));
        if (isBoth)
        {
            _arcs.Add((to, from, default(Toll).Less(toll), isBoth));
        }
    }

    /// <summary>
    /// Bellman and Ford: the least toll to every place from anywhere; null when a circle costs less than nothing, or
    /// when the passes run out.
    /// </summary>
    /// <param name="drawn">Whether the lottery counts.</param>
    public Toll[]? Settle(bool drawn)
    {
        var away = new Toll[nodes];
        for (var pass = 0; pass <= Math.Min(nodes, PassesMax); pass++)
        {
            var isSettled = true;
            foreach (var (from, to, toll, _) in _arcs)
            {
                var next = away[from].Plus(drawn ? toll : toll.Undrawn);
                if (next.Against(away[to]) < 0)
                {
                    (away[to], isSettled) = (next, false);
                }
            }

            if (isSettled)
            {
                return away;
            }
        }

        return null;
    }

    /// <summary>
    /// Whether every circle costs more than nothing, so that the plan is the only one of its sums. A circle of nothing
    /// runs along arcs that fit the settled tolls exactly; there and back on one lane is none.
    /// </summary>
    /// <param name="away">As <see cref="Settle"/> found with the lottery.</param>
    public bool IsOnly(Toll[] away)
    {
        var root = Enumerable.Range(0, nodes).ToArray();
        int Root(int node)
        {
            while (root[node] != node)
            {
                node = root[node] = root[root[node]];
            }

            return node;
        }

        // Arcs that go both ways always fit; where they close a ring, the ring is a circle of nothing.
        for (var at = 0; at < _arcs.Count; at++)
        {
            if (_arcs[at].IsBoth)
            {
                var (one, other) = (Root(_arcs[at].From), Root(_arcs[at].To));
                if (one == other)
                {
                    return false;
                }

                root[one] = other;
                at++; // the way back of the same lane
            }
        }

        var onward = new List<int>[nodes];
        var entering = new int[nodes];
        foreach (var (from, to, toll, isBoth) in _arcs)
        {
            if (!isBoth && away[from].Plus(toll).Against(away[to]) == 0)
            {
                (onward[Root(from)] ??= []).Add(Root(to));
                entering[Root(to)]++;
            }
        }

        return IsWithoutCircle(onward, entering);
    }

    private static bool IsWithoutCircle(List<int>?[] onward, int[] entering)
    {
        var free = new Queue<int>(Enumerable.Range(0, entering.Length).Where(node => entering[node] == 0));
        var passed = 0;
        while (free.TryDequeue(out var node))
        {
            passed++;
            foreach (var next in onward[node] ?? [])
            {
                if (--entering[next] == 0)
                {
                    free.Enqueue(next);
                }
            }
        }

        return passed == entering.Length;
    }
}
