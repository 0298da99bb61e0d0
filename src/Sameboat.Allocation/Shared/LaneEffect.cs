namespace Sameboat.Allocation;

/// <summary>Tells from the prices of a plan which closed lanes would change nothing if they were open.</summary>
internal sealed class LaneEffect
{
    private readonly Dictionary<(int Member, int Item), int> _claims;
    private readonly Dictionary<int, int> _itemOf;
    private readonly List<(Dictionary<int, Rational> Values, LevelPrices Prices)> _proofs;
    private readonly ILookup<(int?, int?), (SharedLimit Limit, LimitTerm Term)> _terms;

    public LaneEffect(SharedProblem problem, SharedPlan plan)
    {
        _claims = problem.Claims.ToDictionary(claim => (claim.Member, claim.Item), claim => claim.Id);
        _itemOf = problem.Lots.ToDictionary(lot => lot.Id, lot => lot.Item);
        _terms = problem.Limits.SelectMany(limit => limit.Terms.Select(term => (limit, term)))
            .ToLookup(pair => (pair.term.Lot, pair.term.Member), pair => pair);
        var filled = problem.Lots.Where(lot => lot.Quantity > 0).Select(lot => lot.Id).ToHashSet();
        var lanes = problem.Lanes.Where(lane => filled.Contains(lane.Lot)
            && _claims.ContainsKey((lane.Member, _itemOf[lane.Lot]))).ToList();
        _proofs = [.. plan.Prices.Select(prices =>
        {
            var values = new Dictionary<int, Rational>();
            foreach (var lane in lanes)
            {
                var claim = _claims[(lane.Member, _itemOf[lane.Lot])];
                var price = PriceOf(lane.Lot, lane.Member, prices);
                values[claim] = values.TryGetValue(claim, out var least) && least <= price ? least : price;
            }

            return (values, prices);
        })];
    }

    /// <summary>False where every proof of the plan holds with the lane open.</summary>
    public bool MayChange(ClosedLane lane)
    {
        var claim = _claims[(lane.Member, _itemOf[lane.Lot])];
        return _proofs.Exists(proof => !proof.Values.TryGetValue(claim, out var value)
            || PriceOf(lane.Lot, lane.Member, proof.Prices) < value);
    }

    private Rational PriceOf(int lot, int member, LevelPrices prices)
    {
        var price = prices.LotPrices.GetValueOrDefault(lot);
        if (prices.LimitPrices.Count == 0)
        {
            return price;
        }

        foreach (var key in (ReadOnlySpan<(int?, int?)>)[(lot, member), (lot, null), (null, member), (null, null)])
        {
            foreach (var (limit, term) in _terms[key])
            {
                if (prices.LimitPrices.TryGetValue(limit.Id, out var each))
                {
                    price += each * term.Weight;
                }
            }
        }

        return price;
    }
}
