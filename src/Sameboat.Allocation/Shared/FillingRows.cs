namespace Sameboat.Allocation;

/// <summary>The rows of a filling: those that decide a level by themselves, and those of the program.</summary>
internal sealed class FillingRows : IDisposable
{
    private const double RowSlack = 1e-12;
    private const int TangentsMax = 64;
    private const int NoColumn = -1;

    private readonly LaneModel _model;
    private readonly FillingState _state;
    private readonly PartSplit _split;
    private readonly ItemFlow[] _flows;
    private readonly int[] _column;
    private readonly LevelProgram? _program;
    private readonly List<FillingRow> _closed = [];
    private readonly List<FillingRow> _open = [];
    private readonly List<int>[] _closedOf;
    private readonly HashSet<string> _known = [];
    private readonly double[] _asked;

    public FillingRows(LaneModel model, bool[] binding, bool[] inPart, FillingState state)
    {
        _model = model;
        _state = state;
        _split = PartSplit.Of(model, binding);
        _asked = new double[model.Claims.Length];
        _closedOf = [.. Enumerable.Range(0, model.Claims.Length).Select(_ => new List<int>())];
        var parts = PartsIn(inPart);
        _column = new int[_split.Parts.Length];
        Array.Fill(_column, NoColumn);
        var split = parts.GroupBy(part => _split.Parts[part].Lot).Where(lot => lot.Count() > 1).ToList();
        var stocks = new List<double>();
        foreach (var part in parts.Where(part => _split.Parts[part].Uses.Length > 0)
            .Union(split.SelectMany(lot => lot)))
        {
            _column[part] = stocks.Count;
            stocks.Add(QuantityOf(part));
        }

        _program = stocks.Count == 0 ? null : new LevelProgram([.. stocks]);
        _flows = FlowsOf(parts);
        foreach (var lot in split)
        {
            int[] columns = [.. lot.Select(part => _column[part])];
            Add(new FillingRow([], [], QuantityOf(lot.First()), columns, [.. columns.Select(_ => -1.0)], -1, [.. lot]));
        }

        // A claim that no goods can reach stays at what it has.
        var reached = parts.SelectMany(part => _split.Parts[part].Lanes).Select(lane => model.LaneClaim[lane])
            .ToHashSet();
        foreach (var claim in Enumerable.Range(0, inPart.Length)
            .Where(claim => inPart[claim] && !reached.Contains(claim)))
        {
            Add(new FillingRow([claim], [1], 0, [], [], -1, []));
        }

        for (var limit = 0; limit < binding.Length; limit++)
        {
            if (binding[limit])
            {
                AddLimit(limit, parts);
            }
        }
    }

    /// <summary>The level up to which the program lets all rise.</summary>
    public double Level { get; private set; }

    public int Programs => _program?.Solves ?? 0;

    /// <summary>Solves the program about the place where the level settles; false when the solver fails.</summary>
    public bool Solve()
    {
        Level = _state.Top;
        if (_program is null)
        {
            return true;
        }

        for (var tangent = 0; tangent < TangentsMax; tangent++)
        {
            SetRows(Level);
            var before = Level;
            if (!_program.Solve(_state.Top))
            {
                return false;
            }

            // Rows are convex in the level, so the levels of the tangents fall towards the true one.
            Level = Math.Min(before, Math.Max(_program.Level, _state.Reached));
            if (Level >= before * (1 - Filling.LevelTolerance))
            {
                return true;
            }
        }

        return true;
    }

    /// <summary>The row that decides the least level by itself; null when none does.</summary>
    public FillingRow? Tightest()
    {
        foreach (var claim in _state.FixedLately)
        {
            foreach (var row in _closedOf[claim])
            {
                _closed[row].Level = double.NaN;
            }
        }

        _state.FixedLately.Clear();
        FillingRow? tightest = null;
        foreach (var row in _closed)
        {
            if (double.IsNaN(row.Level))
            {
                row.Level = LevelOf(row);
            }

            tightest = row.Level < (tightest?.Level ?? double.PositiveInfinity) ? row : tightest;
        }

        return tightest;
    }

