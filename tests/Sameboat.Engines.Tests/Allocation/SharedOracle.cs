using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>
/// Leximin levels under shared limits by the textbook: raise all to the greatest common level, fix whoever cannot rise
/// alone while nobody falls below it, go on with the rest. Every question is a linear program of its own in exact
/// fractions, over single lanes; for small problems alone.
/// </summary>
internal sealed class SharedOracle
{
    private readonly SharedProblem _problem;
    private readonly List<SharedClaim[]> _groups;
    private readonly List<(SharedLot Lot, SharedClaim Claim)> _lanes;

    private SharedOracle(SharedProblem problem)
    {
        _problem = problem;
        _groups = SmallSharedProblems.Groups(problem);
        _lanes = [.. problem.Lanes.SelectMany(lane => problem.Lots.Where(lot => lot.Id == lane.Lot)
            .SelectMany(lot => problem.Claims
                .Where(claim => claim.Member == lane.Member && claim.Item == lot.Item)
                .Select(claim => (lot, claim))))];
    }

    /// <summary>By group: the level; null where every claim of the group reaches its own limit.</summary>
    public static Fraction?[] Levels(SharedProblem problem) => new SharedOracle(problem).Levels();

    /// <summary>What a claim holds, as a share of its need, at a level of its group.</summary>
    public static Fraction CoverageAt(SharedClaim claim, Fraction? level)
    {
        Fraction start = new(claim.Received, claim.Need);
        var full = FullOf(claim);
        return level is not { } reached || reached > full ? full : reached < start ? start : reached;
    }

    /// <summary>Amounts by lot and claim keep lanes, lots, limits and what claims take at most.</summary>
    public static bool Keeps(SharedProblem problem, IEnumerable<(int Lot, int Claim, Fraction Amount)> amounts)
    {
        var oracle = new SharedOracle(problem);
        var (kept, known) = (amounts.ToList(), oracle._lanes.Select(lane => (lane.Lot.Id, lane.Claim.Id)).ToHashSet());
        Fraction Sum(Func<(int Lot, int Claim, Fraction Amount), Fraction> weight) =>
            kept.Aggregate((Fraction)0, (sum, amount) => sum + (weight(amount) * amount.Amount));
        return kept.TrueForAll(amount => amount.Amount > 0 && known.Contains((amount.Lot, amount.Claim)))
            && kept.Select(amount => (amount.Lot, amount.Claim)).Distinct().Count() == kept.Count
            && problem.Lots.All(lot => Sum(amount => amount.Lot == lot.Id ? 1 : 0) <= lot.Quantity)
            && problem.Claims.All(claim => Sum(amount => amount.Claim == claim.Id ? 1 : 0) <= claim.Limit)
            && problem.Limits.All(limit => Sum(amount => WeightOf(limit, amount.Lot,
                problem.Claims.First(claim => claim.Id == amount.Claim).Member)) <= Of(limit.Most));
    }

    public static Fraction Of(Rational value) => new(value.Numerator, value.Denominator);

    private Fraction?[] Levels()
    {
        var (fixedAt, free) = (new Fraction?[_groups.Count], Enumerable.Range(0, _groups.Count).ToList());
        while (free.Count > 0 && Greatest(free, fixedAt, 0) is { } level)
        {
            var held = free.Where(group => Greatest([group],
                [.. fixedAt.Select((own, at) => free.Contains(at) ? level : own)], level) == level).ToList();
            held.Count.ShouldBeGreaterThan(0);
            foreach (var group in held)
            {
                fixedAt[group] = level;
                free.Remove(group);
            }
        }

        return fixedAt;
    }

    /// <summary>The greatest common level of some groups from a level on that they can reach, the others held where
    /// they are; null where all reach their limits.</summary>
    private Fraction? Greatest(List<int> rising, Fraction?[] held, Fraction from)
    {
        var low = from;
        foreach (var high in rising.SelectMany(group => _groups[group]).Where(claim => claim.Limit > 0)
            .Select(FullOf).Where(full => full > from).Distinct().Order())
        {
            var reached = Program(rising, held, low, high).Greatest(_lanes.Count)!.Value;
            if (reached < high)
            {
                return reached;
            }

            low = high;
        }

        return null;
    }

    /// <summary>One variable for each lane and one for the level, which lies between two values at which no claim
    /// fills up.</summary>
    private ExactProgram Program(List<int> rising, Fraction?[] held, Fraction low, Fraction high)
    {
        var program = new ExactProgram(_lanes.Count + 1);
        program.AtMost(high, [(_lanes.Count, 1)]);
        IEnumerable<(int, Fraction)> Lanes(Func<(SharedLot Lot, SharedClaim Claim), Fraction> weight) =>
            _lanes.Select((lane, at) => (at, weight(lane)));
        foreach (var lot in _problem.Lots)
        {
            program.AtMost(lot.Quantity, Lanes(lane => lane.Lot.Id == lot.Id ? 1 : 0));
        }

        foreach (var limit in _problem.Limits)
        {
            program.AtMost(Of(limit.Most), Lanes(lane => WeightOf(limit, lane.Lot.Id, lane.Claim.Member)));
        }

        foreach (var (group, claims) in _groups.Index())
        {
            foreach (var claim in claims)
            {
                var into = Lanes(lane => lane.Claim.Id == claim.Id ? 1 : 0);
                program.AtMost(claim.Limit, into);
                if (rising.Contains(group) && claim.Limit > 0 && FullOf(claim) > low)
                {
                    program.AtMost(claim.Received, Lanes(lane => lane.Claim.Id == claim.Id ? -1 : 0)
                        .Append((_lanes.Count, claim.Need)));
                }
                else if (rising.Contains(group) || held[group] is not null)
                {
                    var level = rising.Contains(group) ? null : held[group];
                    var least = (CoverageAt(claim, level) * claim.Need) - claim.Received;
                    program.AtMost(least * -1, Lanes(lane => lane.Claim.Id == claim.Id ? -1 : 0));
                }
            }
        }

        return program;
    }

    private static Fraction FullOf(SharedClaim claim) => new(claim.Received + claim.Limit, claim.Need);

    private static Fraction WeightOf(SharedLimit limit, int lot, int member) => limit.Terms
        .Where(term => (term.Lot is null || term.Lot == lot) && (term.Member is null || term.Member == member))
        .Aggregate((Fraction)0, (sum, term) => sum + Of(term.Weight));
}
