using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>What is proved of the lottery among plans of the same waste, cost and days.</summary>
public enum TieLottery
{
    /// <summary>Another plan of the same sums was drawn before this one, or that is not known.</summary>
    NotProved,

    /// <summary>No plan of the same sums was drawn before it; another was drawn equally.</summary>
    Least,

    /// <summary>It is the only plan that the draw could take.</summary>
    Only,
}

/// <summary>Whether what an item's claims get comes to them in the order of the tie-breaks.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="IsProved">
/// True when no plan that gives every claim the same has less expiry waste, then less transport cost, then fewer days;
/// in whole packs, none that gives every claim the same packs of each size. False when that is not known.
/// </param>
/// <param name="Lottery">What the seed decides among those that are left.</param>
/// <remarks>
/// A transport plan is the cheapest when no exchange around a circle of lots and claims is cheaper (Klein 1967, Manage.
/// Sci. 14:205, 10.1287/mnsc.14.3.205), and the only one when every circle costs something. Circles are looked for
/// without regard to limits, minimum lots and vehicles: a plan that none improves is the cheapest under them too.
/// docs/methods/tie-breaks.md.
/// </remarks>
public readonly record struct TieProof(int Item, bool IsProved, TieLottery Lottery)
{
    /// <summary>The most lanes of one item that are looked at.</summary>
    public const int LanesMax = 50_000;

    /// <summary>By item, ascending; empty where no lane has days or a cost and no lot expires.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="amounts">Units by lot and claim, on open lanes, no lane twice, within the lots.</param>
    /// <param name="isWhole">Whether these are whole packs, and only whole packs may change places.</param>
    public static ImmutableArray<TieProof> Of(
        SharedProblem problem, IEnumerable<(int Lot, int Claim, Rational Amount)> amounts, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var ways = WaysOf(problem);
        if (ways.Length == 0)
        {
            return [];
        }

        var given = amounts.ToDictionary(one => (one.Lot, one.Claim), one => one.Amount);
        var ofItem = ways.ToLookup(way => way.Lot.Item);
        return [.. problem.Claims.Select(claim => claim.Item).Distinct().Order().Select(item =>
        {
            var sizes = ofItem[item].GroupBy(way => isWhole ? way.Lot.PackSize : 0)
                .Select(size => Prove([.. size], given, size.Key)).ToList();
            return new TieProof(item, sizes.TrueForAll(size => size.IsProved),
                sizes.Count == 0 ? TieLottery.Only : sizes.Min(size => size.Lottery));
        })];
    }

    /// <summary>
    /// The first item whose tie-breaks must be proved and are not; null when there is none. They must where no limit
    /// counts a lane of the item, it has at most <see cref="LanesMax"/> of them, and every claim gets its share: then
    /// nothing keeps a plan from the order. In whole packs only where no lot has a minimum and no limit has vehicles.
    /// </summary>
    /// <param name="plan">The plan, with gaps that are proved.</param>
    /// <param name="proofs">What is proved of it.</param>
    /// <param name="isWhole">As for <see cref="Of"/>.</param>
    public static SharedFailure? FirstMissing(SharedPlan plan, ImmutableArray<TieProof> proofs, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var problem = plan.Problem;
        if (proofs.All(proof => proof is { IsProved: true, Lottery: not TieLottery.NotProved })
            || (isWhole && (problem.Lots.Any(lot => lot.Minimum > 0)
                || problem.Limits.Any(limit => limit.Load is not null))))
        {
            return null;
        }

        var items = problem.Lots.ToDictionary(lot => lot.Id, lot => lot.Item);
        var excused = CountedItems(problem, items);
        var itemOfClaim = problem.Claims.ToDictionary(claim => claim.Id, claim => claim.Item);
        if (!isWhole)
        {
            excused.UnionWith(plan.Shares.Where(share => share.Gap != Rational.Zero)
                .Select(share => itemOfClaim[share.Claim]));
        }

        excused.UnionWith(problem.Lanes.GroupBy(lane => items[lane.Lot])
            .Where(item => item.Count() > LanesMax).Select(item => item.Key));
        foreach (var proof in proofs.Where(proof => !excused.Contains(proof.Item)))
        {
            if (!proof.IsProved)
            {
                return new SharedFailure("ties", FormattableString.Invariant($"item {proof.Item}"),
                    "a plan that an exchange makes cheaper", "the cheapest that gives everybody the same");
            }

            if (proof.Lottery == TieLottery.NotProved)
            {
                return new SharedFailure("ties", FormattableString.Invariant($"item {proof.Item}"),
                    "a plan that the seed did not draw", "the one with the least sum of drawn numbers");
            }
        }

        return null;
    }

    private static HashSet<int> CountedItems(SharedProblem problem, Dictionary<int, int> items)
    {
        var terms = problem.Limits.SelectMany(limit => limit.Terms)
            .Where(term => !term.Weight.Numerator.IsZero).ToList();
        var lots = terms.Where(term => term.Member is null && term.Lot is not null).Select(term => term.Lot!.Value)
            .ToHashSet();
        var members = terms.Where(term => term.Lot is null && term.Member is not null)
            .Select(term => term.Member!.Value).ToHashSet();
        var pairs = terms.Where(term => term.Lot is not null && term.Member is not null)
            .Select(term => (term.Lot!.Value, term.Member!.Value)).ToHashSet();
        var all = terms.Exists(term => term.Lot is null && term.Member is null);
        return [.. problem.Lanes.Where(lane => all || lots.Contains(lane.Lot) || members.Contains(lane.Member)
            || pairs.Contains((lane.Lot, lane.Member))).Select(lane => items[lane.Lot])];
    }

    /// <summary>The lanes of claims in the order of lot and claim, each with its toll.</summary>
    private static Way[] WaysOf(SharedProblem problem)
    {
        var lots = problem.Lots.ToDictionary(lot => lot.Id);
        var claims = problem.Claims.ToDictionary(claim => (claim.Member, claim.Item), claim => claim.Id);
        var lanes = problem.Lanes.Where(lane => claims.ContainsKey((lane.Member, lots[lane.Lot].Item)))
            .Select(lane => (Lane: lane, Claim: claims[(lane.Member, lots[lane.Lot].Item)]))
            .OrderBy(one => one.Lane.Lot).ThenBy(one => one.Claim).ToList();
        var expiring = problem.Lots.Any(lot => lot.Expires is not null);
        if (!expiring && lanes.TrueForAll(one => one.Lane.Days == 0 && one.Lane.Cost.Numerator.IsZero))
        {
            return [];
        }

        var scale = lanes.Select(one => one.Lane.Cost.Denominator).Distinct().Aggregate(BigInteger.One,
            (common, bottom) => common / BigInteger.GreatestCommonDivisor(common, bottom) * bottom);
        return [.. lanes.Zip(LotteryDraw.Lanes(problem.Seed), (one, draw) => new Way(
            lots[one.Lane.Lot], one.Claim, new Toll(expiring && lots[one.Lane.Lot].Expires is null ? 1 : 0,
                one.Lane.Cost.Numerator * (scale / one.Lane.Cost.Denominator), one.Lane.Days, draw)))];
    }

    /// <summary>Looks for exchanges among lots, claims and what stays in the lots.</summary>
    /// <param name="ways">The lanes.</param>
    /// <param name="given">Units by lot and claim.</param>
    /// <param name="pack">The size of the packs that may change places; 0 where any amount may.</param>
    private static (bool IsProved, TieLottery Lottery) Prove(
        Way[] ways, Dictionary<(int Lot, int Claim), Rational> given, long pack)
    {
        if (ways.Length > LanesMax)
        {
            return (false, TieLottery.NotProved);
        }

        var lots = ways.Select(way => way.Lot).Distinct().Index().ToDictionary(lot => lot.Item.Id, lot => lot.Index);
        var claims = ways.Select(way => way.Claim).Distinct().Index()
            .ToDictionary(claim => claim.Item, claim => lots.Count + claim.Index);
        var stock = lots.Count + claims.Count;
        var graph = new TieGraph(stock + 1);
        foreach (var lot in ways.GroupBy(way => way.Lot))
        {
            var left = lot.Aggregate(Rational.Of(lot.Key.Quantity),
                (sum, way) => sum - given.GetValueOrDefault((lot.Key.Id, way.Claim)));
            graph.Add(lots[lot.Key.Id], stock, default, left > Rational.Zero && left >= Rational.Of(pack));
            foreach (var way in lot)
            {
                graph.Add(lots[lot.Key.Id], claims[way.Claim], way.Toll,
                    given.GetValueOrDefault((lot.Key.Id, way.Claim)) > Rational.Zero);
            }
        }

        if (graph.Settle(drawn: true) is { } away)
        {
            return (true, graph.IsOnly(away) ? TieLottery.Only : TieLottery.Least);
        }

        return (graph.Settle(drawn: false) is not null, TieLottery.NotProved);
    }

    private sealed record Way(SharedLot Lot, int Claim, Toll Toll);
}
