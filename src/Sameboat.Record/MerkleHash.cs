using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sameboat.Record;

/// <summary>
/// A SHA-256 hash of a log's tree, always 32 bytes. <c>default</c> is 32 zero bytes, which no tree has as a hash.
/// </summary>
/// <remarks>RFC 6962 section 2.1: a leaf and a node are hashed with different first bytes.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct MerkleHash : IEquatable<MerkleHash>
{
    /// <summary>The length of every hash, in bytes.</summary>
    public const int Length = 32;

    private const byte LeafPrefix = 0x00;
    private const byte NodePrefix = 0x01;
    private const int LeafOnStackMax = 1024;

    private readonly ulong _first;
    private readonly ulong _second;
    private readonly ulong _third;
    private readonly ulong _fourth;

    /// <summary>Takes the hash as it is stored.</summary>
    /// <exception cref="ArgumentException">The span is not 32 bytes long.</exception>
    public MerkleHash(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Length)
        {
            throw new ArgumentException($"A hash has {Length} bytes, not {bytes.Length}.", nameof(bytes));
        }

        this = MemoryMarshal.Read<MerkleHash>(bytes);
    }

    /// <summary>The root of the tree without leaves: SHA-256 of nothing.</summary>
    public static MerkleHash EmptyTree { get; } = new(SHA256.HashData([]));

    /// <summary>Leaf hash: SHA-256(0x00 || entry). The entry may have any length, nought included.</summary>
    public static MerkleHash Leaf(ReadOnlySpan<byte> entry)
    {
        var length = entry.Length + 1;
        var input = length <= LeafOnStackMax ? stackalloc byte[length] : new byte[length];
        input[0] = LeafPrefix;
        entry.CopyTo(input[1..]);
        return Of(input);
    }

    /// <summary>Node hash: SHA-256(0x01 || left || right).</summary>
    public static MerkleHash Node(MerkleHash left, MerkleHash right)
    {
        Span<byte> input = stackalloc byte[1 + Length + Length];
        input[0] = NodePrefix;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + Length)..]);
        return Of(input);
    }

    /// <summary>Reads standard base64 with padding, in the one way it can be written; false for anything
    /// else.</summary>
    public static bool TryParse(string? text, out MerkleHash hash)
    {
        hash = default;
        if (!Base64Text.TryDecode(text, out var bytes) || bytes.Length != Length)
        {
            return false;
        }

        hash = new MerkleHash(bytes);
        return true;
    }

    /// <summary>Writes the 32 bytes at the start of the span, which must hold at least as many.</summary>
    public void CopyTo(Span<byte> destination) => MemoryMarshal.Write(destination, in this);

    /// <summary>A fresh array of the 32 bytes.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>True when all 32 bytes agree.</summary>
    public bool Equals(MerkleHash other) =>
        _first == other._first && _second == other._second && _third == other._third && _fourth == other._fourth;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is MerkleHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _first.GetHashCode();

    /// <summary>Standard base64, 44 characters.</summary>
    public override string ToString() => Convert.ToBase64String(ToBytes());

    /// <summary>True when all 32 bytes agree.</summary>
    public static bool operator ==(MerkleHash left, MerkleHash right) => left.Equals(right);

    /// <summary>True when some byte differs.</summary>
    public static bool operator !=(MerkleHash left, MerkleHash right) => !left.Equals(right);

    private static MerkleHash Of(ReadOnlySpan<byte> input)
    {
        Span<byte> digest = stackalloc byte[Length];
        SHA256.HashData(input, digest);
        return MemoryMarshal.Read<MerkleHash>(digest);
    }
}
