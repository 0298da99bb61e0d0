using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>
/// The levels of a fair division with the least cut that proves each: the claims that could still use more, all lots
/// that reach them, all claims that draw on those lots, and so on until nothing is added.
/// </summary>
internal sealed class LevelCuts
{
    private readonly LaneNetwork _network;
    private readonly List<int>[] _groupsOfClaim;
    private readonly List<int>[] _claimsFedBy;
    private readonly bool[] _claimTaken;
    private readonly bool[] _groupTaken;

    private LevelCuts(LaneNetwork network, Division division)
    {
        _network = network;
        _groupsOfClaim = new List<int>[network.Claims.Length];
        _claimsFedBy = new List<int>[network.Groups.Length];
        _claimTaken = new bool[network.Claims.Length];
        _groupTaken = new bool[network.Groups.Length];
        for (var claim = 0; claim < _groupsOfClaim.Length; claim++)
        {
            _groupsOfClaim[claim] = [];
        }

        for (var group = 0; group < _claimsFedBy.Length; group++)
        {
            _claimsFedBy[group] = [];
            foreach (var claim in network.Groups[group].Claims)
            {
                _groupsOfClaim[claim].Add(group);
            }
        }

        foreach (var flow in division.Flows)
        {
            _claimsFedBy[flow.Group].Add(flow.Claim);
        }
    }

    /// <param name="network">The claims and lots.</param>
    /// <param name="division">The fair division.</param>
    /// <param name="coverage">Coverage by claim index after the division.</param>
    /// <param name="amounts">Units given, by claim index.</param>
    public static ImmutableArray<FairLevel> Of(
        LaneNetwork network, Division division, Rational[] coverage, Rational[] amounts)
    {
        var cuts = new LevelCuts(network, division);
        var levels = ImmutableArray.CreateBuilder<FairLevel>();
        var wanting = Enumerable.Range(0, coverage.Length)
            .Where(claim => amounts[claim] < Rational.Of(network.Claims[claim].Limit))
            .GroupBy(claim => coverage[claim])
            .OrderBy(level => level.Key);
        foreach (var level in wanting)
        {
            levels.Add(cuts.Close(level.Key, level));
        }

        var rest = cuts.Rest();
        if (!rest.Claims.IsEmpty || !rest.Lots.IsEmpty)
        {
            levels.Add(rest);
        }

        return levels.ToImmutable();
    }

    private FairLevel Close(Rational coverage, IEnumerable<int> wanting)
    {
        var claims = new List<int>();
        var groups = new List<int>();
        var queue = new Queue<int>();
        foreach (var claim in wanting)
        {
            Take(claim, claims, queue);
        }

        while (queue.TryDequeue(out var claim))
        {
            foreach (var group in _groupsOfClaim[claim])
            {
                if (_groupTaken[group])
                {
                    continue;
                }

                _groupTaken[group] = true;
                groups.Add(group);
                foreach (var fed in _claimsFedBy[group])
                {
                    Take(fed, claims, queue);
                }
            }
        }

        return LevelOf(coverage, claims, groups);
    }

    private void Take(int claim, List<int> claims, Queue<int> queue)
    {
        if (!_claimTaken[claim])
        {
            _claimTaken[claim] = true;
            claims.Add(claim);
            queue.Enqueue(claim);
        }
    }

    private FairLevel Rest() => LevelOf(
        null,
        [.. Enumerable.Range(0, _claimTaken.Length).Where(claim => !_claimTaken[claim])],
        [.. Enumerable.Range(0, _groupTaken.Length).Where(group => !_groupTaken[group])]);

    private FairLevel LevelOf(Rational? coverage, List<int> claims, List<int> groups) => new(
        coverage,
        [.. claims.Select(claim => _network.Claims[claim].Id).Order()],
        [.. groups.SelectMany(group => _network.Groups[group].Lots).Order().Select(lot => _network.Lots[lot].Id)]);
}
