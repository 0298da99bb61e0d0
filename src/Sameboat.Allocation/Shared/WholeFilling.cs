using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// Whole packs under every rule, by steps: the divisible amounts rounded down where no vehicle counts them, then to
/// the lowest coverage what its next step takes. The first step out of a lot is its minimum.
/// </summary>
internal sealed class WholeFilling
{
    /// <summary>
    /// A claim is filled in about so many steps; where it takes fewer packs than that, each step is one pack.
    /// </summary>
    private const long StepsPerClaim = 64;

    private readonly LaneModel _model;
    private readonly WholeRules _rules;
    private readonly long[] _floor;
    private readonly BigInteger[] _asked;
    private readonly int[] _rank;
    private readonly (int Limit, int Row, BigInteger Weight)[][] _uses;

    /// <param name="model">The problem by index.</param>
    /// <param name="rules">Its minimum lots and vehicles.</param>
    /// <param name="amounts">The divisible plan, units by lane.</param>
    /// <param name="rank">By claim: its place among equals.</param>
    public WholeFilling(LaneModel model, WholeRules rules, Rational[] amounts, int[] rank)
    {
        (_model, _rules, _rank) = (model, rules, rank);
        _floor = [.. amounts.Select((amount, lane) =>
            (long)(amount.Floor() / model.Lots[model.LaneLot[lane]].PackSize))];
        _asked = new BigInteger[model.Claims.Length];
        foreach (var (lane, amount) in amounts.Index())
        {
            _asked[model.LaneClaim[lane]] += amount.Floor() + (amount.Denominator.IsOne ? 0 : 1);
        }

        var uses = new List<(int, int, BigInteger)>?[amounts.Length];
        for (var limit = 0; limit < model.Limits.Length; limit++)
        {
            var row = Array.FindIndex(rules.Vehicles, one => one.Limit == limit);
            foreach (var use in model.Limits[limit].Uses)
            {
                (uses[use.Lane] ??= []).Add((limit, row, use.Weight));
            }
        }

        _uses = [.. uses.Select(own => own?.ToArray() ?? [])];
    }

    /// <summary>Fills once.</summary>
    /// <param name="open">By lane: whether it may be used.</param>
    /// <param name="caps">By vehicle row and member: the most vehicles; null where the row alone counts.</param>
    /// <returns>Packs by lane.</returns>
    public long[] Fill(bool[] open, long[][]? caps)
    {
        var state = new State(_model, _rules, _uses, caps);
        for (var lane = 0; lane < open.Length; lane++)
        {
            if (open[lane] && _floor[lane] > 0 && Array.TrueForAll(_uses[lane], use => use.Row < 0))
            {
                state.Give(lane, Math.Min(_floor[lane], state.Most(lane)));
            }
        }

        var queue = new PriorityQueue<int, (double Coverage, long Need, int Rank)>();
        (double, long, int) Place(int claim) => (
            (_model.Held[claim] + (double)state.Given[claim]) / _model.Claims[claim].Need,
            _model.Claims[claim].Need, _rank[claim]);
        queue.EnqueueRange(Enumerable.Range(0, _model.Claims.Length).Select(claim => (claim, Place(claim))));
        while (queue.TryDequeue(out var claim, out _))
        {
            var next = -1;
            foreach (var lane in _model.LanesInto(claim))
            {
                if (open[lane] && state.Most(lane) > 0 && (next < 0 || state.Before(lane, next)))
                {
                    next = lane;
                }
            }

            if (next >= 0)
            {
                state.Give(next, Math.Min(state.Most(next), StepOf(claim, next, state)));
                queue.Enqueue(claim, Place(claim));
            }
        }

        return state.Packs;
    }

    /// <summary>The minimum on a lane not used yet; otherwise a part of what the claim lacks to its level.</summary>
    private long StepOf(int claim, int lane, State state)
    {
        var size = _model.Lots[_model.LaneLot[lane]].PackSize;
        var step = Math.Max(1, _model.Claims[claim].Limit / StepsPerClaim / size);
        var lacking = _asked[claim] - state.Given[claim];
        if (lacking.Sign > 0)
        {
            step = (long)BigInteger.Min(step, (lacking + size - 1) / size);
        }

        return state.Packs[lane] == 0 ? Math.Max(step, _rules.MinimumPacks[_model.LaneLot[lane]]) : step;
    }

