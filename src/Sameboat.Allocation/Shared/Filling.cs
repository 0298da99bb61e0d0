namespace Sameboat.Allocation;

/// <summary>A level found: who sits there, and prices that show why, both in floating point.</summary>
/// <param name="Level">The level; infinite where the groups reach their own limits.</param>
/// <param name="Groups">Group indices.</param>
/// <param name="LotPrices">Price per unit by lot index; empty with an infinite level.</param>
/// <param name="LimitPrices">Price per scaled unit by limit index; empty with an infinite level.</param>
internal sealed record FilledLevel(
    double Level, List<int> Groups, Dictionary<int, double> LotPrices, Dictionary<int, double> LimitPrices);

/// <summary>What the filling found.</summary>
/// <param name="Levels">In the order of finding, rising.</param>
/// <param name="Flows">Units by lane index.</param>
/// <param name="Programs">Linear programs solved.</param>
internal sealed record FilledPlan(List<FilledLevel> Levels, Dictionary<int, double> Flows, int Programs);

/// <summary>
/// All groups rise together; where some can rise no further they are fixed with prices that show why, and the others
/// go on. Levels that one row alone decides (a member's own limit, a cut of one item) need no program; only rows with
/// lot parts do, and cuts are added when a flow shows that they are missed.
/// </summary>
internal sealed class Filling : IDisposable
{
    /// <summary>Levels nearer to each other than this share of the level count as one.</summary>
    public const double LevelTolerance = 1e-10;

    /// <summary>Prices below this share of the largest count as zero.</summary>
    public const double PriceTolerance = 1e-9;

    /// <summary>How often the filling may go round before it is called a fault of the solver.</summary>
    public const int RoundsMax = 100_000;

    private readonly FillingState _state;
    private readonly FillingRows _rows;
    private readonly List<FilledLevel> _levels = [];

    private Filling(LaneModel model, bool[] binding, bool[] inPart)
    {
        _state = new FillingState(model, inPart);
        _rows = new FillingRows(model, binding, inPart, _state);
    }

    /// <summary>Fills the claims of one part of the problem; null when the solver fails.</summary>
    /// <param name="model">The problem by index.</param>
    /// <param name="binding">Limits that can bind and belong to this part.</param>
    /// <param name="inPart">Claims of this part, by claim index; whole groups, whole items.</param>
    public static FilledPlan? Of(LaneModel model, bool[] binding, bool[] inPart)
    {
        using var filling = new Filling(model, binding, inPart);
        return filling.Fill() ? new FilledPlan(filling._levels, filling._rows.Flows(), filling._rows.Programs) : null;
    }

    public void Dispose() => _rows.Dispose();

    private bool Fill()
    {
        var (rounds, solved) = (0, true);
        while (_state.FreeGroups > 0 || rounds == 0)
        {
            if (rounds++ > RoundsMax || !(solved = _rows.Solve()))
            {
                return false;
            }

            var (top, found, reached) = (_rows.Level, _levels.Count, _state.Reached);
            var before = _state.Save();
            Events(top);
            if (_rows.Separate(Math.Min(top, _state.Reached)))
            {
                // The levels just fixed leaned on too little: back, now that the cuts are known.
                _state.Restore(before);
                _levels.RemoveRange(found, _levels.Count - found);
                _rows.Forget();
                continue;
            }

            if (found == _levels.Count && _state.FreeGroups > 0 && !_state.AnyFullBetween(reached, top)
                && !FixByPrices())
            {
                return false;
            }
        }

        return solved;
    }

    /// <summary>Fixes, in rising order, all that single rows and own limits decide up to a level.</summary>
    private void Events(double top)
    {
        while (_state.FreeGroups > 0)
        {
            var full = _state.NextFull();
            var row = _rows.Tightest();
            var next = Math.Min(full, row?.Level ?? double.PositiveInfinity);
            if (next > top * (1 + LevelTolerance))
            {
                _state.Reached = top;
                return;
            }

            _state.Reached = next;
            if (row is null || full <= row.Level)
            {
                _levels.Add(new FilledLevel(double.PositiveInfinity, _state.FixFull(full), [], []));
                continue;
            }

            var groups = _state.Fix(row.Claims, row.Level);
            if (groups.Count == 0)
            {
                // Nobody here asks more just now; rounding alone made the row look tight.
                row.Level = double.PositiveInfinity;
                continue;
            }

            _levels.Add(new FilledLevel(row.Level, groups,
                _rows.LotsOf(row).ToDictionary(lot => lot, _ => 1.0),
                row.Limit < 0 ? [] : new Dictionary<int, double> { [row.Limit] = 1.0 }));
        }
    }

    /// <summary>Fixes whoever the program's prices hold down.</summary>
    private bool FixByPrices()
    {
        var (lots, limits, priced) = _rows.PricesOfProgram(PriceTolerance);
        var groups = _state.Fix(priced, _rows.Level);
        if (groups.Count == 0)
        {
            return false;
        }

        _levels.Add(new FilledLevel(_rows.Level, groups, lots, limits));
        return true;
    }
}
