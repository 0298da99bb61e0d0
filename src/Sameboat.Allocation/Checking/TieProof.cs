using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation.Checking;

/// <summary>Whether what an item's claims get comes to them in the order of the tie-breaks.</summary>
/// <param name="Item">The item's number.</param>
/// <param name="IsProved">
/// True when no plan that gives every claim the same has less expiry waste, then less transport cost, then fewer days;
/// in whole packs, none that gives every claim the same packs of each size. False when that is not known.
/// </param>
/// <remarks>
/// A transport plan is the cheapest when no exchange around a circle of lots and claims is cheaper (Klein 1967, Manage.
/// Sci. 14:205, 10.1287/mnsc.14.3.205). Circles are looked for without regard to limits, minimum lots and vehicles: a
/// plan that none improves is the cheapest under them too. docs/methods/tie-breaks.md.
/// </remarks>
public readonly record struct TieProof(int Item, bool IsProved)
{
    /// <summary>The most lanes of one item that are looked at.</summary>
    public const int LanesMax = 50_000;

    /// <summary>The most times that one lane is looked at, on average; then nothing is said to be proved.</summary>
    private const int PassesMax = 2_000;

    /// <summary>By item, ascending; empty where no lane has days or a cost and no lot expires.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="amounts">Units by lot and claim, on open lanes, no lane twice, within the lots.</param>
    /// <param name="isWhole">Whether these are whole packs, and only whole packs may change places.</param>
    public static ImmutableArray<TieProof> Of(
        SharedProblem problem, IEnumerable<(int Lot, int Claim, Rational Amount)> amounts, bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(problem);
        var expiring = problem.Lots.Any(lot => lot.Expires is not null);
        if (!expiring && problem.Lanes.All(lane => lane.Days == 0 && lane.Cost.Numerator.IsZero))
        {
            return [];
        }

        var lots = problem.Lots.ToDictionary(lot => lot.Id);
        var claims = problem.Claims.ToDictionary(claim => (claim.Member, claim.Item), claim => claim.Id);
        var scale = problem.Lanes.Select(lane => lane.Cost.Denominator).Distinct().Aggregate(BigInteger.One,
            (common, bottom) => common / BigInteger.GreatestCommonDivisor(common, bottom) * bottom);
        var given = amounts.ToDictionary(one => (one.Lot, one.Claim), one => one.Amount);
        var ways = problem.Lanes
            .Where(lane => claims.ContainsKey((lane.Member, lots[lane.Lot].Item)))
            .Select(lane => new Way(lots[lane.Lot], claims[(lane.Member, lots[lane.Lot].Item)],
                new Toll(expiring && lots[lane.Lot].Expires is null ? 1 : 0,
                    lane.Cost.Numerator * (scale / lane.Cost.Denominator), lane.Days)))
            .ToLookup(way => way.Lot.Item);
        return [.. problem.Claims.Select(claim => claim.Item).Distinct().Order().Select(item => new TieProof(item,
            ways[item].GroupBy(way => isWhole ? way.Lot.PackSize : 0)
                .All(size => IsCheapest([.. size], given, size.Key))))];
    }

    /// <summary>Bellman and Ford over lots, claims and what stays in the lots, until nothing is cheaper.</summary>
    /// <param name="ways">The lanes.</param>
    /// <param name="given">Units by lot and claim.</param>
    /// <param name="pack">The size of the packs that may change places; 0 where any amount may.</param>
    private static bool IsCheapest(Way[] ways, Dictionary<(int Lot, int Claim), Rational> given, long pack)
    {
        if (ways.Length > LanesMax)
        {
            return false;
        }

        var lots = ways.Select(way => way.Lot).Distinct().Index().ToDictionary(lot => lot.Item.Id, lot => lot.Index);
        var claims = ways.Select(way => way.Claim).Distinct().Index()
            .ToDictionary(claim => claim.Item, claim => lots.Count + claim.Index);
        var stock = lots.Count + claims.Count;
        var arcs = new List<(int From, int To, Toll Toll)>();
        foreach (var lot in ways.GroupBy(way => way.Lot))
        {
            var left = lot.Aggregate(Rational.Of(lot.Key.Quantity),
                (sum, way) => sum - given.GetValueOrDefault((lot.Key.Id, way.Claim)));
            arcs.Add((lots[lot.Key.Id], stock, default));
            if (left > Rational.Zero && left >= Rational.Of(pack))
            {
                arcs.Add((stock, lots[lot.Key.Id], default));
            }

            foreach (var way in lot)
            {
                arcs.Add((lots[lot.Key.Id], claims[way.Claim], way.Toll));
                if (given.GetValueOrDefault((lot.Key.Id, way.Claim)) > Rational.Zero)
                {
                    arcs.Add((claims[way.Claim], lots[lot.Key.Id], default(Toll).Less(way.Toll)));
                }
            }
        }

        return !HasCheaperCircle(stock + 1, arcs);
    }

    private static bool HasCheaperCircle(int nodes, List<(int From, int To, Toll Toll)> arcs)
    {
        var away = new Toll[nodes];
        for (var pass = 0; pass <= Math.Min(nodes, PassesMax); pass++)
        {
            var isSettled = true;
            foreach (var (from, to, toll) in arcs)
            {
                var next = away[from].Plus(toll);
                if (next.Against(away[to]) < 0)
                {
                    (away[to], isSettled) = (next, false);
                }
            }

            if (isSettled)
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Way(SharedLot Lot, int Claim, Toll Toll);

    /// <summary>Waste, then cost in one scale, then days.</summary>
    private readonly record struct Toll(BigInteger Waste, BigInteger Cost, BigInteger Days)
    {
        public Toll Plus(Toll other) => new(Waste + other.Waste, Cost + other.Cost, Days + other.Days);

        public Toll Less(Toll other) => new(Waste - other.Waste, Cost - other.Cost, Days - other.Days);

        public int Against(Toll other) => Waste != other.Waste ? Waste.CompareTo(other.Waste)
            : Cost != other.Cost ? Cost.CompareTo(other.Cost) : Days.CompareTo(other.Days);
    }
}
