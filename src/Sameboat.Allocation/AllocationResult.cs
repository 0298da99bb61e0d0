using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>How good the whole-pack plan is known to be.</summary>
public enum PackGuarantee
{
    /// <summary>All lots share one pack size: no whole-pack plan is fairer.</summary>
    Exact,

    /// <summary>
    /// Pack sizes differ: with the packs of all other sizes left where they are, no plan for the packs of any one size
    /// is fairer. The gap of each claim to its exact fair share is stated.
    /// </summary>
    ExactForEachSize,

    /// <summary>Pack sizes differ and the improvement stopped at its limit; only the stated gaps are known.</summary>
    GapsOnly,
}

/// <summary>
/// One step of the fair division, proved by a cut: the claims can be reached only by the lots of this level and of the
/// levels before it, those before are used up by claims that are worse off, and what the lots of this level hold is
/// exactly what its claims receive.
/// </summary>
/// <param name="Coverage">
/// (received + given) / need of every claim here that could still use more; claims already at their own limit have
/// this or less. Null in the last level only: its claims all reach their own limit.
/// </param>
/// <param name="Claims">Claim ids in ascending order.</param>
/// <param name="Lots">Lot ids in ascending order; used up exactly, except in the last level without coverage.</param>
public sealed record FairLevel(Rational? Coverage, ImmutableArray<int> Claims, ImmutableArray<int> Lots);

/// <summary>A part of a lot given to a claim if packs could be divided.</summary>
/// <param name="Lot">The lot's id.</param>
/// <param name="Claim">The claim's id.</param>
/// <param name="Amount">Units, more than zero.</param>
public sealed record FairFlow(int Lot, int Claim, Rational Amount);

/// <summary>Whole packs of one lot for one claim.</summary>
/// <param name="Lot">The lot's id.</param>
/// <param name="Claim">The claim's id.</param>
/// <param name="Packs">Whole packs, at least one.</param>
/// <param name="Quantity">Units: packs times the lot's pack size.</param>
public sealed record PackLine(int Lot, int Claim, long Packs, long Quantity);

/// <summary>What one claim comes to.</summary>
/// <param name="Claim">The claim's id.</param>
/// <param name="FairAmount">Units given if packs could be divided.</param>
/// <param name="FairCoverage">(received + fair amount) / need.</param>
/// <param name="Packed">Units given in whole packs.</param>
/// <param name="PackedCoverage">(received + packed) / need.</param>
/// <param name="Gap">Fair coverage less packed coverage; negative where whole packs give more.</param>
public sealed record ClaimShare(
    int Claim, Rational FairAmount, Rational FairCoverage, long Packed, Rational PackedCoverage, Rational Gap);

/// <summary>The fair plan for one item.</summary>
/// <param name="Problem">What was allocated.</param>
/// <param name="Levels">The levels from the worst off upwards; every claim and every lot is in exactly one.</param>
/// <param name="Flows">A division that reaches the levels, ordered by lot and claim.</param>
/// <param name="Lines">The plan in whole packs, ordered by lot and claim.</param>
/// <param name="Shares">One share for each claim, in ascending order of id.</param>
/// <param name="Lottery">
/// All claim ids in the order drawn from the seed: among equals the earlier is served first.
/// </param>
/// <param name="Guarantee">How good the whole-pack plan is known to be.</param>
public sealed record AllocationResult(
    AllocationProblem Problem,
    ImmutableArray<FairLevel> Levels,
    ImmutableArray<FairFlow> Flows,
    ImmutableArray<PackLine> Lines,
    ImmutableArray<ClaimShare> Shares,
    ImmutableArray<int> Lottery,
    PackGuarantee Guarantee)
{
    /// <summary>The proof of this plan, to be written out and checked.</summary>
    public AllocationCertificate ToCertificate() => AllocationCertificate.Of(this);
}
