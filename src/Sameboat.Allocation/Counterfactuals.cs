using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>A rule of division to compare the plan with.</summary>
public enum DivisionRule
{
    /// <summary>The rule of the plan: the worst off first, then the next, and so on.</summary>
    Leximin,

    /// <summary>
    /// All claims that some lot can reach rise together and stop together, when the first of them cannot rise further;
    /// what is left stays in stock.
    /// </summary>
    EqualCoverage,

    /// <summary>
    /// Every lot by itself, in ascending order of id, is split in proportion to need among the claims that it can reach
    /// and that still want something, as donors do that do not see each other.
    /// </summary>
    ProportionalToNeed,

    /// <summary>
    /// Claims in a given order take all they want from the lots that reach them, lots in order of id.
    /// </summary>
    FirstCome,

    /// <summary>
    /// Leximin of what a claim holds for each inhabitant instead of for each unit needed, up to the same limits.
    /// </summary>
    LeximinByPopulation,
}

/// <summary>What a rule gives.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Coverage">(received + given) / need by claim id, as if packs could be opened.</param>
public sealed record RuleOutcome(DivisionRule Rule, ImmutableSortedDictionary<int, Rational> Coverage)
{
    /// <summary>The coverages from the lowest to the highest.</summary>
    public ImmutableArray<Rational> Sorted => [.. Coverage.Values.Order()];
}

/// <summary>What closed lanes cost: the divisible plan as it is and as it would be with those lanes open.</summary>
/// <param name="Lots">The lots whose lanes are opened, ascending.</param>
/// <param name="Reason">The reason whose closures are lifted.</param>
/// <param name="LowestWith">The lowest coverage as it is; null when there is no claim.</param>
/// <param name="LowestWithout">The lowest coverage with the lanes open; null when there is no claim.</param>
/// <param name="Changes">
/// By claim id, coverage with the lanes open less coverage as it is; claims that change nothing are left out.
/// </param>
public sealed record LanePrice(
    ImmutableArray<int> Lots, LaneRemoval Reason, Rational? LowestWith, Rational? LowestWithout,
    ImmutableSortedDictionary<int, Rational> Changes);