    /// <summary>Forgets all levels of rows, because groups were set free again.</summary>
    public void Forget()
    {
        _state.FixedLately.Clear();
        _closed.ForEach(row => row.Level = double.NaN);
    }

    /// <summary>
    /// Sends what all ask at a level through the lanes, item by item; where it does not pass, adds the cut.
    /// </summary>
    /// <returns>True when a cut was added.</returns>
    public bool Separate(double level)
    {
        foreach (var flow in _flows)
        {
            foreach (var claim in flow.Claims)
            {
                _asked[claim] = _state.Asked(claim, level);
            }
        }

        var cuts = new int[]?[_flows.Length];
        Parallel.For(0, _flows.Length, item => cuts[item] = _flows[item].Send(StockOf, _asked));
        var added = false;
        foreach (var cut in cuts)
        {
            added |= cut is not null && AddCut(cut);
        }

        return added;
    }

    /// <summary>The lots that reach the claims of a cut.</summary>
    public IEnumerable<int> LotsOf(FillingRow row) =>
        row.Limit < 0 ? row.Parts.Select(part => _split.Parts[part].Lot).Distinct() : [];

    /// <summary>The prices of lots and limits that hold the level down, and the claims of the rows priced.</summary>
    public (Dictionary<int, double> Lots, Dictionary<int, double> Limits, IEnumerable<int> Claims) PricesOfProgram(
        double tolerance)
    {
        var prices = _program!.Prices;
        var weight = _open.Select(row => prices[row.Handle] * _program.ScaleOf(row.Handle)).ToArray();
        var least = weight.Max() * tolerance;
        var priced = _open.Where((_, at) => weight[at] > least).ToList();
        var limits = priced.Where(row => row.Limit >= 0).ToDictionary(row => row.Limit, row => prices[row.Handle]);
        var ofPart = new Dictionary<int, double>();
        foreach (var row in priced.Where(row => row.Limit < 0 && row.Claims.Length > 0))
        {
            foreach (var part in row.Parts)
            {
                ofPart[part] = ofPart.GetValueOrDefault(part) + prices[row.Handle];
            }
        }

        var lots = new Dictionary<int, double>();
        foreach (var (part, value) in ofPart)
        {
            var own = value - _split.Parts[part].Uses.Sum(use => use.Weight * limits.GetValueOrDefault(use.Limit));
            if (own > value * tolerance)
            {
                var lot = _split.Parts[part].Lot;
                lots[lot] = Math.Max(lots.GetValueOrDefault(lot), own);
            }
        }

        return (lots, limits, priced.SelectMany(row => row.Claims).Distinct());
    }

    /// <summary>What flows over each lane in the last plan sent.</summary>
    public Dictionary<int, double> Flows() => _flows.SelectMany(flow => flow.Flows())
        .ToDictionary(flow => flow.Lane, flow => flow.Amount);

    public void Dispose() => _program?.Dispose();

    private int[] PartsIn(bool[] inPart) => [.. Enumerable.Range(0, _split.Parts.Length)
        .Where(part => QuantityOf(part) > 0 && inPart[_model.LaneClaim[_split.Parts[part].Lanes[0]]])];

    private double QuantityOf(int part) => _model.Lots[_split.Parts[part].Lot].Quantity;

    private double StockOf(int part) => _column[part] == NoColumn ? QuantityOf(part)
        : _program!.Sent[_column[part]];

