using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Sameboat.Record;

/// <summary>Why a signed note is refused, in the order in which the reasons are looked for.</summary>
public enum NoteRefusal
{
    /// <summary>It is not refused.</summary>
    None,

    /// <summary>Longer than <see cref="SignedNote.LengthMax"/>.</summary>
    TooLong,

    /// <summary>Not UTF-8, or a control character other than the line end.</summary>
    NotPlainText,

    /// <summary>No empty line between text and signatures, or nothing on one side of it.</summary>
    NoSignatureBlock,

    /// <summary>More signature lines than <see cref="SignedNote.SignaturesMax"/>.</summary>
    TooManySignatures,

    /// <summary>A signature line of another form.</summary>
    MalformedSignature,

    /// <summary>A signature of a known key does not fit the text.</summary>
    SignatureFails,

    /// <summary>No signature is of a known key.</summary>
    NoKnownKey,

    /// <summary>The text is no checkpoint, or not of the log whose key was given.</summary>
    NotACheckpoint,
}

/// <summary>A text with signatures below it. Reading checks the form; <see cref="Check"/> checks the
/// signatures.</summary>
/// <remarks>C2SP signed-note.</remarks>
public sealed class SignedNote
{
    /// <summary>The longest note read, in bytes.</summary>
    public const int LengthMax = 65_536;

    /// <summary>The most signature lines read.</summary>
    public const int SignaturesMax = 64;

    /// <summary>Puts signatures under a text.</summary>
    /// <exception cref="ArgumentException">The text does not end in a line end or has another control character, or the
    /// signatures are none or more than <see cref="SignaturesMax"/>.</exception>
    public SignedNote(string text, ImmutableArray<NoteSignature> signatures)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EndsWith('\n') || HasControl(text))
        {
            throw new ArgumentException("A note's text is lines, each with its line end.", nameof(text));
        }

        if (signatures.IsDefaultOrEmpty || signatures.Length > SignaturesMax)
        {
            throw new ArgumentException($"A note has 1 to {SignaturesMax} signatures.", nameof(signatures));
        }

        Text = text;
        Signatures = signatures;
    }

    /// <summary>The text that is signed, its last line end included.</summary>
    public string Text { get; }

    /// <summary>The signature lines in their order, of known and unknown keys.</summary>
    public ImmutableArray<NoteSignature> Signatures { get; }

    /// <summary>Reads a note; on false the refusal says why. No signature is checked.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out SignedNote? note, out NoteRefusal refusal)
    {
        note = null;
        refusal = TryDecode(bytes, out var whole);
        if (refusal != NoteRefusal.None)
        {
            return false;
        }

        var gap = whole.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (gap < 0 || gap + 2 == whole.Length || !whole.EndsWith('\n'))
        {
            refusal = NoteRefusal.NoSignatureBlock;
            return false;
        }

        var lines = whole[(gap + 2)..^1].Split('\n');
        if (lines.Length > SignaturesMax)
        {
            refusal = NoteRefusal.TooManySignatures;
            return false;
        }

        var signatures = ImmutableArray.CreateBuilder<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            if (!NoteSignature.TryParse(line, out var signature))
            {
                refusal = NoteRefusal.MalformedSignature;
                return false;
            }

            signatures.Add(signature);
        }

        note = new SignedNote(whole[..(gap + 1)], signatures.MoveToImmutable());
        return true;
    }

    /// <summary>
    /// Checks every signature of a known key: one that fails refuses the note, unknown keys are passed over, and at
    /// least one known key must have signed. On <see cref="NoteRefusal.None"/> the second part holds the verified
    /// signatures in their order.
    /// </summary>
    public (NoteRefusal Refusal, ImmutableArray<NoteSignature> Verified) Check(params IEnumerable<VerifierKey> known)
    {
        var keys = known.ToArray();
        var text = Encoding.UTF8.GetBytes(Text);
        var verified = ImmutableArray.CreateBuilder<NoteSignature>();
        foreach (var signature in Signatures)
        {
            var key = Array.Find(keys, signature.IsOf);
            if (key is null)
            {
                continue;
            }

            if (!key.Verify(text, signature.Signature.AsSpan()))
            {
                return (NoteRefusal.SignatureFails, []);
            }

            verified.Add(signature);
        }

        return (verified.Count == 0 ? NoteRefusal.NoKnownKey : NoteRefusal.None, verified.ToImmutable());
    }

    /// <summary>The note with one more signature line at its end.</summary>
    /// <exception cref="ArgumentException">There are <see cref="SignaturesMax"/> already.</exception>
    public SignedNote With(NoteSignature signature) => new(Text, Signatures.Add(signature));

    /// <summary>The note in UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(ToString());

    /// <summary>The note as text.</summary>
    public override string ToString() => $"{Text}\n{string.Join('\n', Signatures)}\n";

    private static NoteRefusal TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        text = "";
        if (bytes.Length > LengthMax)
        {
            return NoteRefusal.TooLong;
        }

        if (!Utf8.IsValid(bytes))
        {
            return NoteRefusal.NotPlainText;
        }

        text = Encoding.UTF8.GetString(bytes);
        return HasControl(text) ? NoteRefusal.NotPlainText : NoteRefusal.None;
    }

    private static bool HasControl(string text)
    {
        foreach (var letter in text)
        {
            if (letter < ' ' && letter != '\n')
            {
                return true;
            }
        }

        return false;
    }
}
