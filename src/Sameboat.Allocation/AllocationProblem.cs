using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>Everything the allocation of one item depends on, and nothing else.</summary>
/// <param name="Claims">The claims, any order, ids unique; empty is allowed.</param>
/// <param name="Lots">The lots, any order, ids unique; empty is allowed.</param>
/// <param name="Removed">The lanes taken away, with reasons; every other lot can go to every claim.</param>
/// <param name="Seed">The seed of the lottery among equals, committed before the claims were known.</param>
public sealed record AllocationProblem(
    ImmutableArray<Claim> Claims, ImmutableArray<Lot> Lots, ImmutableArray<RemovedLanes> Removed, ulong Seed)
{
    /// <summary>The most claims in one problem.</summary>
    public const int ClaimsMax = 10_000;

    /// <summary>The most lots in one problem.</summary>
    public const int LotsMax = 100_000;

    /// <summary>
    /// The most lanes in one problem, counted once for all lots of the same pack size that can go to the same claims.
    /// </summary>
    public const int LanesMax = 5_000_000;

    /// <summary>
    /// Everything that keeps this problem from being allocated, in the order claims, lots, lanes, totals; empty when it
    /// can be.
    /// </summary>
    public ImmutableArray<AllocationRefusal> Refusals() => ProblemValidation.Refusals(this);
}
