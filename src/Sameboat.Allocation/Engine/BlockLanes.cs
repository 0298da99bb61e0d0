namespace Sameboat.Allocation;

/// <summary>The lanes between some groups of lots and some claims, indexed from both sides.</summary>
internal sealed class BlockLanes
{
    private const int Unseen = -1;

    /// <param name="network">The whole network.</param>
    /// <param name="claims">Claim indices of this block, ascending.</param>
    /// <param name="groups">Group indices of this block, ascending; those that reach no claim here are dropped.</param>
    public BlockLanes(LaneNetwork network, int[] claims, int[] groups)
    {
        Claims = claims;
        var local = new int[network.Claims.Length];
        Array.Fill(local, Unseen);
        for (var index = 0; index < claims.Length; index++)
        {
            local[claims[index]] = index;
        }

        var kept = new List<int>(groups.Length);
        var starts = new List<int>(groups.Length + 1) { 0 };
        var edges = new List<int>();
        foreach (var group in groups)
        {
            foreach (var claim in network.Groups[group].Claims)
            {
                if (local[claim] != Unseen)
                {
                    edges.Add(local[claim]);
                }
            }

            if (edges.Count > starts[^1])
            {
                kept.Add(group);
                starts.Add(edges.Count);
            }
        }

        Groups = [.. kept];
        GroupStart = [.. starts];
        EdgeClaim = [.. edges];
        EdgeGroup = new int[EdgeClaim.Length];
        ClaimStart = new int[claims.Length + 1];
        ClaimEdge = new int[EdgeClaim.Length];
        IndexByClaim();
    }

    /// <summary>Claim indices of this block, ascending.</summary>
    public int[] Claims { get; }

    /// <summary>Indices of the groups that reach a claim of this block, ascending.</summary>
    public int[] Groups { get; }

    /// <summary>The first lane of each group here, and the number of lanes at the end.</summary>
    public int[] GroupStart { get; }

    /// <summary>The claim of each lane, by its place in <see cref="Claims"/>; the lanes of a group follow each other.
    /// </summary>
    public int[] EdgeClaim { get; }

    /// <summary>The group of each lane, by its place in <see cref="Groups"/>.</summary>
    public int[] EdgeGroup { get; }

    /// <summary>The first place of each claim here in <see cref="ClaimEdge"/>, and the number of lanes at the end.
    /// </summary>
    public int[] ClaimStart { get; }

    /// <summary>The lanes, claim by claim.</summary>
    public int[] ClaimEdge { get; }

    private void IndexByClaim()
    {
        for (var group = 0; group < Groups.Length; group++)
        {
            for (var edge = GroupStart[group]; edge < GroupStart[group + 1]; edge++)
            {
                EdgeGroup[edge] = group;
                ClaimStart[EdgeClaim[edge] + 1]++;
            }
        }

        for (var claim = 0; claim < Claims.Length; claim++)
        {
            ClaimStart[claim + 1] += ClaimStart[claim];
        }

        var next = ClaimStart.AsSpan(0, Claims.Length).ToArray();
        for (var edge = 0; edge < EdgeClaim.Length; edge++)
        {
            ClaimEdge[next[EdgeClaim[edge]]++] = edge;
        }
    }
}
