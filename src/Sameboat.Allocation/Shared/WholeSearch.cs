namespace Sameboat.Allocation;

/// <summary>
/// Looks for the fairest plan in whole packs of one part: which lanes of minimum lots are used, and how many vehicles
/// each member has. Where there are few such choices all are tried, otherwise a plan is improved choice by choice.
/// </summary>
/// <remarks>
/// The starts serve the first k claims in order of (coverage held, need, lottery), for every k: for one lot of minimum
/// the fairest plan is among them. See docs/methods/minimum-lots.md.
/// </remarks>
internal sealed class WholeSearch
{
    private readonly SharedProblem _problem;
    private readonly LaneModel _model;
    private readonly WholeRules _rules;
    private readonly WholeFilling _filling;
    private readonly WholeItem? _item;
    private readonly WholeChoices _choices;
    private readonly SortedCoverage? _bound;
    private long[] _best;
    private SortedCoverage _coverage;
    private int _tries;

    /// <param name="part">The part alone.</param>
    /// <param name="amounts">Its divisible plan, units by lane.</param>
    /// <param name="relaxed">A plan without minimum lots and vehicles, packs by lane.</param>
    /// <param name="isBound">Whether that plan is the exact one of each item: nothing can then be fairer.</param>
    /// <param name="lanes">The lanes of all parts that are searched, which share the tries.</param>
    public WholeSearch(SharedProblem part, Rational[] amounts, long[] relaxed, bool isBound, int lanes)
    {
        (_problem, _model) = (part, LaneModel.Of(part));
        _rules = WholeRules.Of(part, _model)!;
        var place = Lottery.Draw([.. Enumerable.Range(0, _model.Claims.Length)], part.Seed).Index()
            .ToDictionary(pair => pair.Item, pair => pair.Index);
        int[] order = [.. Enumerable.Range(0, _model.Claims.Length)
            .OrderBy(claim => Rational.Of(_model.Held[claim], _model.Claims[claim].Need))
            .ThenBy(claim => _model.Claims[claim].Need).ThenBy(claim => place[claim])];
        var rank = new int[order.Length];
        foreach (var (at, claim) in order.Index())
        {
            rank[claim] = at;
        }

        _filling = new WholeFilling(_model, _rules, amounts, rank);
        _item = WholeItem.Of(part, _model, _rules);
        _choices = new WholeChoices(_model, _rules, order, lanes, _item is not null);
        _bound = isBound && part.Owed.IsEmpty && _item is not null
            && _model.Lots.Select(lot => lot.PackSize).Distinct().Count() == 1
            ? SortedCoverage.Of(_model, relaxed) : null;
        _best = new long[_model.LaneLot.Length];
        _coverage = SortedCoverage.Of(_model, _best);
        Consider(relaxed);
    }

    /// <summary>The fairest plan found; giving nothing where nothing else keeps the rules.</summary>
    /// <returns>Packs by lane.</returns>
    public long[] Best()
    {
        foreach (var open in _choices.Starts())
        {
            if (IsDone)
            {
                break;
            }

            var filled = _filling.Fill(open, null);
            Consider(filled);
            if (_item is not null)
            {
                var caps = _choices.VehiclesOf(filled);
                Consider(_item.Divide(_choices.UsedBy(filled), caps));
                Consider(_item.Divide(open, caps));
            }
        }

        if (_choices.All() is { } all)
        {
            foreach (var choice in all.TakeWhile(_ => !IsDone))
            {
                Try(choice);
            }
        }
        else
        {
            Improve();
        }

        var cheaper = TieBreak.CheapenPacks(_model, new bool[_model.Limits.Length], _best);
        return Keeps(cheaper) ? cheaper : _best;
    }

    private void Improve()
    {
        while (!IsDone && _choices.Near(_best, SortedCoverage.GivenOf(_model, _best))
            .Any(choice => !IsDone && Try(choice)))
        {
            // Every round is fairer than the one before, so this ends.
        }
    }

    private bool IsDone => _tries >= _choices.TriesMax || (_bound is not null && _coverage.Against(_bound) >= 0);

    private bool Try(WholeChoice choice) => Consider(_item is null
        ? _filling.Fill(choice.Used, choice.Vehicles) : _item.Divide(choice.Used, choice.Vehicles));

    private bool Consider(long[]? packs)
    {
        _tries++;
        if (packs is null || _rules.Broken(packs).Count > 0)
        {
            return false;
        }

        var coverage = SortedCoverage.Of(_model, packs);
        if (coverage.Against(_coverage) <= 0)
        {
            return false;
        }

        (_best, _coverage) = (packs, coverage);
        return true;
    }

    private bool Keeps(long[] packs) => _rules.Broken(packs).Count == 0 && Array.TrueForAll(_model.Limits, limit =>
        limit.Uses.Aggregate(System.Numerics.BigInteger.Zero, (sum, use) => sum + (use.Weight * packs[use.Lane]
            * _model.Lots[_model.LaneLot[use.Lane]].PackSize)) <= limit.Most);
}
