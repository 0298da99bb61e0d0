using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NSec.Cryptography;

namespace Sameboat.Record;

/// <summary>
/// The public half of a key that signs notes, with the name it signs under. Text form:
/// <c>name+hex(key id)+base64(kind || public key)</c>. Two keys are equal when their text forms are.
/// </summary>
/// <remarks>C2SP signed-note and tlog-cosignature; Ed25519 as in RFC 8032.</remarks>
public sealed class VerifierKey : IEquatable<VerifierKey>
{
    /// <summary>The length of a public key, in bytes.</summary>
    public const int PublicKeyLength = 32;

    /// <summary>The length of an Ed25519 signature, in bytes.</summary>
    public const int SignatureLength = 64;

    private readonly PublicKey _key;
    private readonly string _text;

    internal VerifierKey(string name, KeyKind kind, PublicKey key)
    {
        _key = key;
        Name = name;
        Kind = kind;
        var raw = key.Export(KeyBlobFormat.RawPublicKey);
        KeyId = KeyName.KeyId(name, kind, raw);
        var id = KeyId.ToString("x8", CultureInfo.InvariantCulture);
        _text = $"{name}+{id}+{Convert.ToBase64String([(byte)kind, .. raw])}";
    }

    /// <summary>The name on signature lines; a log's is its origin.</summary>
    public string Name { get; }

    /// <summary>What the key signs.</summary>
    public KeyKind Kind { get; }

    /// <summary>The four bytes that lead a signature, read big-endian.</summary>
    public uint KeyId { get; }

    /// <summary>Reads the text form; false when it is malformed or its key id is not that of its name and
    /// key.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out VerifierKey? key)
    {
        key = null;
        var parts = text?.Split('+', 3);
        if (parts is not { Length: 3 } || !KeyName.IsWellFormed(parts[0])
            || !Base64Text.TryDecode(parts[2], out var blob) || blob.Length != 1 + PublicKeyLength
            || blob[0] is not ((byte)KeyKind.Log or (byte)KeyKind.Witness)
            || !PublicKey.TryImport(
                SignatureAlgorithm.Ed25519, blob.AsSpan(1), KeyBlobFormat.RawPublicKey, out var raw))
        {
            return false;
        }

        var read = new VerifierKey(parts[0], (KeyKind)blob[0], raw!);
        if (read._text != text)
        {
            return false;
        }

        key = read;
        return true;
    }

    /// <summary>As <see cref="TryParse"/>, throwing in place of answering false.</summary>
    /// <exception cref="FormatException">The text is no verifier key.</exception>
    public static VerifierKey Parse(string text) =>
        TryParse(text, out var key) ? key : throw new FormatException($"«{text}» is not a verifier key.");

    /// <summary>
    /// True when the signature, without its key id, is this key's over the note text. A witness's signature leads with
    /// the time, as <see cref="NoteSignature.CosignedAt"/> reads it.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> noteText, ReadOnlySpan<byte> signature)
    {
        if (Kind == KeyKind.Log)
        {
            return signature.Length == SignatureLength
                && SignatureAlgorithm.Ed25519.Verify(_key, noteText, signature);
        }

        if (signature.Length != Cosignature.Length)
        {
            return false;
        }

        var seconds = BinaryPrimitives.ReadUInt64BigEndian(signature);
        return seconds <= long.MaxValue && SignatureAlgorithm.Ed25519.Verify(
            _key, Cosignature.Message((long)seconds, noteText), signature[Cosignature.TimeLength..]);
    }

    /// <summary>True when the text forms agree.</summary>
    public bool Equals(VerifierKey? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VerifierKey);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(_text);

    /// <summary>The text form.</summary>
    public override string ToString() => _text;
}
