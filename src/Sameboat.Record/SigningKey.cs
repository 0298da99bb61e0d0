using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Sameboat.Record;

/// <summary>
/// The secret half of a key that signs notes. The caller draws the seed from the system's random source and keeps it;
/// nothing but <see cref="ToSecretText"/> gives it back.
/// </summary>
/// <remarks>C2SP signed-note; Ed25519 as in RFC 8032.</remarks>
public sealed class SigningKey : IDisposable
{
    /// <summary>The length of the seed a key is made of, in bytes.</summary>
    public const int SeedLength = 32;

    private const string SecretLead = "PRIVATE+KEY+";

    private readonly Key _key;

    private SigningKey(string name, KeyKind kind, Key key)
    {
        _key = key;
        VerifierKey = new VerifierKey(name, kind, key.PublicKey);
    }

    /// <summary>The public half, to be published.</summary>
    public VerifierKey VerifierKey { get; }

    /// <summary>The name on signature lines; a log's is its origin.</summary>
    public string Name => VerifierKey.Name;

    /// <summary>Makes the key of a seed of 32 bytes; the same seed gives the same key.</summary>
    /// <param name="name">Up to 255 characters without white space, plus or control characters.</param>
    /// <param name="seed">32 bytes that nobody can guess.</param>
    /// <param name="kind">What the key will sign; a log's key and a witness's must not share a seed.</param>
    /// <exception cref="ArgumentException">The name is not well-formed or the seed not 32 bytes.</exception>
    public static SigningKey FromSeed(string name, ReadOnlySpan<byte> seed, KeyKind kind = KeyKind.Log)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!KeyName.IsWellFormed(name))
        {
            throw new ArgumentException($"«{name}» cannot be the name of a key.", nameof(name));
        }

        if (seed.Length != SeedLength)
        {
            throw new ArgumentException($"A seed has {SeedLength} bytes, not {seed.Length}.", nameof(seed));
        }

        var exportable = new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey, exportable);
        return new SigningKey(name, kind, key);
    }

    /// <summary>Reads what <see cref="ToSecretText"/> wrote; false when it is malformed or the id does not
    /// fit.</summary>
    public static bool TryParseSecretText(string? text, [NotNullWhen(true)] out SigningKey? key)
    {
        key = null;
        if (text is null || !text.StartsWith(SecretLead, StringComparison.Ordinal))
        {
            return false;
        }

        var parts = text[SecretLead.Length..].Split('+', 3);
        if (parts.Length != 3 || !KeyName.IsWellFormed(parts[0])
            || !Base64Text.TryDecode(parts[2], out var blob) || blob.Length != 1 + SeedLength
            || blob[0] is not ((byte)KeyKind.Log or (byte)KeyKind.Witness))
        {
            return false;
        }

        var read = FromSeed(parts[0], blob.AsSpan(1), (KeyKind)blob[0]);
        CryptographicOperations.ZeroMemory(blob);
        if (read.HexId != parts[1])
        {
            read.Dispose();
            return false;
        }

        key = read;
        return true;
    }

    /// <summary>
    /// The key with its secret, <c>PRIVATE+KEY+name+hex(key id)+base64(kind || seed)</c>: for the file that holds it,
    /// never for a log or a page.
    /// </summary>
    public string ToSecretText()
    {
        byte[] blob = [(byte)VerifierKey.Kind, .. _key.Export(KeyBlobFormat.RawPrivateKey)];
        var text = $"{SecretLead}{Name}+{HexId}+{Convert.ToBase64String(blob)}";
        CryptographicOperations.ZeroMemory(blob);
        return text;
    }

    /// <summary>Signs a note text with a log's key.</summary>
    /// <exception cref="InvalidOperationException">The key is a witness's.</exception>
    public NoteSignature Sign(string noteText)
    {
        Require(KeyKind.Log);
        var signature = SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(noteText));
        return new NoteSignature(Name, VerifierKey.KeyId, [.. signature]);
    }

    /// <summary>Signs the time, in POSIX seconds from 0, and a checkpoint's note text with a witness's key.</summary>
    /// <exception cref="InvalidOperationException">The key is a log's.</exception>
    public NoteSignature Cosign(string noteText, long unixSeconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixSeconds);
        Require(KeyKind.Witness);
        var message = Cosignature.Message(unixSeconds, Encoding.UTF8.GetBytes(noteText));
        var time = new byte[Cosignature.TimeLength];
        BinaryPrimitives.WriteInt64BigEndian(time, unixSeconds);
        return new NoteSignature(
            Name, VerifierKey.KeyId, [.. time, .. SignatureAlgorithm.Ed25519.Sign(_key, message)]);
    }

    /// <summary>Wipes the secret from memory.</summary>
    public void Dispose() => _key.Dispose();

    /// <summary>The public half's text form.</summary>
    public override string ToString() => VerifierKey.ToString();

    private string HexId => VerifierKey.KeyId.ToString("x8", CultureInfo.InvariantCulture);

    private void Require(KeyKind kind)
    {
        if (VerifierKey.Kind != kind)
        {
            throw new InvalidOperationException($"The key {Name} signs for a {VerifierKey.Kind}, not for a {kind}.");
        }
    }
}
