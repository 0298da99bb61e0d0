using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>One round of several.</summary>
/// <param name="Lines">The packs of this round, ordered by lot and claim.</param>
/// <param name="Shares">What each claim comes to in this round.</param>
/// <param name="Owed">
/// By claim id, units carried to the next round: the fair amounts of all rounds less the packs given, rounded down to
/// 1 / <see cref="FairRounds.UnitParts"/>; below zero where a claim had more.
/// </param>
public sealed record RoundOutcome(ImmutableArray<PackLine> Lines, ImmutableArray<ClaimShare> Shares,
    ImmutableSortedDictionary<int, Rational> Owed);

/// <summary>
/// Rounds of goods that are used up, in packs too large to share: what a round cannot give fairly in whole packs is
/// owed in the next, so that over many rounds everybody comes to their fair share.
/// </summary>
/// <remarks>
/// In each round packs go to the lowest (received + given - owed) / need, then by the lottery of
/// <see cref="LotteryCommitment.ForRound"/>. See docs/methods/whole-packs.md.
/// </remarks>
public static class FairRounds
{
    /// <summary>What is owed is counted in whole multiples of 1 / <see cref="UnitParts"/> unit.</summary>
    public const long UnitParts = 1L << 20;

    /// <summary>Divides one round.</summary>
    /// <param name="problem">The round; its seed is the one promised for all rounds.</param>
    /// <param name="round">The round's number, from 0.</param>
    /// <param name="owed">What earlier rounds owe, by claim id; claims not named are owed nothing.</param>
    /// <exception cref="ArgumentException">The problem is refused.</exception>
    public static RoundOutcome Next(
        AllocationProblem problem, int round, ImmutableSortedDictionary<int, Rational> owed)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(owed);
        var result = Allocator.Allocate(
            problem with
            {
                Seed = LotteryCommitment.ForRound(problem.Seed, round),

                // Less than a pack stays in the lot: nobody is owed it.
                Lots = [.. problem.Lots.Select(lot => lot.PackSize < 1 ? lot
                    : lot with { Quantity = lot.Quantity / lot.PackSize * lot.PackSize })],
            },
            network => PackCredit.Of(network, claim => owed.GetValueOrDefault(claim)));
        var next = owed.ToBuilder();
        foreach (var share in result.Shares)
        {
            var exact = owed.GetValueOrDefault(share.Claim) + share.FairAmount - Rational.Of(share.Packed);
            next[share.Claim] = Rational.Of((exact * Rational.Of(UnitParts)).Floor(), UnitParts);
        }

        return new RoundOutcome(result.Lines, result.Shares, next.ToImmutable());
    }
}
