using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>The fair division of the lots of one item among the claims.</summary>
/// <remarks>
/// Leximin: the coverages, sorted from the worst off, are the greatest possible in lexicographic order. See
/// docs/methods/leximin.md and docs/methods/whole-packs.md.
/// </remarks>
public static class Allocator
{
    /// <summary>
    /// Divides the lots. The same problem, in any order of its lists, gives the same result on every machine.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The problem has <see cref="AllocationProblem.Refusals"/>; ask for them first.
    /// </exception>
    public static AllocationResult Allocate(AllocationProblem problem) => Allocate(problem, _ => null);

    /// <summary>As above, packs by what claims are owed from earlier rounds too.</summary>
    internal static AllocationResult Allocate(AllocationProblem problem, Func<LaneNetwork, PackCredit?> credit)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var refusals = problem.Refusals();
        if (!refusals.IsEmpty)
        {
            throw new ArgumentException($"A refused problem cannot be allocated: {refusals[0]}", nameof(problem));
        }

        var network = LaneNetwork.Of(problem);
        var fair = FairDecomposition.Divide(network, new FairRule(new ClaimBounds(
            [.. network.Claims.Select(claim => claim.Need)],
            [.. network.Claims.Select(claim => claim.Received)],
            [.. network.Claims.Select(claim => claim.Limit)])));
        var amounts = Array.ConvertAll(fair.Amounts, amount => Fraction(amount.Amount, amount.Scale));
        var coverage = new Rational[amounts.Length];
        for (var claim = 0; claim < coverage.Length; claim++)
        {
            coverage[claim] = CoverageOf(network.Claims[claim], amounts[claim]);
        }

        var lottery = Lottery.Draw([.. network.Claims.Select(claim => claim.Id)], problem.Seed);
        var rankOfId = lottery.Select((id, rank) => (id, rank)).ToDictionary();
        var packs = WholePacks.Divide(network, fair, [.. network.Claims.Select(claim => rankOfId[claim.Id])],
            credit(network));
        var lines = LinesOf(network, packs);
        return new AllocationResult(
            problem,
            LevelCuts.Of(network, fair, coverage, amounts),
            FlowsOf(network, fair),
            lines,
            SharesOf(network, amounts, coverage, lines),
            lottery,
            packs.Guarantee);
    }

    private static Rational Fraction(Int128 top, Int128 bottom) => Rational.Of((BigInteger)top, (BigInteger)bottom);

    private static Rational CoverageOf(Claim claim, Rational amount) =>
        Rational.Of(amount.Numerator + (claim.Received * amount.Denominator), claim.Need * amount.Denominator);

    private static ImmutableArray<FairFlow> FlowsOf(LaneNetwork network, Division fair) =>
        [.. LotShares.Of(network, fair.Flows, lot => lot.Quantity).Select(share => new FairFlow(
            network.Lots[share.Lot].Id, network.Claims[share.Claim].Id, Fraction(share.Amount, share.Scale)))];

    private static ImmutableArray<PackLine> LinesOf(LaneNetwork network, PackDivision packs)
    {
        var lines = new List<PackLine>();
        foreach (var (size, flows) in packs.Sizes)
        {
            lines.AddRange(LotShares.Of(network, flows, lot => lot.Quantity / size).Select(share => new PackLine(
                network.Lots[share.Lot].Id, network.Claims[share.Claim].Id, (long)share.Amount,
                (long)share.Amount * size)));
        }

        return [.. lines.OrderBy(line => line.Lot).ThenBy(line => line.Claim)];
    }

    private static ImmutableArray<ClaimShare> SharesOf(
        LaneNetwork network, Rational[] amounts, Rational[] coverage, ImmutableArray<PackLine> lines)
    {
        var packed = network.Claims.ToDictionary(claim => claim.Id, _ => 0L);
        foreach (var line in lines)
        {
            packed[line.Claim] += line.Quantity;
        }

        return [.. network.Claims.Select((claim, index) =>
        {
            var inPacks = Rational.Of(claim.Received + (BigInteger)packed[claim.Id], claim.Need);
            return new ClaimShare(claim.Id, amounts[index], coverage[index], packed[claim.Id], inPacks,
                coverage[index] - inPacks);
        })];
    }
}
