using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Sameboat.Record;

/// <summary>
/// What a log asks of a witness: to cosign <paramref name="Note"/>, whose text is <paramref name="Checkpoint"/>, on the
/// proof that it extends the log at <paramref name="OldSize"/> entries.
/// </summary>
/// <remarks>C2SP tlog-witness, the body of <c>add-checkpoint</c>.</remarks>
public sealed record WitnessRequest(
    long OldSize, ImmutableArray<MerkleHash> Proof, SignedNote Note, Checkpoint Checkpoint)
{
    /// <summary>The most proof lines read.</summary>
    public const int ProofLinesMax = 63;

    /// <summary>The longest body read, in bytes.</summary>
    public const int LengthMax = 2 * SignedNote.LengthMax;

    private const string OldLead = "old ";

    /// <summary>Makes the request of a log that wants a checkpoint cosigned.</summary>
    /// <exception cref="ArgumentException">The note's text is no checkpoint.</exception>
    public static WitnessRequest Of(long oldSize, ImmutableArray<MerkleHash> proof, SignedNote note)
    {
        ArgumentNullException.ThrowIfNull(note);
        return Checkpoint.TryParse(note.Text, out var checkpoint)
            ? new WitnessRequest(oldSize, proof, note, checkpoint)
            : throw new ArgumentException("The note is no checkpoint.", nameof(note));
    }

    /// <summary>Reads a body; false when its form is another. Nothing is verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> body, [NotNullWhen(true)] out WitnessRequest? request)
    {
        request = null;
        var gap = body.IndexOf("\n\n"u8);
        if (body.Length > LengthMax || gap < 0 || !Utf8.IsValid(body)
            || !SignedNote.TryParse(body[(gap + 2)..], out var note, out _)
            || !Checkpoint.TryParse(note.Text, out var checkpoint))
        {
            return false;
        }

        var lines = Encoding.UTF8.GetString(body[..gap]).Split('\n');
        if (!lines[0].StartsWith(OldLead, StringComparison.Ordinal) || lines.Length > 1 + ProofLinesMax
            || !Checkpoint.TryParseSize(lines[0][OldLead.Length..], out var oldSize))
        {
            return false;
        }

        var proof = ImmutableArray.CreateBuilder<MerkleHash>(lines.Length - 1);
        foreach (var line in lines.Skip(1))
        {
            if (!MerkleHash.TryParse(line, out var hash))
            {
                return false;
            }

            proof.Add(hash);
        }

        request = new WitnessRequest(oldSize, proof.ToImmutable(), note, checkpoint);
        return true;
    }

    /// <summary>The body in UTF-8.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{OldLead}{OldSize}\n");
        foreach (var hash in Proof)
        {
            text.Append(hash).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').Append(Note).ToString());
    }
}
