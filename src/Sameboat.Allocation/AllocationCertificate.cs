using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// A fraction as a certificate carries it: data without arithmetic, so that a checker brings its own.
/// </summary>
/// <param name="Numerator">Carries the sign.</param>
/// <param name="Denominator">At least one, without a factor shared with the numerator.</param>
public readonly record struct CertificateFraction(BigInteger Numerator, BigInteger Denominator)
{
    internal static CertificateFraction Of(Rational value) => new(value.Numerator, value.Denominator);
}

/// <summary>A level as a certificate carries it; see <see cref="FairLevel"/>.</summary>
/// <param name="Coverage">Null in the last level only, where every claim reaches its own limit.</param>
/// <param name="Claims">Claim ids in ascending order.</param>
/// <param name="Lots">Lot ids in ascending order.</param>
public sealed record CertificateLevel(
    CertificateFraction? Coverage, ImmutableArray<int> Claims, ImmutableArray<int> Lots);

/// <summary>A flow as a certificate carries it; see <see cref="FairFlow"/>.</summary>
/// <param name="Lot">The lot's id.</param>
/// <param name="Claim">The claim's id.</param>
/// <param name="Amount">Units, more than zero.</param>
public sealed record CertificateFlow(int Lot, int Claim, CertificateFraction Amount);

/// <summary>What a claim comes to, as a certificate carries it; see <see cref="ClaimShare"/>.</summary>
/// <param name="Claim">The claim's id.</param>
/// <param name="FairCoverage">(received + fair amount) / need.</param>
/// <param name="Packed">Units given in whole packs.</param>
/// <param name="Gap">Fair coverage less packed coverage.</param>
public sealed record CertificateShare(
    int Claim, CertificateFraction FairCoverage, long Packed, CertificateFraction Gap);

/// <summary>
/// The plan of one item with all that is needed to prove it again without the engine. All lists are in ascending order
/// of their ids, except the levels (from the worst off upwards) and the lottery (as drawn).
/// </summary>
/// <param name="Seed">The lottery's seed.</param>
/// <param name="Claims">The claims.</param>
/// <param name="Lots">The lots.</param>
/// <param name="Removed">The lanes taken away, with reasons.</param>
/// <param name="Levels">The levels with their cuts.</param>
/// <param name="Flows">A division that reaches the levels.</param>
/// <param name="Lines">The plan in whole packs.</param>
/// <param name="Shares">What each claim comes to.</param>
/// <param name="Lottery">All claim ids in the order drawn.</param>
/// <param name="Guarantee">How good the whole-pack plan is claimed to be.</param>
public sealed record AllocationCertificate(
    ulong Seed,
    ImmutableArray<Claim> Claims,
    ImmutableArray<Lot> Lots,
    ImmutableArray<RemovedLanes> Removed,
    ImmutableArray<CertificateLevel> Levels,
    ImmutableArray<CertificateFlow> Flows,
    ImmutableArray<PackLine> Lines,
    ImmutableArray<CertificateShare> Shares,
    ImmutableArray<int> Lottery,
    PackGuarantee Guarantee)
{
    /// <summary>The problem as the certificate states it, for a reader who has nothing but the certificate.</summary>
    public AllocationProblem ToProblem() => new(Claims, Lots, Removed, Seed);

    internal static AllocationCertificate Of(AllocationResult result) => new(
        result.Problem.Seed,
        [.. result.Problem.Claims.OrderBy(claim => claim.Id)],
        [.. result.Problem.Lots.OrderBy(lot => lot.Id)],
        [.. result.Problem.Removed
            .Select(removed => removed with { Claims = [.. removed.Claims.Distinct().Order()] })
            .OrderBy(removed => removed.Lot).ThenBy(removed => removed.Reason).ThenBy(removed => removed.AllOthers)
            .ThenBy(removed => string.Join(' ', removed.Claims), StringComparer.Ordinal)],
        [.. result.Levels.Select(level => new CertificateLevel(
            level.Coverage is { } coverage ? CertificateFraction.Of(coverage) : null, level.Claims, level.Lots))],
        [.. result.Flows.Select(flow =>
            new CertificateFlow(flow.Lot, flow.Claim, CertificateFraction.Of(flow.Amount)))],
        result.Lines,
        [.. result.Shares.Select(share => new CertificateShare(share.Claim,
            CertificateFraction.Of(share.FairCoverage), share.Packed, CertificateFraction.Of(share.Gap)))],
        result.Lottery,
        result.Guarantee);
}

/// <summary>A certificate and the item it is about.</summary>
/// <param name="Item">The item's code.</param>
/// <param name="Certificate">The plan and its proof.</param>
public sealed record ItemCertificate(ItemCode Item, AllocationCertificate Certificate);
