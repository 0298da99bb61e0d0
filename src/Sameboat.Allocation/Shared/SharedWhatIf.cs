using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>What a claim's fair coverage is, and what it would be.</summary>
/// <param name="With">As it is.</param>
/// <param name="Without">As it would be.</param>
public sealed record CoverageChange(Rational With, Rational Without);

/// <summary>What closed lanes of one lot cost: the fair coverages as they are and with those lanes open.</summary>
/// <param name="Lot">The lot's id.</param>
/// <param name="Member">The member whose lane is opened; null where all that the earmark closes are.</param>
/// <param name="Reason">Why the lanes are closed.</param>
/// <param name="LowestWith">The lowest coverage as it is; null without claims.</param>
/// <param name="LowestWithout">The lowest coverage with the lanes open; null without claims.</param>
/// <param name="Changes">By claim id; claims that change nothing are left out.</param>
/// <param name="Sorted">All coverages with the lanes open, from the lowest.</param>
public sealed record SharedPrice(int Lot, int? Member, LaneRemoval Reason, Rational? LowestWith,
    Rational? LowestWithout, ImmutableSortedDictionary<int, CoverageChange> Changes, ImmutableArray<Rational> Sorted);

/// <summary>The prices of one kind, the dearest first.</summary>
/// <param name="Prices">Those with an effect, then those without.</param>
/// <param name="WithoutEffect">How many earmarks or lanes were shown to change nothing.</param>
/// <param name="NotPriced">How many were left out because there are more than <see cref="SharedWhatIf.SolvesMax"/>.
/// </param>
public sealed record SharedPrices(ImmutableArray<SharedPrice> Prices, int WithoutEffect, int NotPriced);

/// <summary>
/// What would be with an earmark lifted, a lane open, a lot more or a claim less. The plan itself is not touched.
/// </summary>
/// <remarks>
/// Opening a lane from lot l to claim r changes nothing when, for every set of prices of the plan, the price of l with
/// its limits is no less than the value of r: then the same prices prove the same levels. docs/methods/what-if.md.
/// </remarks>
public static class SharedWhatIf
{
    /// <summary>The most problems solved again for one question.</summary>
    public const int SolvesMax = 2_000;

    /// <summary>
    /// The price of each earmark by itself. Lots with lanes closed as earmarked are meant; where the problem names
    /// none, every lot that can reach some but not all members with a claim on its item.
    /// </summary>
    /// <param name="problem">The problem.</param>
    /// <param name="plan">Its plan.</param>
    public static SharedPrices OfEarmarks(SharedProblem problem, SharedPlan plan)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(plan);
        var shut = ShutLanes(problem);
        var marked = shut.Where(lane => lane.Reason == LaneRemoval.Earmarked).ToList();
        if (marked.Count == 0)
        {
            var reaching = problem.Lanes.Select(lane => lane.Lot).ToHashSet();
            marked = [.. shut.Where(lane => lane.Reason == LaneRemoval.RouteClosed && reaching.Contains(lane.Lot))];
        }

