using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>What a lane uses of a limit, in whole numbers after the limit was multiplied by its scale.</summary>
internal readonly record struct LaneUse(int Lane, BigInteger Weight);

/// <summary>A limit by its lanes; weights and bound are whole numbers, Scale times those of the problem.</summary>
internal sealed record LaneLimit(int Id, BigInteger Scale, BigInteger Most, LaneUse[] Uses);

/// <summary>
/// A problem by index: claims, lots and limits in ascending order of id, lanes ordered by lot and claim, so that the
/// order of the input decides nothing.
/// </summary>
internal sealed class LaneModel
{
    private readonly int[] _lotIds;
    private readonly ILookup<int, int> _claimsOfMember;

    private LaneModel(SharedProblem problem)
    {
        Claims = [.. problem.Claims.OrderBy(claim => claim.Id)];
        Held = [.. Claims.Select(claim => claim.Received - (long)problem.Owed.GetValueOrDefault(claim.Id).Floor())];
        Lots = [.. problem.Lots.OrderBy(lot => lot.Id)];
        _lotIds = Array.ConvertAll(Lots, lot => lot.Id);
        _claimsOfMember = Enumerable.Range(0, Claims.Length).ToLookup(claim => Claims[claim].Member);
        GroupOf = Groups(problem.By);
        GroupCount = GroupOf.Length == 0 ? 0 : GroupOf.Max() + 1;
        var items = Claims.Select(claim => claim.Item).Concat(Lots.Select(lot => lot.Item)).Distinct().Order().Index()
            .ToDictionary(pair => pair.Item, pair => pair.Index);
        ItemCount = items.Count;
        ItemOfClaim = [.. Claims.Select(claim => items[claim.Item])];
        ItemOfLot = [.. Lots.Select(lot => items[lot.Item])];
        (LaneLot, LaneClaim, Ways) = LanesOf(problem);
        LotStart = Starts(Lots.Length, LaneLot);
        ClaimStart = Starts(Claims.Length, LaneClaim);
        ClaimLane = new int[LaneClaim.Length];
        var next = ClaimStart.AsSpan(0, Claims.Length).ToArray();
        for (var lane = 0; lane < LaneClaim.Length; lane++)
        {
            ClaimLane[next[LaneClaim[lane]]++] = lane;
        }

        Limits = [.. problem.Limits.OrderBy(limit => limit.Id).Select(LimitOf)];
    }

    public SharedClaim[] Claims { get; }

    /// <summary>By claim: what it holds less what it is owed, in whole units; below zero where it is owed more.
    /// </summary>
    public long[] Held { get; }

    public SharedLot[] Lots { get; }

    /// <summary>The group of each claim: its own, or that of its member.</summary>
    public int[] GroupOf { get; }

    public int GroupCount { get; }

    public int ItemCount { get; }

    public int[] ItemOfClaim { get; }

    public int[] ItemOfLot { get; }

    public int[] LaneLot { get; }

    public int[] LaneClaim { get; }

    /// <summary>What sending a unit costs, by lane; empty where all lanes are alike.</summary>
    public WayCost[] Ways { get; }

    /// <summary>Lanes of lot l: from LotStart[l] up to LotStart[l + 1].</summary>
    public int[] LotStart { get; }

    /// <summary>Lanes of claim c: ClaimLane from ClaimStart[c] up to ClaimStart[c + 1].</summary>
    public int[] ClaimStart { get; }

    public int[] ClaimLane { get; }

    public LaneLimit[] Limits { get; }

    public static LaneModel Of(SharedProblem problem) => new(problem);

    public ReadOnlySpan<int> LanesInto(int claim) =>
        ClaimLane.AsSpan(ClaimStart[claim], ClaimStart[claim + 1] - ClaimStart[claim]);

    private int[] Groups(CoverageBy by)
    {
        if (by == CoverageBy.MemberItem)
        {
            return [.. Enumerable.Range(0, Claims.Length)];
        }

        var members = Claims.Select(claim => claim.Member).Distinct().Order().Index()
            .ToDictionary(pair => pair.Item, pair => pair.Index);
        return [.. Claims.Select(claim => members[claim.Member])];
    }

    private (int[] Lot, int[] Claim, WayCost[] Ways) LanesOf(SharedProblem problem)
    {
        var lotAt = Lots.Index().ToDictionary(pair => pair.Item.Id, pair => pair.Index);
        var claimAt = Claims.Index().ToDictionary(
            pair => (pair.Item.Member, pair.Item.Item), pair => pair.Index);
        var lanes = new List<(int Lot, int Claim, int At)>(problem.Lanes.Length);
        foreach (var (at, lane) in problem.Lanes.Index())
        {
            var lot = lotAt[lane.Lot];
            if (claimAt.TryGetValue((lane.Member, Lots[lot].Item), out var claim))
            {
                lanes.Add((lot, claim, at));
            }
        }

        lanes.Sort();
        return ([.. lanes.Select(lane => lane.Lot)], [.. lanes.Select(lane => lane.Claim)],
            WayCost.Of(Lots, [.. lanes.Select(lane => (lane.Lot, problem.Lanes[lane.At]))], problem.Seed));
    }

    private static int[] Starts(int count, int[] owners)
    {
        var starts = new int[count + 1];
        foreach (var owner in owners)
        {
            starts[owner + 1]++;
        }

        for (var index = 0; index < count; index++)
        {
            starts[index + 1] += starts[index];
        }

        return starts;
    }

    private LaneLimit LimitOf(SharedLimit limit)
    {
        var scale = limit.Terms.Aggregate(limit.Most.Denominator, (common, term) => common
            / BigInteger.GreatestCommonDivisor(common, term.Weight.Denominator) * term.Weight.Denominator);
        var uses = new Dictionary<int, BigInteger>();
        foreach (var term in limit.Terms.Where(term => !term.Weight.Numerator.IsZero))
        {
            var weight = term.Weight.Numerator * (scale / term.Weight.Denominator);
            foreach (var lane in LanesOf(term))
            {
                uses[lane] = uses.GetValueOrDefault(lane) + weight;
            }
        }

        return new LaneLimit(limit.Id, scale, limit.Most.Numerator * (scale / limit.Most.Denominator),
            [.. uses.OrderBy(use => use.Key).Select(use => new LaneUse(use.Key, use.Value))]);
    }

    private IEnumerable<int> LanesOf(LimitTerm term)
    {
        if (term.Lot is { } id)
        {
            var lot = Array.BinarySearch(_lotIds, id);
            return Enumerable.Range(LotStart[lot], LotStart[lot + 1] - LotStart[lot])
                .Where(lane => term.Member is not { } member || Claims[LaneClaim[lane]].Member == member);
        }

        return term.Member is { } only
            ? _claimsOfMember[only].SelectMany(claim => LanesInto(claim).ToArray())
            : Enumerable.Range(0, LaneLot.Length);
    }
}
