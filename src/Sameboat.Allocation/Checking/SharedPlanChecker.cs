using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>
/// Proves a plan under shared limits again, in whole numbers of any size, with no code of the engine: the plan keeps
/// every rule, and no plan is fairer than the levels it states, from which every gap is measured.
/// </summary>
/// <remarks>What is proved and why it is a proof: docs/methods/shared-limits.md.</remarks>
public sealed class SharedPlanChecker
{
    private readonly SharedProblem _problem;
    private readonly SharedPlan _plan;
    private readonly Dictionary<int, SharedClaim> _claims = [];
    private readonly Dictionary<int, SharedLot> _lots = [];
    private readonly Dictionary<(int Member, int Item), int> _claimOf = [];
    private readonly HashSet<(int Lot, int Claim)> _open = [];
    private readonly Dictionary<(int Lot, int Claim), Dictionary<int, ExactFraction>> _weights = [];
    private readonly Dictionary<int, SharedShare> _shares = [];
    private ILookup<int, int> _lotsInto = Enumerable.Empty<int>().ToLookup(_ => 0);

    private SharedPlanChecker(SharedProblem problem, SharedPlan plan)
    {
        _problem = problem;
        _plan = plan;
    }

    /// <summary>Null when all that the plan states is proved; otherwise the first thing that does not hold.</summary>
    /// <param name="problem">The problem as the reader knows it; the plan's own copy is not looked at.</param>
    /// <param name="plan">The plan and its prices.</param>
    public static SharedFailure? Check(SharedProblem problem, SharedPlan plan)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(plan);
        if (SharedFormChecks.Check(problem, plan) is { } malformed)
        {
            return malformed;
        }

