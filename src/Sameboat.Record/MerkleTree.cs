using System.Collections.Immutable;

namespace Sameboat.Record;

/// <summary>
/// An append-only hash tree held in memory: every complete node is stored, so an append, a root and a proof each take
/// a number of hashes proportional to the logarithm of the size. About 64 bytes a leaf. Not safe for use from several
/// threads at once.
/// </summary>
/// <remarks>RFC 6962 section 2.1.</remarks>
public sealed class MerkleTree
{
    private readonly List<List<MerkleHash>> _levels = [];

    /// <summary>How many leaves there are.</summary>
    public long Size => _levels.Count == 0 ? 0 : _levels[0].Count;

    /// <summary>Appends the leaf of an entry and gives its index, from 0.</summary>
    public long AppendEntry(ReadOnlySpan<byte> entry) => Append(MerkleHash.Leaf(entry));

    /// <summary>Appends a leaf hash and gives its index, from 0.</summary>
    public long Append(MerkleHash leaf)
    {
        var index = Size;
        var hash = leaf;
        for (var level = 0; ; level++)
        {
            if (_levels.Count == level)
            {
                _levels.Add([]);
            }

            var row = _levels[level];
            row.Add(hash);
            if ((row.Count & 1) == 1)
            {
                return index;
            }

            hash = MerkleHash.Node(row[^2], row[^1]);
        }
    }

    /// <summary>The hash of the complete subtree of 2^level leaves that is the index-th from the left, from
    /// 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree has no such complete subtree.</exception>
    public MerkleHash Node(int level, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(level, _levels.Count);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _levels[level].Count);
        return _levels[level][(int)index];
    }

    /// <summary>The root of the whole tree; SHA-256 of nothing when it is empty.</summary>
    public MerkleHash Root() => Root(Size);

    /// <summary>The root the tree had at a size from 0 to <see cref="Size"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree never had that size.</exception>
    public MerkleHash Root(long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return MerkleProof.Root(size, Node);
    }

    /// <summary>The hashes from the leaf's sibling upward that tie the leaf to the root at the size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not below the size, or the size above this tree's.
    /// </exception>
    public ImmutableArray<MerkleHash> InclusionProof(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return MerkleProof.Inclusion(index, size, Node);
    }

    /// <summary>The hashes that show the tree at the second size to extend the tree at the first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The sizes are not 0 &lt;= first &lt;= second &lt;= this tree's.
    /// </exception>
    public ImmutableArray<MerkleHash> ConsistencyProof(long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(second, Size);
        return MerkleProof.Consistency(first, second, Node);
    }
}
