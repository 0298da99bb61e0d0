using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>What one recipient needs of one item where limits tie several items together.</summary>
/// <param name="Id">Any whole number, unique among the claims.</param>
/// <param name="Member">A number that the claims of one recipient share; it tells nothing else about it.</param>
/// <param name="Item">A number that the claims and lots of one item share.</param>
/// <param name="Need">Whole units needed in all, more than zero.</param>
/// <param name="Received">Whole units already held or on the way, zero or more; they count towards coverage.</param>
/// <param name="AcceptsAtMost">
/// The most whole units accepted from this plan, zero or more; null where the recipient set no limit of its own.
/// </param>
public sealed record SharedClaim(
    int Id, int Member, int Item, long Need, long Received = 0, long? AcceptsAtMost = null)
{
    /// <summary>The most whole units this plan may give; never negative.</summary>
    public long Limit => Math.Min(Math.Max(Need - Received, 0), AcceptsAtMost ?? long.MaxValue);
}

/// <summary>A quantity of one item, handed out in whole packs of one size.</summary>
/// <param name="Id">Any whole number, unique among the lots.</param>
/// <param name="Item">The item's number; see <see cref="SharedClaim.Item"/>.</param>
/// <param name="Quantity">Whole units, zero or more.</param>
/// <param name="PackSize">Whole units in a pack, at least one and, unless the lot is empty, no more than it.</param>
/// <param name="Expires">
/// Whole days until the lot expires, zero or more; null where it does not. What stays in such a lot counts as waste
/// where equally fair plans are told apart.
/// </param>
/// <param name="Minimum">
/// The least whole units that may go to one member from this lot, if any go at all; zero or more, and in whole packs
/// no more than the lot. It binds the plan in whole packs alone.
/// </param>
public sealed record SharedLot(
    int Id, int Item, long Quantity, long PackSize = 1, int? Expires = null, long Minimum = 0);

/// <summary>An open way from a lot to a member; lanes that are not listed are closed.</summary>
/// <param name="Lot">The lot's id.</param>
/// <param name="Member">The member's number. A lane to a member without a claim on the lot's item carries nothing.
/// </param>
/// <param name="Days">Days on the way, zero or more; they decide only between plans of equal fairness and cost.</param>
/// <param name="Cost">
/// Cost of a unit on the way, zero or more, in any one currency; it decides only between plans of equal fairness and
/// waste.
/// </param>
public readonly record struct OpenLane(int Lot, int Member, int Days = 0, Rational Cost = default);

/// <summary>A way that is closed for a known reason; what closing it costs can be asked.</summary>
/// <param name="Lot">The lot's id.</param>
/// <param name="Member">The member's number.</param>
/// <param name="Reason">Why it is closed.</param>
public readonly record struct ClosedLane(int Lot, int Member, LaneRemoval Reason);

/// <summary>What a unit on some lanes uses of a limit; weights of several terms for one lane add up.</summary>
/// <param name="Lot">The lot's id; null for all lots.</param>
/// <param name="Member">The member's number; null for all members.</param>
/// <param name="Weight">Use per unit, such as tonnes or litres; zero or more.</param>
public sealed record LimitTerm(int? Lot, int? Member, Rational Weight);

/// <summary>A bound on a weighted sum over lanes of any items: tonnage, cold-chain litres, an export cap, a budget.
/// </summary>
/// <param name="Id">Any whole number, unique among the limits.</param>
/// <param name="Most">The most that may be used, zero or more, in the unit of the weights times units.</param>
/// <param name="Terms">What is counted.</param>
/// <param name="Load">
/// Null for a plain bound. Otherwise the most that one vehicle takes, above zero, in the same unit: then
/// <see cref="Most"/> is a whole number of loads, and in whole packs each vehicle serves one member alone.
/// </param>
/// <remarks>docs/methods/minimum-lots.md.</remarks>
public sealed record SharedLimit(int Id, Rational Most, ImmutableArray<LimitTerm> Terms, Rational? Load = null)
{
    /// <summary>The most vehicles of one limit.</summary>
    public const int VehiclesMax = 1_000_000;
}

/// <summary>Whose coverage is made as equal as it can be.</summary>
public enum CoverageBy
{
    /// <summary>Every claim by itself: one member's coverage of one item.</summary>
    MemberItem,

    /// <summary>
    /// Every member: its coverage is that of its least covered item. Items of which it accepts no more drop out.
    /// </summary>
    Member,
}

/// <summary>Everything that the allocation of several items under shared limits depends on.</summary>
/// <param name="Claims">The claims, any order; at most one for a member and item.</param>
/// <param name="Lots">The lots, any order.</param>
/// <param name="Lanes">The open lanes, any order, none twice.</param>
/// <param name="Limits">The shared limits, any order.</param>
/// <param name="By">Whose coverage counts.</param>
public sealed record SharedProblem(
    ImmutableArray<SharedClaim> Claims,
    ImmutableArray<SharedLot> Lots,
    ImmutableArray<OpenLane> Lanes,
    ImmutableArray<SharedLimit> Limits,
    CoverageBy By = CoverageBy.MemberItem)
{
    /// <summary>The seed of the lottery among equals; 0 when none was committed.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Lanes closed for a known reason, none of them open; the plan does not look at them. A lane that is neither open
    /// nor here is a closed route.
    /// </summary>
    public ImmutableArray<ClosedLane> Closed { get; init; } = [];

    /// <summary>
    /// Units that claims are owed from earlier rounds, by claim id; below zero where a claim had more than its share.
    /// They turn packs alone: a pack goes to the lowest (received + given - owed) / need. Claims not named are owed
    /// nothing.
    /// </summary>
    public ImmutableSortedDictionary<int, Rational> Owed { get; init; } =
        ImmutableSortedDictionary<int, Rational>.Empty;

    /// <summary>The most claims.</summary>
    public const int ClaimsMax = 200_000;

    /// <summary>The most lots.</summary>
    public const int LotsMax = 200_000;

    /// <summary>The most open lanes.</summary>
    public const int LanesMax = 2_000_000;

    /// <summary>The most limits.</summary>
    public const int LimitsMax = 10_000;

    /// <summary>The most pairs of a lane and a limit that counts it.</summary>
    public const int UsesMax = 20_000_000;

    /// <summary>Everything that keeps this problem from being allocated; empty when it can be.</summary>
    public ImmutableArray<SharedRefusal> Refusals() => SharedValidation.Refusals(this);
}
