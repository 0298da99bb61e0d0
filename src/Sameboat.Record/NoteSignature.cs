using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Sameboat.Record;

/// <summary>
/// One signature line of a note: the key's name, its id, and the signature that follows the id (64 bytes for a log's
/// key; 8 bytes of time and 64 for a witness's; any length for a key of another kind).
/// </summary>
public sealed record NoteSignature(string Name, uint KeyId, ImmutableArray<byte> Signature)
{
    private const string Lead = "\u2014 ";
    private const int KeyIdLength = 4;

    /// <summary>The POSIX seconds a witness put in front of its signature; null when the length is not a witness's.
    /// Nothing is checked: verify first.</summary>
    public long? CosignedAt
    {
        get
        {
            if (Signature.Length != Cosignature.Length)
            {
                return null;
            }

            var seconds = BinaryPrimitives.ReadUInt64BigEndian(Signature.AsSpan());
            return seconds <= long.MaxValue ? (long)seconds : null;
        }
    }

    /// <summary>True when the name and id are the key's. Nothing is checked: verify as well.</summary>
    public bool IsOf(VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return KeyId == key.KeyId && Name == key.Name;
    }

    /// <summary>Reads a line without its line end; false when it is no signature line.</summary>
    public static bool TryParse(string? line, [NotNullWhen(true)] out NoteSignature? signature)
    {
        signature = null;
        if (line is null || !line.StartsWith(Lead, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = line[Lead.Length..].Split(' ');
        if (parts.Length != 2 || !KeyName.IsWellFormed(parts[0])
            || !Base64Text.TryDecode(parts[1], out var blob) || blob.Length <= KeyIdLength)
        {
            return false;
        }

        signature = new NoteSignature(
            parts[0], BinaryPrimitives.ReadUInt32BigEndian(blob), [.. blob.AsSpan(KeyIdLength)]);
        return true;
    }

    /// <summary>True when name, id and every byte of the signature agree.</summary>
    public bool Equals(NoteSignature? other) =>
        other is not null && Name == other.Name && KeyId == other.KeyId
        && Signature.AsSpan().SequenceEqual(other.Signature.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, KeyId);

    /// <summary>The line without its line end.</summary>
    public override string ToString()
    {
        var blob = new byte[KeyIdLength + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(blob, KeyId);
        Signature.CopyTo(blob, KeyIdLength);
        return $"{Lead}{Name} {Convert.ToBase64String(blob)}";
    }
}
