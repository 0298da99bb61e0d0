using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>
/// A price for every unit of a lot and every unit of a limit that proves a level: whoever sits at the level cannot be
/// lifted, because all that the prices are paid for is used by claims that are worse off or equally badly off.
/// </summary>
/// <param name="LotPrices">Price per unit by lot id, above zero; lots not named cost nothing.</param>
/// <param name="LimitPrices">Price per unit of a limit by limit id, above zero; limits not named cost nothing.</param>
public sealed record LevelPrices(
    ImmutableSortedDictionary<int, Rational> LotPrices, ImmutableSortedDictionary<int, Rational> LimitPrices);

/// <summary>What one claim comes to.</summary>
/// <param name="Claim">The claim's id.</param>
/// <param name="Level">
/// The level of the claim's group (the claim itself, or its member): no plan lifts the group beyond it without taking
/// a worse-off one below its own. Null where every claim of the group reaches its own limit.
/// </param>
/// <param name="Prices">The index of the prices that prove the level; null with a null level.</param>
/// <param name="Fair">(received + fair amount) / need at the level: the coverage that no plan is fairer than.</param>
/// <param name="Coverage">(received + divisible amount) / need in the plan's flows; never above fair.</param>
/// <param name="Gap">Fair less coverage: zero where the flows are exact.</param>
/// <param name="Packed">Units given in whole packs.</param>
/// <param name="PackGap">Fair less (received + packed) / need.</param>
public sealed record SharedShare(
    int Claim, Rational? Level, int? Prices, Rational Fair, Rational Coverage, Rational Gap, long Packed,
    Rational PackGap);

/// <summary>The fair plan for several items under shared limits.</summary>
/// <param name="Problem">What was allocated.</param>
/// <param name="Prices">The proofs of the levels.</param>
/// <param name="Flows">The divisible plan, ordered by lot and claim.</param>
/// <param name="Lines">The plan in whole packs, ordered by lot and claim.</param>
/// <param name="Shares">One share for each claim, in ascending order of id.</param>
/// <param name="Programs">How many linear programs were solved.</param>
public sealed record SharedPlan(
    SharedProblem Problem,
    ImmutableArray<LevelPrices> Prices,
    ImmutableArray<FairFlow> Flows,
    ImmutableArray<PackLine> Lines,
    ImmutableArray<SharedShare> Shares,
    int Programs)
{
    /// <summary>The largest gap of a claim's divisible coverage to what no plan is fairer than.</summary>
    public Rational LargestGap =>
        Shares.Aggregate(Rational.Zero, (most, share) => share.Gap > most ? share.Gap : most);
}
