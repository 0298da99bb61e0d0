using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>One place after assessment and need estimate.</summary>
/// <param name="Territory">The place.</param>
/// <param name="Assessment">Its situation as of the day.</param>
/// <param name="Cases">The weekly cases its need was estimated from.</param>
/// <param name="Capacity">What it has, and how that is known.</param>
/// <param name="Need">Its need over the planned weeks, by item, in the pack's order.</param>
public sealed record PlaceResult(
    Territory Territory,
    Assessment Assessment,
    CasePaths Cases,
    CountryCapacity Capacity,
    ImmutableArray<NeedLine> Need);

/// <summary>The allocation of one item that somebody offers and somebody needs.</summary>
/// <param name="Item">The item.</param>
/// <param name="Claims">Whose claim each claim of the problem is: its id is the index here.</param>
/// <param name="Lots">Which offer each lot of the problem is: its id is the index here.</param>
/// <param name="Result">The plan and its proof.</param>
public sealed record ItemRound(
    PackItem Item, ImmutableArray<TerritoryCode> Claims, ImmutableArray<Offer> Lots, AllocationResult Result);

/// <summary>One item of one place: what it needs, what the plan brings, and why.</summary>
/// <param name="Place">The place.</param>
/// <param name="Item">The item.</param>
/// <param name="Need">Units, above zero.</param>
/// <param name="Before">Units received before this plan, which count towards coverage.</param>
/// <param name="Planned">Units that the plan brings.</param>
/// <param name="Reason">One sentence; empty where the item has no round because nobody offers it.</param>
public sealed record CoverageLine(
    TerritoryCode Place, PackItem Item, long Need, long Before, long Planned, string Reason)
{
    /// <summary>Units that stay unmet.</summary>
    public long Unmet => Math.Max(0, Need - Before - Planned);

    /// <summary>(before + planned) / need.</summary>
    public double Coverage => (double)(Before + Planned) / Need;
}

/// <summary>One run of the chain, from counts to plan.</summary>
/// <param name="Input">What it started from.</param>
/// <param name="Settings">What it was made with.</param>
/// <param name="Places">Every place with counts, in the order of the code.</param>
/// <param name="Rounds">One for each item offered and needed, in the pack's order, money last.</param>
/// <param name="Coverage">Every place and item with a need, by place, then in the pack's order.</param>
/// <param name="Idle">Lots that take part in no round, each with the reason.</param>
public sealed record ChainResult(
    ChainInput Input,
    ChainSettings Settings,
    ImmutableArray<PlaceResult> Places,
    ImmutableArray<ItemRound> Rounds,
    ImmutableArray<CoverageLine> Coverage,
    ImmutableArray<IdleLot> Idle);

/// <summary>A lot that takes part in no round.</summary>
/// <param name="Offer">The lot.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record IdleLot(Offer Offer, string Reason);
