using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Record;

/// <summary>
/// All that an append to a log needs of its past: the size and the complete subtrees along the right edge, largest
/// first, one for each set bit of the size. A value: appending gives a new one.
/// </summary>
/// <remarks>The compact range of RFC 6962's tree: at most 63 hashes whatever the size.</remarks>
public sealed class LogHead
{
    private LogHead(long size, ImmutableArray<MerkleHash> edge)
    {
        Size = size;
        Edge = edge;
    }

    /// <summary>The log without entries.</summary>
    public static LogHead Empty { get; } = new(0, []);

    /// <summary>How many entries the log has.</summary>
    public long Size { get; }

    /// <summary>The subtrees from the left, of falling sizes, each a power of two.</summary>
    public ImmutableArray<MerkleHash> Edge { get; }

    /// <summary>The root of the tree; SHA-256 of nothing when it is empty.</summary>
    public MerkleHash Root()
    {
        if (Edge.IsEmpty)
        {
            return MerkleHash.EmptyTree;
        }

        var root = Edge[^1];
        for (var index = Edge.Length - 2; index >= 0; index--)
        {
            root = MerkleHash.Node(Edge[index], root);
        }

        return root;
    }

    /// <summary>Takes up a stored head; the edge is as <see cref="Edge"/> gave it.</summary>
    /// <exception cref="ArgumentException">The edge has not one hash for each set bit of the size.</exception>
    public static LogHead Stored(long size, ImmutableArray<MerkleHash> edge)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        if (edge.IsDefault || edge.Length != BitOperations.PopCount((ulong)size))
        {
            throw new ArgumentException("The edge has one hash for each set bit of the size.", nameof(edge));
        }

        return new LogHead(size, edge);
    }

    /// <summary>The head after one more leaf.</summary>
    public LogHead Append(MerkleHash leaf)
    {
        var hash = leaf;
        var kept = Edge.Length;
        for (var rest = Size; (rest & 1) == 1; rest >>= 1)
        {
            kept--;
            hash = MerkleHash.Node(Edge[kept], hash);
        }

        return new LogHead(Size + 1, [.. Edge.AsSpan(0, kept), hash]);
    }
}
