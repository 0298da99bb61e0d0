using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>What rules in use elsewhere would give under the same limits, for comparison alone.</summary>
public static class SharedRules
{
    /// <summary>The coverages that a rule gives.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="rule">
    /// The rule. Equal coverage: all rise together and stop when the first of them is held down. In proportion and
    /// first come: lot by lot or claim by claim in whole units, within the limits.
    /// </param>
    /// <param name="population">Inhabitants by member, for <see cref="DivisionRule.LeximinByPopulation"/>.</param>
    /// <param name="order">For first come, claim ids in order of coming; others follow by id.</param>
    /// <exception cref="ArgumentException">The problem is refused.</exception>
    public static RuleOutcome Under(SharedProblem problem, DivisionRule rule,
        Func<int, long>? population = null, params ImmutableArray<int> order)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var coverage = rule switch
        {
            DivisionRule.Leximin => Fair(problem),
            DivisionRule.EqualCoverage => Equal(problem),
            DivisionRule.LeximinByPopulation => ByPopulation(problem, population ?? (_ => 1)),
            DivisionRule.ProportionalToNeed => new UnitsWithin(problem).LotByLot(),
            DivisionRule.FirstCome => new UnitsWithin(problem).FirstCome(order),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No rule of the list."),
        };
        return new RuleOutcome(rule, coverage);
    }

    /// <summary>
    /// Whether leximin by population can be worked out in whole numbers of 64 bits: populations are scaled for all
    /// alike until nobody lacks more units than it has inhabitants.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="population">Inhabitants by member.</param>
    public static bool IsDivisibleByPopulation(SharedProblem problem, Func<int, long> population)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(population);
        if (problem.Claims.Any(claim => population(claim.Member) < 1))
        {
            return false;
        }

        var scale = problem.Claims.Select(claim => ((BigInteger)claim.Received + claim.Limit)
            / population(claim.Member)).DefaultIfEmpty(BigInteger.Zero).Max() + 1;
        return problem.Claims.Aggregate(BigInteger.Zero, (sum, claim) =>
            sum + claim.Received + (scale * population(claim.Member))) <= long.MaxValue / 2;
    }

    private static ImmutableSortedDictionary<int, Rational> Fair(SharedProblem problem) =>
        SharedAllocator.Allocate(problem).Shares.ToImmutableSortedDictionary(share => share.Claim, share => share.Fair);

    private static ImmutableSortedDictionary<int, Rational> Equal(SharedProblem problem)
    {
        var plan = SharedAllocator.Allocate(problem);
        var fair = plan.Shares.ToDictionary(share => share.Claim, share => share.Fair);
        var reached = problem.Claims.Where(claim => fair[claim.Id] > Rational.Of(claim.Received, claim.Need))
            .Select(claim => claim.Id).ToHashSet();
        var common = plan.Shares.Where(share => reached.Contains(share.Claim) && share.Level is not null)
            .Select(share => share.Level!.Value).DefaultIfEmpty(Rational.One).Min();
        return problem.Claims.ToImmutableSortedDictionary(claim => claim.Id, claim =>
        {
            var held = Rational.Of(claim.Received, claim.Need);
            return !reached.Contains(claim.Id) || common <= held ? held
                : common < fair[claim.Id] ? common : fair[claim.Id];
        });
    }

    private static ImmutableSortedDictionary<int, Rational> ByPopulation(
        SharedProblem problem, Func<int, long> population)
    {
        var scale = problem.Claims.IsEmpty ? 1 : problem.Claims.Max(claim =>
            (claim.Received + claim.Limit + population(claim.Member) - 1) / population(claim.Member));
        var needs = problem.Claims.ToDictionary(claim => claim.Id,
            claim => Math.Max(1, population(claim.Member) * Math.Max(1, scale)));
        var shares = Fair(problem with
        {
            Claims = [.. problem.Claims.Select(claim => claim with
            {
                Need = needs[claim.Id], AcceptsAtMost = claim.Limit,
            })],
        });
        return problem.Claims.ToImmutableSortedDictionary(claim => claim.Id,
            claim => shares[claim.Id] * Rational.Of(needs[claim.Id], claim.Need));
    }
}

/// <summary>Whole units by simple rules, never beyond lots, limits and claims.</summary>
internal sealed class UnitsWithin
{
    private readonly LaneModel _model;
    private readonly long[] _left;
    private readonly long[] _given;
    private readonly BigInteger[] _room;
    private readonly List<(int Limit, BigInteger Weight)>[] _uses;

    public UnitsWithin(SharedProblem problem)
    {
        _model = LaneModel.Of(problem);
        _left = [.. _model.Lots.Select(lot => lot.Quantity)];
        _given = new long[_model.Claims.Length];
        _room = [.. _model.Limits.Select(limit => limit.Most)];
        _uses = [.. _model.LaneLot.Select(_ => new List<(int, BigInteger)>(0))];
        foreach (var (at, limit) in _model.Limits.Index())
        {
            foreach (var use in limit.Uses)
            {
                _uses[use.Lane].Add((at, use.Weight));
            }
        }
    }

    public ImmutableSortedDictionary<int, Rational> LotByLot()
    {
        for (var lot = 0; lot < _left.Length; lot++)
        {
            int[] lanes = [.. Enumerable.Range(_model.LotStart[lot], _model.LotStart[lot + 1] - _model.LotStart[lot])
                .Where(lane => Wanted(lane) > 0)];
            var (stock, need) = ((BigInteger)_left[lot], lanes.Aggregate(BigInteger.Zero,
                (sum, lane) => sum + _model.Claims[_model.LaneClaim[lane]].Need));
            foreach (var lane in lanes)
            {
                Give(lane, (long)(stock * _model.Claims[_model.LaneClaim[lane]].Need / need));
            }
        }

        return Coverage();
    }

    public ImmutableSortedDictionary<int, Rational> FirstCome(ImmutableArray<int> order)
    {
        var place = order.Distinct().Select((id, at) => (id, at)).ToDictionary();
        foreach (var claim in Enumerable.Range(0, _given.Length)
            .OrderBy(claim => place.GetValueOrDefault(_model.Claims[claim].Id, int.MaxValue)).ThenBy(claim => claim))
        {
            foreach (var lane in _model.LanesInto(claim))
            {
                Give(lane, long.MaxValue);
            }
        }

        return Coverage();
    }

    private long Wanted(int lane) => _model.Claims[_model.LaneClaim[lane]].Limit - _given[_model.LaneClaim[lane]];

    private void Give(int lane, long most)
    {
        BigInteger units = Math.Min(most, Math.Min(Wanted(lane), _left[_model.LaneLot[lane]]));
        foreach (var (limit, weight) in _uses[lane])
        {
            units = BigInteger.Min(units, _room[limit] / weight);
        }

        _left[_model.LaneLot[lane]] -= (long)units;
        _given[_model.LaneClaim[lane]] += (long)units;
        foreach (var (limit, weight) in _uses[lane])
        {
            _room[limit] -= units * weight;
        }
    }

    private ImmutableSortedDictionary<int, Rational> Coverage() => _model.Claims.Select((claim, at) =>
        (claim.Id, Rational.Of(claim.Received + (BigInteger)_given[at], claim.Need)))
        .ToImmutableSortedDictionary(pair => pair.Id, pair => pair.Item2);
}
