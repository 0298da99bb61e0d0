using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// A limit that counts vehicles, each for one member; weights and the load are in whole numbers of one scale.
/// </summary>
/// <param name="Limit">The limit's index.</param>
/// <param name="Count">Vehicles there are.</param>
/// <param name="LoadTop">The load of a vehicle, as a fraction: the numerator.</param>
/// <param name="LoadBottom">The denominator, above zero.</param>
internal sealed record VehicleRow(int Limit, long Count, BigInteger LoadTop, BigInteger LoadBottom)
{
    /// <summary>The vehicles that a load fills, the last one in part.</summary>
    public long For(BigInteger used) =>
        (long)BigInteger.Min(((used * LoadBottom) + LoadTop - 1) / LoadTop, long.MaxValue / 4);

    /// <summary>The most that so many vehicles take, rounded down.</summary>
    public BigInteger Most(long vehicles) => vehicles * LoadTop / LoadBottom;
}

/// <summary>What minimum lots and vehicles ask of a plan in whole packs.</summary>
/// <remarks>docs/methods/minimum-lots.md.</remarks>
internal sealed class WholeRules
{
    private readonly LaneModel _model;

    private WholeRules(LaneModel model, long[] minimumPacks, VehicleRow[] vehicles)
    {
        (_model, MinimumPacks, Vehicles) = (model, minimumPacks, vehicles);
        var members = model.Claims.Select(claim => claim.Member).Distinct().Order().Index()
            .ToDictionary(pair => pair.Item, pair => pair.Index);
        MemberOf = [.. model.Claims.Select(claim => members[claim.Member])];
        MemberCount = members.Count;
    }

    /// <summary>By lot: the least packs that may go to one member, at least one.</summary>
    public long[] MinimumPacks { get; }

    public VehicleRow[] Vehicles { get; }

    /// <summary>By claim: the place of its member.</summary>
    public int[] MemberOf { get; }

    public int MemberCount { get; }

    /// <summary>Null where no lot has a minimum above a pack and no limit counts vehicles.</summary>
    public static WholeRules? Of(SharedProblem problem, LaneModel model)
    {
        long[] minimum = [.. model.Lots.Select(lot =>
            Math.Max(1, (long)(((Int128)lot.Minimum + lot.PackSize - 1) / lot.PackSize)))];
        var loads = problem.Limits.Where(limit => limit.Load is not null)
            .ToDictionary(limit => limit.Id, limit => limit.Load!.Value);
        VehicleRow[] vehicles = [.. model.Limits.Index().Where(limit => loads.ContainsKey(limit.Item.Id))
            .Select(limit => RowOf(limit.Index, limit.Item, loads[limit.Item.Id]))];
        return vehicles.Length == 0 && Array.TrueForAll(minimum, packs => packs == 1)
            ? null : new WholeRules(model, minimum, vehicles);
    }

    /// <summary>Whether the row could be short of vehicles if every claim took all it may from its heaviest lane.
    /// </summary>
    public bool CanBind(VehicleRow row)
    {
        var used = new BigInteger[MemberCount];
        foreach (var claim in _model.Limits[row.Limit].Uses.GroupBy(use => _model.LaneClaim[use.Lane]))
        {
            used[MemberOf[claim.Key]] += claim.Max(use => use.Weight) * _model.Claims[claim.Key].Limit;
        }

        return used.Aggregate(BigInteger.Zero, (sum, own) => sum + row.For(own)) > row.Count;
    }

    /// <summary>What each member puts into the vehicles of a row.</summary>
    public BigInteger[] LoadsOf(VehicleRow row, long[] packs)
    {
        var used = new BigInteger[MemberCount];
        foreach (var use in _model.Limits[row.Limit].Uses)
        {
            used[MemberOf[_model.LaneClaim[use.Lane]]] += use.Weight * packs[use.Lane]
                * _model.Lots[_model.LaneLot[use.Lane]].PackSize;
        }

        return used;
    }

    /// <summary>The lanes of lines below their minimum and of limits with too few vehicles; empty where all is kept.
    /// </summary>
    public HashSet<int> Broken(long[] packs)
    {
        var broken = Enumerable.Range(0, packs.Length)
            .Where(lane => packs[lane] > 0 && packs[lane] < MinimumPacks[_model.LaneLot[lane]]).ToHashSet();
        foreach (var row in Vehicles.Where(row => LoadsOf(row, packs)
            .Aggregate(BigInteger.Zero, (sum, own) => sum + row.For(own)) > row.Count))
        {
            broken.UnionWith(_model.Limits[row.Limit].Uses.Select(use => use.Lane));
        }

        return broken;
    }

    private static VehicleRow RowOf(int at, LaneLimit limit, Rational load)
    {
        var scaled = load * Rational.Of(limit.Scale);
        return new VehicleRow(at, (long)(limit.Most * scaled.Denominator / scaled.Numerator), scaled.Numerator,
            scaled.Denominator);
    }
}
