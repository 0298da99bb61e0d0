using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>
/// Claims and lots by index, both in ascending order of id, so that the order of the input decides nothing. Lots of
/// one pack size that reach the same claims are one group: what most lots share, going to everybody, costs one group.
/// </summary>
internal sealed class LaneNetwork
{
    private LaneNetwork(ImmutableArray<Claim> claims, ImmutableArray<Lot> lots, List<LotGroup> groups)
    {
        Claims = claims;
        Lots = lots;
        Groups = [.. groups];
        LaneCount = groups.Sum(group => (long)group.Claims.Length);
    }

    public ImmutableArray<Claim> Claims { get; }

    public ImmutableArray<Lot> Lots { get; }

    public ImmutableArray<LotGroup> Groups { get; }

    /// <summary>How many lanes the groups have together.</summary>
    public long LaneCount { get; }

    /// <summary>Groups the lots of a problem whose ids are sound.</summary>
    public static LaneNetwork Of(AllocationProblem problem)
    {
        var claims = problem.Claims.Sort((left, right) => left.Id.CompareTo(right.Id));
        var lots = problem.Lots.Sort((left, right) => left.Id.CompareTo(right.Id));
        var position = new Dictionary<int, int>(claims.Length);
        for (var index = 0; index < claims.Length; index++)
        {
            position[claims[index].Id] = index;
        }

        var rules = problem.Removed.ToLookup(removed => removed.Lot);
        var members = new Dictionary<LaneSet, List<int>>();
        var everybody = new LaneSet(claims.Length);
        for (var lot = 0; lot < lots.Length; lot++)
        {
            var reach = everybody;
            foreach (var rule in rules[lots[lot].Id])
            {
                reach = reach.Without(rule, position);
            }

            var key = reach.ForPack(lots[lot].PackSize);
            if (!members.TryGetValue(key, out var group))
            {
                members[key] = group = [];
            }

            group.Add(lot);
        }

        var groups = members.Select(pair => LotGroup.Of(lots, pair.Value, pair.Key)).ToList();
        groups.Sort((left, right) => left.Lots[0].CompareTo(right.Lots[0]));
        return new LaneNetwork(claims, lots, groups);
    }
}

/// <summary>Lots of one pack size that reach the same claims.</summary>
/// <param name="Lots">Lot indices, ascending, at least one.</param>
/// <param name="Claims">Indices of the claims that the lots reach, ascending.</param>
/// <param name="PackSize">Units in a pack.</param>
/// <param name="Quantity">Units in all lots of the group.</param>
/// <param name="Packs">Whole packs in all lots of the group, each lot rounded down.</param>
internal sealed record LotGroup(int[] Lots, int[] Claims, long PackSize, long Quantity, long Packs)
{
    public static LotGroup Of(ImmutableArray<Lot> lots, List<int> members, LaneSet reach)
    {
        var pack = lots[members[0]].PackSize;
        var quantity = Int128.Zero;
        var packs = Int128.Zero;
        foreach (var member in members)
        {
            quantity += lots[member].Quantity;
            packs += lots[member].Quantity / pack;
        }

        return new LotGroup([.. members], reach.Members(), pack, (long)quantity, (long)packs);
    }
}
