using System.Collections.Immutable;
using System.Numerics;

namespace Sameboat.Record;

/// <summary>
/// Roots and proofs over any store of node hashes, and the checking of proofs. A store answers with the hash of the
/// complete subtree of 2^level leaves that is the index-th from the left, from 0.
/// </summary>
/// <remarks>
/// RFC 6962 sections 2.1.1 and 2.1.2; the checking as in RFC 9162 sections 2.1.3.2 and 2.1.4.2. Two choices the RFCs
/// leave open: the proof from size 0 is empty and valid for any later root, provided that the first root is the empty
/// tree's; the proof from a size to itself is empty and valid when both roots agree.
/// </remarks>
public static class MerkleProof
{
    /// <summary>The longest proof of either kind that a tree below 2^63 leaves can need.</summary>
    public const int LengthMax = 64;

    /// <summary>The root of the tree of the first <paramref name="size"/> leaves, 0 or more.</summary>
    public static MerkleHash Root(long size, Func<int, long, MerkleHash> node)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        return size == 0 ? MerkleHash.EmptyTree : Range(0, size, node);
    }

    /// <summary>The inclusion proof of the leaf at the index in the tree of the size, from its sibling
    /// upward.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= index &lt; size.</exception>
    public static ImmutableArray<MerkleHash> Inclusion(long index, long size, Func<int, long, MerkleHash> node)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var fromTop = new List<MerkleHash>();
        long from = 0;
        var to = size;
        while (to - from > 1)
        {
            var middle = from + LeftPart(to - from);
            if (index < middle)
            {
                fromTop.Add(Range(middle, to, node));
                to = middle;
            }
            else
            {
                fromTop.Add(Range(from, middle, node));
                from = middle;
            }
        }

        return UpwardFrom(fromTop);
    }

    /// <summary>The consistency proof between the trees of two sizes; empty from size 0 and between equal
    /// sizes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 &lt;= first &lt;= second.</exception>
    public static ImmutableArray<MerkleHash> Consistency(long first, long second, Func<int, long, MerkleHash> node)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        if (first == 0 || first == second)
        {
            return [];
        }

        var fromTop = new List<MerkleHash>();
        long from = 0;
        var to = second;
        while (first < to)
        {
            var middle = from + LeftPart(to - from);
            if (first <= middle)
            {
                fromTop.Add(Range(middle, to, node));
                to = middle;
            }
            else
            {
                fromTop.Add(Range(from, middle, node));
                from = middle;
            }
        }

        // Where the old tree is itself the subtree reached, its root is known and need not be sent.
        if (from > 0)
        {
            fromTop.Add(Range(from, to, node));
        }

        return UpwardFrom(fromTop);
    }

    /// <summary>True when the proof ties the leaf at the index to the root of the tree of the size.</summary>
    public static bool VerifyInclusion(
        long index, long size, MerkleHash leaf, ImmutableArray<MerkleHash> proof, MerkleHash root)
    {
        if (index < 0 || index >= size || proof.IsDefault || proof.Length > LengthMax)
        {
            return false;
        }

        var here = index;
        var last = size - 1;
        var hash = leaf;
        foreach (var sibling in proof)
        {
            if (last == 0)
            {
                return false;
            }

            if ((here & 1) == 1 || here == last)
            {
                hash = MerkleHash.Node(sibling, hash);
                ClimbToRightChild(ref here, ref last);
            }
            else
            {
                hash = MerkleHash.Node(hash, sibling);
            }

            here >>= 1;
            last >>= 1;
        }

        return last == 0 && hash == root;
    }

    /// <summary>True when the proof shows the second tree to begin with all leaves of the first.</summary>
    public static bool VerifyConsistency(
        long first, long second, ImmutableArray<MerkleHash> proof, MerkleHash firstRoot, MerkleHash secondRoot)
    {
        if (first < 0 || first > second || proof.IsDefault || proof.Length > LengthMax
            || (first == 0 && firstRoot != MerkleHash.EmptyTree))
        {
            return false;
        }

        if (first == 0 || first == second)
        {
            return proof.IsEmpty && (first < second || firstRoot == secondRoot);
        }

        return !proof.IsEmpty && FoldsToBoth(first, second, proof, firstRoot, secondRoot);
    }

    private static bool FoldsToBoth(
        long first, long second, ImmutableArray<MerkleHash> proof, MerkleHash firstRoot, MerkleHash secondRoot)
    {
        var here = first - 1;
        var last = second - 1;
        while ((here & 1) == 1)
        {
            here >>= 1;
            last >>= 1;
        }

        var oldRootIsSubtree = BitOperations.IsPow2(first);
        var oldHash = oldRootIsSubtree ? firstRoot : proof[0];
        var newHash = oldHash;
        foreach (var sibling in oldRootIsSubtree ? proof : proof[1..])
        {
            if (last == 0)
            {
                return false;
            }

            if ((here & 1) == 1 || here == last)
            {
                oldHash = MerkleHash.Node(sibling, oldHash);
                newHash = MerkleHash.Node(sibling, newHash);
                ClimbToRightChild(ref here, ref last);
            }
            else
            {
                newHash = MerkleHash.Node(newHash, sibling);
            }

            here >>= 1;
            last >>= 1;
        }

        return last == 0 && oldHash == firstRoot && newHash == secondRoot;
    }

    private static void ClimbToRightChild(ref long here, ref long last)
    {
        while ((here & 1) == 0 && here != 0)
        {
            here >>= 1;
            last >>= 1;
        }
    }

    // The leaves from (inclusive) to (exclusive); from is a multiple of the smallest power of two that holds the range.
    private static MerkleHash Range(long from, long to, Func<int, long, MerkleHash> node)
    {
        var size = to - from;
        if (BitOperations.IsPow2(size))
        {
            var level = BitOperations.Log2((ulong)size);
            return node(level, from >> level);
        }

        var middle = from + LeftPart(size);
        return MerkleHash.Node(Range(from, middle, node), Range(middle, to, node));
    }

    // The largest power of two below the size, which is 2 or more.
    private static long LeftPart(long size) => 1L << BitOperations.Log2((ulong)size - 1);

    private static ImmutableArray<MerkleHash> UpwardFrom(List<MerkleHash> fromTop)
    {
        fromTop.Reverse();
        return [.. fromTop];
    }
}
