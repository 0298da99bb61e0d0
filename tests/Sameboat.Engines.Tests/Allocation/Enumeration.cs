using Sameboat.Allocation;

namespace Sameboat.Engines.Tests.Allocation;

/// <summary>The fairest sorted coverages in whole packs by trying everything; for very small problems alone.</summary>
internal static class Enumeration
{
    /// <summary>Tries every number of packs of every lot for every claim.</summary>
    public static Rational[] FairestSortedCoverage(AllocationProblem problem)
    {
        Claim[] claims = [.. problem.Claims];
        Lot[] lots = [.. problem.Lots];
        var open = lots.Select(lot => claims.Select(claim =>
            problem.Removed.All(removed => removed.Lot != lot.Id || !removed.Closes(claim.Id))).ToArray()).ToArray();

        // Only the totals matter for what comes after, so equal totals are tried once.
        HashSet<string> seen = [];
        List<long[]> totals = [new long[claims.Length]];
        for (var lot = 0; lot < lots.Length; lot++)
        {
            seen.Clear();
            List<long[]> next = [];
            foreach (var total in totals)
            {
                Extend(claims, lots[lot], open[lot], total, 0, lots[lot].Quantity / lots[lot].PackSize, seen, next);
            }

            totals = next;
        }

        return totals.Select(total => claims
                .Select((claim, index) => Rational.Of(claim.Received + total[index], claim.Need)).Order().ToArray())
            .Aggregate((best, other) => Compare(other, best) > 0 ? other : best);
    }

    /// <summary>Lexicographic order of two sorted lists of one length.</summary>
    public static int Compare(IReadOnlyList<Rational> one, IReadOnlyList<Rational> other)
    {
        for (var index = 0; index < one.Count; index++)
        {
            var order = one[index].CompareTo(other[index]);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static void Extend(Claim[] claims, Lot lot, bool[] open, long[] total, int claim, long packs,
        HashSet<string> seen, List<long[]> next)
    {
        if (claim == claims.Length)
        {
            if (seen.Add(string.Join(",", total)))
            {
                next.Add([.. total]);
            }

            return;
        }

        var limit = Math.Min(Math.Max(claims[claim].Need - claims[claim].Received, 0),
            claims[claim].AcceptsAtMost ?? long.MaxValue);
        var before = total[claim];
        for (long given = 0; given <= packs && (given == 0 || open[claim]); given++)
        {
            total[claim] = before + (given * lot.PackSize);
            if (total[claim] > limit && given > 0)
            {
                break;
            }

            Extend(claims, lot, open, total, claim + 1, packs - given, seen, next);
        }

        total[claim] = before;
    }
}
