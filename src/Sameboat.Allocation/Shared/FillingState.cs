namespace Sameboat.Allocation;

/// <summary>Which groups are fixed and where; what each claim asks.</summary>
internal sealed class FillingState
{
    private readonly int[][] _claimsOf;
    private readonly double[] _full;
    private readonly SharedClaim[] _claims;
    private readonly int[] _groupOf;
    private readonly int[] _order;
    private double[] _level;
    private int _nextFull;

    public FillingState(LaneModel model, bool[] inPart)
    {
        _claims = model.Claims;
        _groupOf = model.GroupOf;
        _level = new double[model.GroupCount];
        var claims = Enumerable.Range(0, _claims.Length).Where(claim => inPart[claim])
            .ToLookup(claim => _groupOf[claim]);
        _claimsOf = [.. Enumerable.Range(0, model.GroupCount).Select(group => claims[group].ToArray())];
        _full = [.. _claimsOf.Select(group => group.Where(claim => _claims[claim].Limit > 0)
            .Select(claim => WaterLevel.Full(_claims[claim])).DefaultIfEmpty(0).Max())];
        Array.Fill(_level, double.NaN);
        _order = [.. Enumerable.Range(0, model.GroupCount).Where(group => _claimsOf[group].Length > 0)
            .OrderBy(group => _full[group])];
        FreeGroups = _order.Length;
    }

    public int FreeGroups { get; private set; }

    /// <summary>The level that the rising groups have reached.</summary>
    public double Reached { get; set; }

    /// <summary>The claims fixed since somebody last emptied the list.</summary>
    public List<int> FixedLately { get; } = [];

    /// <summary>The highest level at which a group is full.</summary>
    public double Top => _order.Length == 0 ? 0 : _full[_order[^1]];

    public bool IsFree(int claim) => double.IsNaN(_level[_groupOf[claim]]);

    /// <summary>What a claim asks when the free ones stand at a level.</summary>
    public double Asked(int claim, double level)
    {
        var own = _level[_groupOf[claim]];
        return WaterLevel.Asked(_claims[claim], double.IsNaN(own) ? level : own);
    }

    /// <summary>The least level at which a free group is full; infinite when none is free.</summary>
    public double NextFull()
    {
        while (_nextFull < _order.Length && !double.IsNaN(_level[_order[_nextFull]]))
        {
            _nextFull++;
        }

        return _nextFull < _order.Length ? _full[_order[_nextFull]] : double.PositiveInfinity;
    }

    /// <summary>Fixes the free groups that are full at a level.</summary>
    public List<int> FixFull(double level)
    {
        var fixedNow = new List<int>();
        for (var at = _nextFull; at < _order.Length && _full[_order[at]] <= level; at++)
        {
            FixAt(_order[at], double.PositiveInfinity, fixedNow);
        }

        return fixedNow;
    }

    /// <summary>Fixes the groups of those free claims that would ask more just above a level.</summary>
    public List<int> Fix(IEnumerable<int> claims, double level)
    {
        var fixedNow = new List<int>();
        foreach (var claim in claims)
        {
            if (IsFree(claim) && Wants(claim, level))
            {
                FixAt(_groupOf[claim], level, fixedNow);
            }
        }

        return fixedNow;
    }

    public bool Wants(int claim, double level) => _claims[claim].Limit > 0
        && level * (1 + Filling.LevelTolerance) >= WaterLevel.Start(_claims[claim])
        && level < WaterLevel.Full(_claims[claim]);

    /// <summary>Whether a free claim counts with its need in a linear row about a level.</summary>
    public bool Rises(int claim, double level) => IsFree(claim) && _claims[claim].Limit > 0
        && level * (1 + Filling.LevelTolerance) >= WaterLevel.Start(_claims[claim])
        && Reached < WaterLevel.Full(_claims[claim]);

    /// <summary>Whether a claim of a free group stops to ask between two levels, so that a row bends there.</summary>
    public bool AnyFullBetween(double low, double high) => _order.Any(group => double.IsNaN(_level[group])
        && _claimsOf[group].Any(claim => _claims[claim].Limit > 0
            && WaterLevel.Full(_claims[claim]) is var full && full > low && full <= high));

    public (double[] Level, int Free, double Reached) Save() => ([.. _level], FreeGroups, Reached);

    public void Restore((double[] Level, int Free, double Reached) saved)
    {
        (_level, FreeGroups, Reached) = saved;
        _nextFull = 0;
    }

    private void FixAt(int group, double level, List<int> fixedNow)
    {
        if (double.IsNaN(_level[group]))
        {
            _level[group] = level;
            FreeGroups--;
            FixedLately.AddRange(_claimsOf[group]);
            fixedNow.Add(group);
        }
    }
}