    /// <summary>What was given so far, and what lots, claims, limits and vehicles still allow.</summary>
    private sealed class State(
        LaneModel model, WholeRules rules, (int Limit, int Row, BigInteger Weight)[][] uses, long[][]? caps)
    {
        private readonly long[] _left = [.. model.Lots.Select(lot => lot.Quantity)];
        private readonly BigInteger[] _room = [.. model.Limits.Select(limit => limit.Most)];
        private readonly BigInteger[][] _loads =
            [.. rules.Vehicles.Select(_ => new BigInteger[rules.MemberCount])];

        private readonly long[] _free = [.. rules.Vehicles.Select(row => row.Count)];

        public long[] Packs { get; } = new long[model.LaneLot.Length];

        public long[] Given { get; } = new long[model.Claims.Length];

        /// <summary>The most packs that the lane can still carry; none where that is below the lot's minimum.</summary>
        public long Most(int lane)
        {
            var (lot, claim) = (model.LaneLot[lane], model.LaneClaim[lane]);
            var size = model.Lots[lot].PackSize;
            var most = Math.Min(_left[lot], model.Claims[claim].Limit - Given[claim]) / size;
            foreach (var (limit, row, weight) in uses[lane])
            {
                if (most > 0)
                {
                    var room = row < 0 ? _room[limit] : RoomIn(row, rules.MemberOf[claim]);
                    most = (long)BigInteger.Min(most, room / (weight * size));
                }
            }

            return Packs[lane] == 0 && most < rules.MinimumPacks[lot] ? 0 : most;
        }

        public void Give(int lane, long count)
        {
            var (lot, claim) = (model.LaneLot[lane], model.LaneClaim[lane]);
            var units = count * model.Lots[lot].PackSize;
            if (count == 0 || (Packs[lane] == 0 && count < rules.MinimumPacks[lot]))
            {
                return;
            }

            Packs[lane] += count;
            _left[lot] -= units;
            Given[claim] += units;
            foreach (var (limit, row, weight) in uses[lane])
            {
                _room[limit] -= weight * units;
                if (row >= 0)
                {
                    var (vehicles, member) = (rules.Vehicles[row], rules.MemberOf[claim]);
                    _free[row] += vehicles.For(_loads[row][member]);
                    _loads[row][member] += weight * units;
                    _free[row] -= vehicles.For(_loads[row][member]);
                }
            }
        }

        /// <summary>Lanes in use first, then those that need no further vehicle, then the cheapest, then the most
        /// plentiful lot.</summary>
        public bool Before(int lane, int other)
        {
            var (own, its) = (KeyOf(lane), KeyOf(other));
            return own.CompareTo(its) < 0;
        }

        private (bool Opens, bool Vehicle, WayCost Way, long Left) KeyOf(int lane) => (
            Packs[lane] == 0 && rules.MinimumPacks[model.LaneLot[lane]] > 1,
            Array.Exists(uses[lane], use => use.Row >= 0 && NeedsVehicle(use.Row, lane, use.Weight)),
            model.Ways.Length == 0 ? default : model.Ways[lane].Undrawn, -_left[model.LaneLot[lane]]);

        private bool NeedsVehicle(int row, int lane, BigInteger weight)
        {
            var (vehicles, load) = (rules.Vehicles[row], _loads[row][rules.MemberOf[model.LaneClaim[lane]]]);
            return vehicles.For(load + (weight * model.Lots[model.LaneLot[lane]].PackSize)) > vehicles.For(load);
        }

        private BigInteger RoomIn(int row, int member)
        {
            var (vehicles, load) = (rules.Vehicles[row], _loads[row][member]);
            return vehicles.Most(caps is null ? vehicles.For(load) + _free[row] : caps[row][member]) - load;
        }
    }
}
