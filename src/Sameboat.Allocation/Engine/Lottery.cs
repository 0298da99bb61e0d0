using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>The order among equals.</summary>
internal static class Lottery
{
    /// <summary>The ids, ascending as given, shuffled by Fisher and Yates with the numbers of the seed.</summary>
    public static ImmutableArray<int> Draw(int[] ascendingIds, ulong seed)
    {
        new SeededRandom(seed).Shuffle(ascendingIds.AsSpan());
        return [.. ascendingIds];
    }
}