/// <summary>
/// What would have been: other rules of division, and lanes that are closed. The plan itself is not touched.
/// </summary>
public static class Counterfactuals
{
    /// <summary>
    /// What each lot with lanes closed for the reason costs by itself, the other lots as they are, in ascending order
    /// of lot. With <see cref="LaneRemoval.Earmarked"/> it is the price of each earmark.
    /// </summary>
    /// <exception cref="ArgumentException">The problem is refused.</exception>
    public static ImmutableArray<LanePrice> PriceOfEach(AllocationProblem problem, LaneRemoval reason)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var plan = CoverageOf(problem);
        return [.. LotsClosedFor(problem, reason).Select(lot => Price(problem, plan, reason, [lot]))];
    }

    /// <summary>What all lanes closed for the reason cost together.</summary>
    /// <exception cref="ArgumentException">The problem is refused.</exception>
    public static LanePrice PriceOfAll(AllocationProblem problem, LaneRemoval reason)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Price(problem, CoverageOf(problem), reason, LotsClosedFor(problem, reason));
    }

    /// <summary>The coverages that a rule gives, as if packs could be opened, in whole units except for leximin and
    /// equal coverage.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="order">
    /// For <see cref="DivisionRule.FirstCome"/> the claim ids in order of coming; claims not named come last in order
    /// of id. Empty for the other rules.
    /// </param>
    /// <remarks>By population means equal populations here; see the other form.</remarks>
    /// <exception cref="ArgumentException">The problem is refused.</exception>
    public static RuleOutcome Under(AllocationProblem problem, DivisionRule rule, params ImmutableArray<int> order)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var leximin = CoverageOf(problem);
        var coverage = rule switch
        {
            DivisionRule.Leximin => leximin,
            DivisionRule.EqualCoverage => Equal(problem, leximin),
            DivisionRule.ProportionalToNeed => InUnits(problem, new UnitDivision(problem).LotByLot()),
            DivisionRule.LeximinByPopulation => ByPopulation(problem, _ => problem.Claims.Max(claim => claim.Need)),
            DivisionRule.FirstCome => InUnits(problem, new UnitDivision(problem).FirstCome(order)),
            _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No rule of the list."),
        };
        return new RuleOutcome(rule, coverage);
    }

    /// <summary>The coverages of need when goods are divided by population.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="population">Inhabitants by claim id, above zero.</param>
    /// <exception cref="ArgumentException">The problem is refused.</exception>
    public static RuleOutcome UnderPopulation(AllocationProblem problem, Func<int, long> population)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(population);
        return new RuleOutcome(DivisionRule.LeximinByPopulation, ByPopulation(problem, population));
    }

    private static ImmutableSortedDictionary<int, Rational> ByPopulation(
        AllocationProblem problem, Func<int, long> population)
    {
        // Where there are fewer inhabitants than units missing, the population is scaled for all alike.
        var scale = problem.Claims.IsEmpty ? 1 : problem.Claims.Max(claim =>
            (claim.Received + claim.Limit + population(claim.Id) - 1) / population(claim.Id));
        var amounts = Allocator.Allocate(problem with
        {
            Claims = [.. problem.Claims.Select(claim => claim with
            {
                Need = Math.Max(1, population(claim.Id) * Math.Max(1, scale)), AcceptsAtMost = claim.Limit,
            })],
        }).Shares.ToDictionary(share => share.Claim, share => share.FairAmount);
        return problem.Claims.ToImmutableSortedDictionary(claim => claim.Id,
            claim => (Rational.Of(claim.Received) + amounts[claim.Id]) / Rational.Of(claim.Need));
    }

    private static ImmutableSortedDictionary<int, Rational> CoverageOf(AllocationProblem problem) =>
        Allocator.Allocate(problem).Shares
            .ToImmutableSortedDictionary(share => share.Claim, share => share.FairCoverage);

    private static ImmutableArray<int> LotsClosedFor(AllocationProblem problem, LaneRemoval reason) =>
        [.. problem.Removed.Where(removed => removed.Reason == reason).Select(removed => removed.Lot)
            .Distinct().Order()];

    private static LanePrice Price(AllocationProblem problem, ImmutableSortedDictionary<int, Rational> plan,
        LaneRemoval reason, ImmutableArray<int> lots)
    {
        var opened = CoverageOf(problem with
        {
            Removed = problem.Removed.RemoveAll(removed => removed.Reason == reason && lots.Contains(removed.Lot)),
        });
        return new LanePrice(lots, reason, Lowest(plan), Lowest(opened), plan
            .Where(claim => opened[claim.Key] != claim.Value)
            .ToImmutableSortedDictionary(claim => claim.Key, claim => opened[claim.Key] - claim.Value));
    }

    private static Rational? Lowest(ImmutableSortedDictionary<int, Rational> coverage) =>
        coverage.IsEmpty ? null : coverage.Values.Min();

    private static ImmutableSortedDictionary<int, Rational> Equal(
        AllocationProblem problem, ImmutableSortedDictionary<int, Rational> leximin)
    {
        var network = LaneNetwork.Of(problem);
        var reached = network.Groups.SelectMany(group => group.Claims).Distinct()
            .Select(claim => network.Claims[claim]).ToList();
        var wanting = reached.Where(claim => leximin[claim.Id] < Full(claim))
            .Select(claim => leximin[claim.Id]).ToList();
        var common = wanting.Count == 0 ? Rational.One : wanting.Min();
        var equal = problem.Claims.ToImmutableSortedDictionary(
            claim => claim.Id, claim => Rational.Of(claim.Received, claim.Need));
        foreach (var claim in reached.Where(claim => common > equal[claim.Id]))
        {
            equal = equal.SetItem(claim.Id, common < Full(claim) ? common : Full(claim));
        }

        return equal;
    }

    private static Rational Full(Claim claim) => Rational.Of((BigInteger)claim.Received + claim.Limit, claim.Need);

    private static ImmutableSortedDictionary<int, Rational> InUnits(
        AllocationProblem problem, Dictionary<int, long> given) => problem.Claims.ToImmutableSortedDictionary(
            claim => claim.Id, claim => Rational.Of((BigInteger)claim.Received + given[claim.Id], claim.Need));
}
