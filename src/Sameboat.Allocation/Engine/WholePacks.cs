namespace Sameboat.Allocation;

/// <summary>The flows in packs for each pack size, and how good they are known to be.</summary>
internal sealed record PackDivision(List<(long PackSize, List<GroupFlow> Flows)> Sizes, PackGuarantee Guarantee);

/// <summary>
/// The plan in whole packs. One pack size: the exact rule once. Several: each size is divided exactly while the others
/// stay as they are, the largest first, against what the divisible division expects of the sizes still to come; then
/// size after size again until none changes. Every change lifts one concave total, so the rounds end.
/// </summary>
internal sealed class WholePacks
{
    /// <summary>How often all sizes are gone through before the plan is given with its gaps alone.</summary>
    public const int RoundsMax = 64;

    private readonly LaneNetwork _network;
    private readonly int[] _lotteryRank;
    private readonly long[] _sizes;
    private readonly long[][] _given;
    private readonly Division?[] _divisions;
    private readonly PackCredit _credit;

    private WholePacks(LaneNetwork network, Division fair, int[] lotteryRank, PackCredit credit)
    {
        _credit = credit;
        _network = network;
        _lotteryRank = lotteryRank;
        _sizes = [.. network.Groups.Where(group => group.Packs > 0)
            .Select(group => group.PackSize).Distinct().OrderDescending()];
        _divisions = new Division?[_sizes.Length];
        _given = [.. _sizes.Select(_ => new long[network.Claims.Length])];
        if (_sizes.Length > 1)
        {
            Expect(fair);
        }
    }

    public static PackDivision Divide(
        LaneNetwork network, Division fair, int[] lotteryRank, PackCredit? credit = null)
    {
        var packs = new WholePacks(network, fair, lotteryRank, credit ?? PackCredit.None(network.Claims.Length));
        for (var size = 0; size < packs._sizes.Length; size++)
        {
            packs.DivideSize(size);
        }

        var settled = packs._sizes.Length <= 1;
        for (var round = 0; round < RoundsMax && !settled; round++)
        {
            settled = true;
            for (var size = 0; size < packs._sizes.Length; size++)
            {
                settled &= !packs.DivideSize(size);
            }
        }

        var guarantee = packs._sizes.Length <= 1 ? PackGuarantee.Exact
            : settled ? PackGuarantee.ExactForEachSize : PackGuarantee.GapsOnly;
        return new PackDivision(
            [.. packs._sizes.Select((size, index) => (size, packs._divisions[index]!.Flows))], guarantee);
    }

    /// <summary>What each size gives each claim in the divisible division, rounded down to whole packs.</summary>
    private void Expect(Division fair)
    {
        var index = _sizes.Select((size, position) => (size, position)).ToDictionary();
        foreach (var flow in fair.Flows)
        {
            var pack = _network.Groups[flow.Group].PackSize;
            if (index.TryGetValue(pack, out var size))
            {
                _given[size][flow.Claim] += (long)(flow.Amount / (flow.Scale * pack)) * pack;
            }
        }
    }

    /// <summary>Divides the packs of one size against all others; true when anything changed.</summary>
    private bool DivideSize(int size)
    {
        var count = _network.Claims.Length;
        var bounds = new ClaimBounds(new long[count], new long[count], new long[count]);
        for (var claim = 0; claim < count; claim++)
        {
            var others = 0L;
            var placed = 0L;
            for (var other = 0; other < _sizes.Length; other++)
            {
                others += other == size ? 0 : _given[other][claim];
                placed += other == size || _divisions[other] is null ? 0 : _given[other][claim];
            }

            // Only packs already placed take room; what is merely expected gives way.
            bounds.Need[claim] = _network.Claims[claim].Need * _credit.Parts;
            bounds.Held[claim] = ((_network.Claims[claim].Received + others) * _credit.Parts) - _credit.Owed[claim];
            bounds.Limit[claim] = (_network.Claims[claim].Limit - placed) * _credit.Parts;
        }

        var division = FairDecomposition.Divide(
            _network, new PackRule(bounds, _sizes[size], _lotteryRank, _credit.Parts));
        var given = division.Amounts.Select(amount => (long)amount.Amount * _sizes[size]).ToArray();
        var changed = _divisions[size] is null || !given.AsSpan().SequenceEqual(_given[size]);
        if (changed)
        {
            _divisions[size] = division;
            _given[size] = given;
        }

        return changed;
    }
}