        return Price(problem, plan, [.. marked.GroupBy(lane => lane.Lot).OrderBy(lot => lot.Key)
            .Select(lot => (ImmutableArray<ClosedLane>)[.. lot])], byMember: false);
    }

    /// <summary>The price of each closed lane to a member with a claim on the lot's item, earmarks aside.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="plan">Its plan.</param>
    public static SharedPrices OfLanes(SharedProblem problem, SharedPlan plan)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(plan);
        return Price(problem, plan, [.. ShutLanes(problem).Where(lane => lane.Reason != LaneRemoval.Earmarked)
            .Select(lane => (ImmutableArray<ClosedLane>)[lane])], byMember: true);
    }

    /// <summary>The problem with a lot added, open to the members named.</summary>
    public static SharedProblem WithLot(SharedProblem problem, SharedLot lot, params ImmutableArray<int> members)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentNullException.ThrowIfNull(lot);
        return problem with
        {
            Lots = problem.Lots.Add(lot),
            Lanes = [.. problem.Lanes, .. members.Select(member => new OpenLane(lot.Id, member))],
        };
    }

    /// <summary>The problem with a claim withdrawn; lanes and limit terms of a member without claims go with it.
    /// </summary>
    public static SharedProblem WithoutClaim(SharedProblem problem, int claim)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var claims = problem.Claims.RemoveAll(one => one.Id == claim);
        var members = claims.Select(one => one.Member).ToHashSet();
        return problem with
        {
            Claims = claims,
            Lanes = problem.Lanes.RemoveAll(lane => !members.Contains(lane.Member)),
            Closed = problem.Closed.RemoveAll(lane => !members.Contains(lane.Member)),
            Limits = [.. problem.Limits.Select(limit => limit with
            {
                Terms = limit.Terms.RemoveAll(term => term.Member is { } member && !members.Contains(member)),
            })],
        };
    }

    /// <summary>All lanes that are not open between lots that hold something and claims on their item.</summary>
    private static List<ClosedLane> ShutLanes(SharedProblem problem)
    {
        var open = problem.Lanes.Select(lane => (lane.Lot, lane.Member)).ToHashSet();
        var reasons = problem.Closed.GroupBy(lane => (lane.Lot, lane.Member))
            .ToDictionary(lane => lane.Key, lane => lane.First().Reason);
        var claims = problem.Claims.Where(claim => claim.Limit > 0).OrderBy(claim => claim.Id)
            .ToLookup(claim => claim.Item);
        return [.. problem.Lots.Where(lot => lot.Quantity > 0).OrderBy(lot => lot.Id).SelectMany(lot =>
            claims[lot.Item].Where(claim => !open.Contains((lot.Id, claim.Member)))
                .Select(claim => new ClosedLane(lot.Id, claim.Member,
                    reasons.GetValueOrDefault((lot.Id, claim.Member), LaneRemoval.RouteClosed))))];
    }

    private static SharedPrices Price(SharedProblem problem, SharedPlan plan,
        List<ImmutableArray<ClosedLane>> questions, bool byMember)
    {
        var effect = new LaneEffect(problem, plan);
        var asked = questions.Where(lanes => lanes.Any(effect.MayChange)).ToList();
        var known = asked.Select(lanes => lanes[0]).ToHashSet();
        var (ofNone, sorted) = (Lowest(plan.Shares.ToDictionary(share => share.Claim, share => share.Fair)),
            plan.Shares.Select(share => share.Fair).Order().ToImmutableArray());
        var idle = questions.Where(lanes => !known.Contains(lanes[0])).Take(SolvesMax).Select(lanes =>
            new SharedPrice(lanes[0].Lot, byMember ? lanes[0].Member : null, lanes[0].Reason, ofNone, ofNone,
                ImmutableSortedDictionary<int, CoverageChange>.Empty, sorted)).ToList();
        var now = plan.Shares.ToDictionary(share => share.Claim, share => share.Fair);
        var found = asked.Take(SolvesMax).Select(lanes =>
        {
            var opened = PartOf(problem, lanes[0].Lot);
            opened = opened with
            {
                Lanes = opened.Lanes.AddRange(lanes.Select(lane => new OpenLane(lane.Lot, lane.Member))),
                Closed = [],
            };
            var then = SharedAllocator.Allocate(opened).Shares.ToDictionary(share => share.Claim, share => share.Fair);
            var all = now.ToDictionary(claim => claim.Key, claim => then.GetValueOrDefault(claim.Key, claim.Value));
            return new SharedPrice(lanes[0].Lot, byMember ? lanes[0].Member : null, lanes[0].Reason,
                Lowest(now), Lowest(all),
                now.Where(claim => all[claim.Key] != claim.Value).ToImmutableSortedDictionary(claim => claim.Key,
                    claim => new CoverageChange(claim.Value, all[claim.Key])),
                [.. all.Values.Order()]);
        }).ToList();
        var unpriced = Math.Max(0, asked.Count - SolvesMax);
        var none = questions.Count - unpriced - found.Count(price => !price.Changes.IsEmpty);
        return new SharedPrices([.. found.Concat(idle).Order(Comparer<SharedPrice>.Create(ByEffect))], none, unpriced);
    }

    /// <summary>The problem of one item where nothing ties it to others; otherwise the whole problem.</summary>
    private static SharedProblem PartOf(SharedProblem problem, int lot)
    {
        if (!problem.Limits.IsEmpty || problem.By == CoverageBy.Member)
        {
            return problem;
        }

        var item = problem.Lots.First(one => one.Id == lot).Item;
        var lots = problem.Lots.RemoveAll(one => one.Item != item);
        var (ids, claims) = (lots.Select(one => one.Id).ToHashSet(),
            problem.Claims.RemoveAll(claim => claim.Item != item));
        var members = claims.Select(claim => claim.Member).ToHashSet();
        return problem with
        {
            Claims = claims,
            Lots = lots,
            Lanes = problem.Lanes.RemoveAll(lane => !ids.Contains(lane.Lot) || !members.Contains(lane.Member)),
            Closed = [],
        };
    }

    private static Rational? Lowest(Dictionary<int, Rational> coverage) =>
        coverage.Count == 0 ? null : coverage.Values.Min();

    /// <summary>The fairest outcome first, then by lot and member.</summary>
    private static int ByEffect(SharedPrice one, SharedPrice other)
    {
        for (var at = 0; at < one.Sorted.Length; at++)
        {
            if (other.Sorted[at].CompareTo(one.Sorted[at]) is not 0 and var order)
            {
                return order;
            }
        }

        return (one.Lot, one.Member ?? 0).CompareTo((other.Lot, other.Member ?? 0));
    }
}
