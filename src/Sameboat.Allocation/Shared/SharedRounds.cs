using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>
/// Rounds of goods that are used up, under shared limits: what whole packs could not give fairly in one round is owed
/// in the next; see <see cref="FairRounds"/> and <see cref="SharedProblem.Owed"/>.
/// </summary>
/// <remarks>docs/methods/whole-packs.md.</remarks>
public static class SharedRounds
{
    /// <summary>
    /// By claim id, the units carried to the next round: owed before, and the fair amount less the packs given, rounded
    /// down to 1 / <see cref="FairRounds.UnitParts"/>. Claims owed before that are not in the problem stay as they are.
    /// </summary>
    /// <param name="plan">The round's plan; what was owed before stands in its problem.</param>
    /// <remarks>
    /// Less than a pack stays in the lot, and nobody is owed it: the fair amounts are those of lots in whole packs.
    /// </remarks>
    /// <exception cref="SharedNotSolvedException">The linear solver found no optimum.</exception>
    public static ImmutableSortedDictionary<int, Rational> After(SharedPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var problem = plan.Problem;
        var whole = problem with
        {
            Lots = [.. problem.Lots.Select(lot => lot with { Quantity = lot.Quantity / lot.PackSize * lot.PackSize })],
        };
        var fair = (whole.Lots.SequenceEqual(problem.Lots) ? plan : SharedAllocator.Allocate(whole))
            .Shares.ToDictionary(share => share.Claim, share => share.Fair);
        var packed = plan.Shares.ToDictionary(share => share.Claim, share => share.Packed);
        var next = problem.Owed.ToBuilder();
        foreach (var claim in problem.Claims)
        {
            var amount = (fair[claim.Id] * Rational.Of(claim.Need)) - Rational.Of(claim.Received);
            var exact = problem.Owed.GetValueOrDefault(claim.Id) + amount - Rational.Of(packed[claim.Id]);
            next[claim.Id] = Rational.Of((exact * Rational.Of(FairRounds.UnitParts)).Floor(), FairRounds.UnitParts);
        }

        return next.ToImmutable();
    }
}
