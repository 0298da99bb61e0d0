using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>What is decided before packs are divided.</summary>
/// <param name="Used">By lane: whether it may be used; lanes of lots without a minimum always may.</param>
/// <param name="Vehicles">By row and member: vehicles; null where only their sum counts.</param>
internal sealed record WholeChoice(bool[] Used, long[][]? Vehicles);

/// <summary>The choices of one part: to start from, all of them where they are few, and those near a plan.</summary>
internal sealed class WholeChoices
{
    /// <summary>The most choices of a part that are all tried.</summary>
    private const int AllMax = 4_096;

    /// <summary>Tries times lanes of all parts that are searched, about.</summary>
    private const long WorkMax = 4_000_000;

    /// <summary>What filling in steps takes beside dividing one item, for each lane.</summary>
    private const int StepsWork = 8;

    private const int TriesMin = 32;

    /// <summary>A start is tried in three ways, and half of the tries are left for what follows.</summary>
    private const int TriesPerChoice = 6;

    private readonly LaneModel _model;
    private readonly WholeRules _rules;
    private readonly int[] _order;
    private readonly bool _byVehicles;
    private readonly bool[] _free;
    private readonly int[] _minimal;

    /// <param name="model">The problem by index.</param>
    /// <param name="rules">Its minimum lots and vehicles.</param>
    /// <param name="order">The claims, those to be served first in front.</param>
    /// <param name="lanes">The lanes of all parts that are searched.</param>
    /// <param name="byVehicles">Whether every choice must say each member's vehicles, not only those about them.
    /// </param>
    public WholeChoices(LaneModel model, WholeRules rules, int[] order, int lanes, bool byVehicles)
    {
        (_model, _rules, _order, _byVehicles) = (model, rules, order, byVehicles);
        _free = [.. model.LaneLot.Select(lot => rules.MinimumPacks[lot] == 1)];
        _minimal = [.. order.SelectMany(claim => model.LanesInto(claim).ToArray()).Where(lane => !_free[lane]
            && (Int128)rules.MinimumPacks[model.LaneLot[lane]] * model.Lots[model.LaneLot[lane]].PackSize
                <= Math.Min(model.Claims[model.LaneClaim[lane]].Limit, model.Lots[model.LaneLot[lane]].Quantity))];
        TriesMax = (int)Math.Clamp(
            WorkMax / Math.Max(1, (long)lanes * (byVehicles ? 1 : StepsWork)), TriesMin, 2 * AllMax);
    }

    /// <summary>The most plans made for this part.</summary>
    public int TriesMax { get; }

    /// <summary>
    /// The lanes of minimum lots into the first k claims that have one, k from all down to none; where there are more
    /// than half of the tries allow, evenly chosen ones.
    /// </summary>
    public IEnumerable<bool[]> Starts()
    {
        int[] claims = [.. _minimal.Select(lane => _model.LaneClaim[lane]).Distinct()];
        var most = Math.Max(1, TriesMax / TriesPerChoice);
        var step = (claims.Length + most) / most;
        for (var first = claims.Length; first >= 0; first -= step)
        {
            var served = claims[..first].ToHashSet();
            yield return Open(_minimal.Where(lane => served.Contains(_model.LaneClaim[lane])));
        }
    }

    /// <summary>Every choice; null where there are more than are tried.</summary>
    public IEnumerable<WholeChoice>? All()
    {
        var rows = _rules.Vehicles.Select(Shared).ToList();
        var count = _minimal.Length > 20 ? long.MaxValue : 1L << _minimal.Length;
        foreach (var row in rows)
        {
            count = row is null || count > AllMax ? long.MaxValue : count * row.Count;
        }

        return count > Math.Min(AllMax, TriesMax / 2)
            ? null
            : from vehicles in Each([.. rows.Select(row => row!)], 0)
              from bits in Enumerable.Range(0, 1 << _minimal.Length)
              select new WholeChoice(Open(_minimal.Where((_, at) => ((bits >> at) & 1) == 1)), vehicles);
    }