    private ItemFlow[] FlowsOf(int[] parts)
    {
        var flows = new List<ItemFlow>();
        foreach (var item in parts.GroupBy(part => _model.ItemOfLot[_split.Parts[part].Lot]))
        {
            int[] own = [.. item];
            int[] claims = [.. own.SelectMany(part => _split.Parts[part].Lanes).Select(lane => _model.LaneClaim[lane])
                .Distinct().Order()];
            var place = claims.Index().ToDictionary(pair => pair.Item, pair => pair.Index);
            flows.Add(new ItemFlow(claims, own,
                [.. own.Index().SelectMany(part => _split.Parts[part.Item].Lanes.Select(
                    lane => (part.Index, place[_model.LaneClaim[lane]], lane)))]));
        }

        return [.. flows];
    }

    private void AddLimit(int limit, int[] parts)
    {
        int[] columns = [.. parts.Where(part => Array.Exists(_split.Parts[part].Uses, use => use.Limit == limit))];
        var claims = _split.ClaimUses[limit].OrderBy(use => use.Claim).ToList();
        Add(new FillingRow(
            [.. claims.Select(use => use.Claim)],
            [.. claims.Select(use => use.Weight)],
            (double)_model.Limits[limit].Most,
            [.. columns.Select(part => _column[part])],
            [.. columns.Select(part => -Array.Find(_split.Parts[part].Uses, use => use.Limit == limit).Weight)],
            limit,
            columns));
    }

    private bool AddCut(int[] claims)
    {
        if (!_known.Add(string.Join(',', claims)))
        {
            // Known already: what is missing is rounding, and the exact levels will tell.
            return false;
        }

        int[] parts = [.. claims.SelectMany(claim => _model.LanesInto(claim).ToArray())
            .Select(lane => _split.PartOfLane[lane]).Where(part => QuantityOf(part) > 0).Distinct().Order()];
        int[] columns = [.. parts.Where(part => _column[part] != NoColumn).Select(part => _column[part])];
        Add(new FillingRow(claims, [.. claims.Select(_ => 1.0)],
            parts.Where(part => _column[part] == NoColumn).Sum(QuantityOf),
            columns, [.. columns.Select(_ => 1.0)], -1, parts));
        return true;
    }

    private void Add(FillingRow row)
    {
        if (row.Columns.Length > 0)
        {
            var scale = Math.Max(1, row.Claims.Select((claim, at) => row.Weights[at] * _model.Claims[claim].Need)
                .Append(Math.Abs(row.Capacity)).Max());
            row.Handle = _program!.AddRow(row.Columns, row.Coefficients, scale);
            _open.Add(row);
            return;
        }

        foreach (var claim in row.Claims)
        {
            _closedOf[claim].Add(_closed.Count);
        }

        _closed.Add(row);
    }

    private void SetRows(double level)
    {
        foreach (var row in _open)
        {
            var (use, capacity) = (0.0, row.Capacity);
            for (var at = 0; at < row.Claims.Length; at++)
            {
                var claim = row.Claims[at];
                if (_state.Rises(claim, level))
                {
                    use += row.Weights[at] * _model.Claims[claim].Need;
                    capacity += row.Weights[at] * _model.Claims[claim].Received;
                }
                else
                {
                    capacity -= row.Weights[at] * _state.Asked(claim, Math.Min(level, _state.Reached));
                }
            }

            _program!.SetRow(row.Handle, use, capacity + (RowSlack * _program.ScaleOf(row.Handle)));
        }
    }

    private double LevelOf(FillingRow row)
    {
        var (free, weights, capacity) = (new List<SharedClaim>(), new List<double>(), row.Capacity);
        for (var at = 0; at < row.Claims.Length; at++)
        {
            if (_state.IsFree(row.Claims[at]))
            {
                free.Add(_model.Claims[row.Claims[at]]);
                weights.Add(row.Weights[at]);
            }
            else
            {
                capacity -= row.Weights[at] * _state.Asked(row.Claims[at], 0);
            }
        }

        return free.Count == 0
            ? double.PositiveInfinity
            : WaterLevel.Greatest([.. free], [.. weights], capacity, RowSlack * row.Capacity);
    }
}