        var checker = new SharedPlanChecker(problem, plan);
        checker.Read();
        return checker.Flows() ?? checker.Lines() ?? WholeLineChecks.Check(problem, plan.Lines)
            ?? checker.Shares() ?? checker.Levels();
    }

    private void Read()
    {
        foreach (var claim in _problem.Claims)
        {
            _claims.Add(claim.Id, claim);
            _claimOf.Add((claim.Member, claim.Item), claim.Id);
        }

        foreach (var lot in _problem.Lots)
        {
            _lots.Add(lot.Id, lot);
        }

        foreach (var lane in _problem.Lanes)
        {
            if (_claimOf.TryGetValue((lane.Member, _lots[lane.Lot].Item), out var claim))
            {
                _open.Add((lane.Lot, claim));
            }
        }

        _lotsInto = _open.ToLookup(lane => lane.Claim, lane => lane.Lot);
        var (fromLot, toMember) = (_open.ToLookup(lane => lane.Lot), _open.ToLookup(
            lane => _claims[lane.Claim].Member));
        foreach (var limit in _problem.Limits)
        {
            foreach (var term in limit.Terms)
            {
                var lanes = term.Lot is { } lot ? fromLot[lot] : term.Member is { } member ? toMember[member] : _open;
                foreach (var lane in lanes.Where(lane => term.Member is not { } only
                    || _claims[lane.Claim].Member == only))
                {
                    var own = _weights.TryGetValue(lane, out var known) ? known : _weights[lane] = [];
                    own[limit.Id] = Of(term.Weight).Plus(own.GetValueOrDefault(limit.Id, Zero));
                }
            }
        }
    }

    private static ExactFraction Zero => new(0, 1);

    private static ExactFraction Of(Rational value) => new(value.Numerator, value.Denominator);

    private static ExactFraction Product(ExactFraction one, ExactFraction other) =>
        new(one.Top * other.Top, one.Bottom * other.Bottom);

    private SharedFailure? Flows() => Uses("flow",
        _plan.Flows.Select(flow => (flow.Lot, flow.Claim, Of(flow.Amount))), share => CoverageAfter(share));

    private SharedFailure? Lines()
    {
        foreach (var line in _plan.Lines)
        {
            if (!_lots.TryGetValue(line.Lot, out var lot) || line.Packs < 1
                || (BigInteger)line.Packs * lot.PackSize != line.Quantity)
            {
                return new("line", $"lot {line.Lot}, claim {line.Claim}",
                    $"{line.Packs} packs, {line.Quantity} units", "whole packs of the lot, at least one");
            }
        }

        return Uses("line", _plan.Lines.Select(line => (line.Lot, line.Claim, new ExactFraction(line.Quantity, 1))),
            share => new ExactFraction(share.Packed, 1));
    }

    /// <summary>Amounts are on open lanes, once each, above zero; lots, limits and claims hold; the sums are those
    /// stated.</summary>
    private SharedFailure? Uses(string what, IEnumerable<(int Lot, int Claim, ExactFraction Amount)> amounts,
        Func<SharedShare, ExactFraction> stated)
    {
        var (seen, ofLot, ofClaim, ofLimit) = (new HashSet<(int, int)>(), new Dictionary<int, ExactFraction>(),
            new Dictionary<int, ExactFraction>(), new Dictionary<int, ExactFraction>());
        foreach (var (lot, claim, amount) in amounts)
        {
            if (!_open.Contains((lot, claim)) || !seen.Add((lot, claim)) || amount.Top.Sign <= 0)
            {
                return new(what, $"lot {lot}, claim {claim}", amount.ToString(),
                    "one amount above 0 on an open lane");
            }

            ofLot[lot] = ofLot.GetValueOrDefault(lot, Zero).Plus(amount);
            ofClaim[claim] = ofClaim.GetValueOrDefault(claim, Zero).Plus(amount);
            foreach (var (limit, weight) in _weights.GetValueOrDefault((lot, claim)) ?? [])
            {
                ofLimit[limit] = ofLimit.GetValueOrDefault(limit, Zero).Plus(Product(weight, amount));
            }
        }

        foreach (var share in _plan.Shares.Where(share => _claims.ContainsKey(share.Claim)))
        {
            var given = ofClaim.GetValueOrDefault(share.Claim, Zero);
            if (given.Against(stated(share)) != 0)
            {
                return new("share", $"claim {share.Claim}", stated(share).ToString(), given.ToString());
            }
        }

        return Above("lot", ofLot, _problem.Lots.Select(lot => (lot.Id, new ExactFraction(lot.Quantity, 1))))
            ?? Above("claim", ofClaim, _problem.Claims.Select(claim => (claim.Id, new ExactFraction(claim.Limit, 1))))
            ?? Above("limit", ofLimit, _problem.Limits.Select(limit => (limit.Id, Of(limit.Most))));
    }

    private static SharedFailure? Above(
        string what, Dictionary<int, ExactFraction> used, IEnumerable<(int Id, ExactFraction Most)> bounds)
    {
        foreach (var (id, most) in bounds)
        {
            if (used.TryGetValue(id, out var found) && found.Against(most) > 0)
            {
                return new(what, $"{what} {id}", found.ToString(), $"no more than {most}");
            }
        }

        return null;
    }

    /// <summary>The units that a stated coverage means.</summary>
    private ExactFraction CoverageAfter(SharedShare share) =>
        Product(Of(share.Coverage), new(_claims[share.Claim].Need, 1)).Less(new(_claims[share.Claim].Received, 1));

    /// <summary>min(limit, max(0, t need - received)); the limit without a level.</summary>
    private static ExactFraction Asked(SharedClaim claim, ExactFraction? level)
    {
        var limit = new ExactFraction(claim.Limit, 1);
        if (level is not { } reached)
        {
            return limit;
        }

        var asked = Product(reached, new(claim.Need, 1)).Less(new(claim.Received, 1));
        return asked.Top.Sign < 0 ? Zero : asked.Against(limit) > 0 ? limit : asked;
    }

    private SharedFailure? Shares()
    {
        var levelOf = new Dictionary<int, (Rational? Level, int Claim)>();
        foreach (var share in _plan.Shares)
        {
            if (!_claims.TryGetValue(share.Claim, out var claim) || !_shares.TryAdd(share.Claim, share))
            {
                return new("share", $"claim {share.Claim}", "unknown or twice", "one share for each claim");
            }

            var fair = Asked(claim, share.Level is { } level ? Of(level) : null).Plus(new(claim.Received, 1));
            var coverage = new ExactFraction(fair.Top, fair.Bottom * claim.Need);
            var packed = coverage.Less(new(claim.Received + (BigInteger)share.Packed, claim.Need));
            if (Of(share.Fair).Against(coverage) != 0 || Of(share.PackGap).Against(packed) != 0
                || Of(share.Gap).Against(coverage.Less(Of(share.Coverage))) != 0 || share.Gap.Numerator.Sign < 0)
            {
                return new("share", $"claim {share.Claim}", $"{share.Fair}, gaps {share.Gap} and {share.PackGap}",
                    $"{coverage}, gaps {coverage.Less(Of(share.Coverage))} and {packed}");
            }

            if (_problem.By == CoverageBy.Member
                && levelOf.TryGetValue(claim.Member, out var other) && other.Level != share.Level)
            {
                return new("level", $"claim {share.Claim}", $"{share.Level}", $"{other.Level}, as its member's others");
            }

            levelOf[claim.Member] = (share.Level, share.Claim);
        }

        var missing = _problem.Claims.FirstOrDefault(claim => !_shares.ContainsKey(claim.Id));
        return missing is null ? null : new("share", $"claim {missing.Id}", "none", "one share for each claim");
    }

    /// <summary>Each prices, for the level they prove: what all ask up to it is worth no less than what is there.
    /// </summary>
    private SharedFailure? Levels()
    {
        if (Idle() is { } idle)
        {
            return idle;
        }

        foreach (var proof in _shares.Values.Where(share => share.Level is not null)
            .GroupBy(share => (share.Level, share.Prices)))
        {
            if (proof.Key.Prices is not { } index || index < 0 || index >= _plan.Prices.Length)
            {
                return new("prices", $"claim {proof.First().Claim}", "no prices", "prices that prove the level");
            }

            if (Level(Of(proof.Key.Level!.Value), _plan.Prices[index], [.. proof], index) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Prices that prove no level would be a statement that nobody checks.</summary>
    private SharedFailure? Idle()
    {
        if (_shares.Values.FirstOrDefault(share => share.Level is null && share.Prices is not null) is { } share)
        {
            return new("prices", $"claim {share.Claim}", $"prices {share.Prices}", "none, as it has no level");
        }

        var used = _shares.Values.Select(share => share.Prices).ToHashSet();
        var idle = Enumerable.Range(0, _plan.Prices.Length).FirstOrDefault(index => !used.Contains(index), -1);
        return idle < 0 ? null : new("prices", $"prices {idle}", "prices of no level", "prices that prove a level");
    }

    private SharedFailure? Level(ExactFraction level, LevelPrices prices, SharedShare[] held, int index)
    {
        if (prices.LotPrices.Any(lot => lot.Value.Numerator.Sign < 0 || !_lots.ContainsKey(lot.Key))
            || prices.LimitPrices.Any(limit => limit.Value.Numerator.Sign < 0))
        {
            return new("prices", $"prices {index}", "below 0 or of an unknown lot", "0 or more");
        }

        var worth = prices.LotPrices.Aggregate(Zero, (sum, lot) =>
            sum.Plus(Product(Of(lot.Value), new(_lots[lot.Key].Quantity, 1))));
        var bounds = _problem.Limits.ToDictionary(limit => limit.Id, limit => Of(limit.Most));
        foreach (var (id, price) in prices.LimitPrices)
        {
            if (!bounds.TryGetValue(id, out var most))
            {
                return new("prices", $"prices {index}", $"limit {id}", "a limit of the problem");
            }

            worth = worth.Plus(Product(Of(price), most));
        }

        var values = Values(prices);
        var asked = Zero;
        foreach (var (claim, value) in values)
        {
            var own = _shares[claim].Level is { } stated && Of(stated).Against(level) < 0 ? Of(stated) : level;
            asked = asked.Plus(Product(value, Asked(_claims[claim], own)));
        }

        if (asked.Against(worth) < 0)
        {
            return new("level", $"prices {index}", $"{level}, worth {asked}", $"no less than {worth}");
        }

        return Held(level, held, values, index);
    }

    /// <summary>Every group at the level has a claim that is priced, below its limit and would ask more.</summary>
    private SharedFailure? Held(
        ExactFraction level, SharedShare[] held, Dictionary<int, ExactFraction> values, int index)
    {
        bool Holds(int id) => (values.ContainsKey(id) || !_lotsInto[id].Any(lot => _lots[lot].Quantity > 0))
            && Asked(_claims[id], level).Against(new(_claims[id].Limit, 1)) < 0
            && Product(level, new(_claims[id].Need, 1)).Against(new(_claims[id].Received, 1)) >= 0;
        foreach (var group in held.GroupBy(share => _problem.By == CoverageBy.Member
            ? (_claims[share.Claim].Member, 0) : (0, share.Claim)))
        {
            var member = _claims[group.First().Claim].Member;
            var ids = _problem.By == CoverageBy.Member
                ? _problem.Claims.Where(claim => claim.Member == member).Select(claim => claim.Id)
                : group.Select(share => share.Claim);
            if (!ids.Any(Holds))
            {
                return new("level", $"claim {group.First().Claim}", "nothing that holds it down",
                    $"a price above 0 in prices {index}");
            }
        }

        return null;
    }

    /// <summary>What a unit for each claim costs on its cheapest open lane, where that is more than nothing.</summary>
    private Dictionary<int, ExactFraction> Values(LevelPrices prices)
    {
        var values = new Dictionary<int, ExactFraction>();
        foreach (var claim in _claims.Keys)
        {
            ExactFraction? least = null;
            foreach (var lot in _lotsInto[claim].Where(lot => _lots[lot].Quantity > 0))
            {
                var price = prices.LotPrices.TryGetValue(lot, out var own) ? Of(own) : Zero;
                foreach (var (limit, weight) in _weights.GetValueOrDefault((lot, claim)) ?? [])
                {
                    price = prices.LimitPrices.TryGetValue(limit, out var each)
                        ? price.Plus(Product(Of(each), weight)) : price;
                }

                least = least is { } known && known.Against(price) <= 0 ? known : price;
                if (price.Top.IsZero)
                {
                    break;
                }
            }

            if (least is { Top.IsZero: false } value)
            {
                values[claim] = value;
            }
        }

        return values;
    }
}