    /// <summary>
    /// What differs from a plan in one lane, in two of one lot or one claim, or in one vehicle; the lowest claims
    /// first.
    /// </summary>
    public IEnumerable<WholeChoice> Near(long[] packs, long[] given)
    {
        int[] low = [.. Enumerable.Range(0, given.Length).OrderBy(claim => Rational.Of(
            _model.Held[claim] + (BigInteger)given[claim], _model.Claims[claim].Need))
            .ThenBy(claim => Array.IndexOf(_order, claim))];
        var (used, vehicles) = (UsedBy(packs), VehiclesOf(packs));
        var height = new int[low.Length];
        foreach (var (at, claim) in low.Index())
        {
            height[claim] = at;
        }

        return NearLanes(used, vehicles, [.. _minimal.OrderBy(lane => height[_model.LaneClaim[lane]])])
            .Concat(NearVehicles(used, vehicles, [.. low.Select(claim => _rules.MemberOf[claim]).Distinct()]));
    }

    /// <summary>The lanes of minimum lots that a plan uses, and all others.</summary>
    public bool[] UsedBy(long[] packs) => [.. packs.Select((count, lane) => _free[lane] || count > 0)];

    /// <summary>The vehicles that a plan uses, by row and member; null without rows.</summary>
    public long[][]? VehiclesOf(long[] packs) => _rules.Vehicles.Length == 0 ? null
        : [.. _rules.Vehicles.Select(row => _rules.LoadsOf(row, packs).Select(row.For).ToArray())];

    private IEnumerable<WholeChoice> NearLanes(bool[] used, long[][]? vehicles, int[] lanes)
    {
        WholeChoice With(params ReadOnlySpan<int> turned)
        {
            var other = (bool[])used.Clone();
            foreach (var lane in turned)
            {
                other[lane] = !other[lane];
            }

            return new WholeChoice(other, _byVehicles ? vehicles : null);
        }

        foreach (var lane in lanes)
        {
            yield return With(lane);
            foreach (var other in lanes.Reverse().Where(other => used[other] != used[lane]
                && (_model.LaneLot[other] == _model.LaneLot[lane]
                    || _model.LaneClaim[other] == _model.LaneClaim[lane])))
            {
                yield return With(lane, other);
            }
        }
    }

    private IEnumerable<WholeChoice> NearVehicles(bool[] used, long[][]? vehicles, int[] members)
    {
        for (var row = 0; vehicles is not null && row < vehicles.Length; row++)
        {
            foreach (var (to, from) in members.SelectMany(to =>
                members.Reverse().Prepend(-1).Select(from => (to, from))))
            {
                if (to != from && (from < 0
                    ? vehicles[row].Sum() < _rules.Vehicles[row].Count : vehicles[row][from] > 0))
                {
                    long[][] moved = [.. vehicles.Select(own => (long[])own.Clone())];
                    moved[row][to]++;
                    moved[row][from < 0 ? to : from] -= from < 0 ? 0 : 1;
                    yield return new WholeChoice(used, moved);
                }
            }
        }
    }

    private bool[] Open(IEnumerable<int> minimal)
    {
        var open = (bool[])_free.Clone();
        foreach (var lane in minimal)
        {
            open[lane] = true;
        }

        return open;
    }

    /// <summary>All ways to share the vehicles of a row among the members that can use them; null if too many.
    /// </summary>
    private List<long[]>? Shared(VehicleRow row)
    {
        var most = new BigInteger[_rules.MemberCount];
        foreach (var claim in _model.Limits[row.Limit].Uses.GroupBy(use => _model.LaneClaim[use.Lane]))
        {
            most[_rules.MemberOf[claim.Key]] += claim.Max(use => use.Weight) * _model.Claims[claim.Key].Limit;
        }

        long[] room = [.. most.Select(row.For)];
        var ways = new List<long[]> { new long[room.Length] };
        for (var member = 0; member < room.Length; member++)
        {
            var rest = room.AsSpan(member + 1).ToArray().Sum();
            var longer = new List<long[]>();
            foreach (var way in ways)
            {
                var left = row.Count - way.Sum();
                for (var own = Math.Max(0, Math.Min(left, room[member] + rest) - rest);
                    own <= Math.Min(left, room[member]); own++)
                {
                    long[] next = [.. way];
                    next[member] = own;
                    longer.Add(next);
                    if (longer.Count > AllMax)
                    {
                        return null;
                    }
                }
            }

            ways = longer;
        }

        return ways;
    }

    private static IEnumerable<long[][]?> Each(List<long[]>[] rows, int at)
    {
        if (rows.Length == 0)
        {
            return [null];
        }

        return at == rows.Length - 1 ? rows[at].Select(own => (long[][]?)[own])
            : rows[at].SelectMany(own => Each(rows, at + 1).Select(others => (long[][]?)[own, .. others!]));
    }
}
