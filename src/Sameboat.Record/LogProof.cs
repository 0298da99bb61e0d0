using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Sameboat.Record;

/// <summary>
/// The contents of a <c>.tlog-proof</c> file: with it and the entry's bytes anyone checks offline that the log holds
/// the entry. <paramref name="Extra"/> is free bytes, or default for none; <paramref name="Index"/> the entry's, from
/// 0; <paramref name="Path"/> the inclusion proof from the leaf's sibling upward; <paramref name="Note"/> the signed
/// checkpoint with its cosignatures.
/// </summary>
/// <remarks>C2SP tlog-proof.</remarks>
public sealed record LogProof(
    ImmutableArray<byte> Extra, long Index, ImmutableArray<MerkleHash> Path, SignedNote Note)
{
    /// <summary>The longest file read, in bytes.</summary>
    public const int LengthMax = 2 * SignedNote.LengthMax;

    private const string Head = "c2sp.org/tlog-proof@v1";
    private const string ExtraLead = "extra ";
    private const string IndexLead = "index ";

    /// <summary>A proof without extra bytes.</summary>
    public LogProof(long index, ImmutableArray<MerkleHash> path, SignedNote note) : this(default, index, path, note)
    {
    }

    /// <summary>Reads a file; false when its form is another. Nothing is verified.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out LogProof? proof)
    {
        proof = null;
        var gap = bytes.IndexOf("\n\n"u8);
        if (bytes.Length > LengthMax || gap < 0 || !System.Text.Unicode.Utf8.IsValid(bytes)
            || !SignedNote.TryParse(bytes[(gap + 2)..], out var note, out _))
        {
            return false;
        }

        var lines = new Queue<string>(Encoding.UTF8.GetString(bytes[..gap]).Split('\n'));
        if (lines.Dequeue() != Head)
        {
            return false;
        }

        ImmutableArray<byte> extra = default;
        if (lines.TryPeek(out var line) && line.StartsWith(ExtraLead, StringComparison.Ordinal))
        {
            if (!Base64Text.TryDecode(lines.Dequeue()[ExtraLead.Length..], out var decoded))
            {
                return false;
            }

            extra = [.. decoded];
        }

        if (!lines.TryDequeue(out line) || !TryParseIndex(line, out var index) || !TryParsePath(lines, out var path))
        {
            return false;
        }

        proof = new LogProof(extra, index, path, note);
        return true;
    }

    /// <summary>
    /// True when the log's key signed the checkpoint, its name is the checkpoint's origin, and the path ties the entry
    /// to the root. Give the keys of witnesses too: a known one that fails refuses the proof.
    /// </summary>
    public bool Verify(ReadOnlySpan<byte> entry, VerifierKey logKey, params IEnumerable<VerifierKey> witnesses)
    {
        ArgumentNullException.ThrowIfNull(logKey);
        var (refusal, verified) = Note.Check([logKey, .. witnesses]);
        return refusal == NoteRefusal.None && verified.Any(signature => signature.IsOf(logKey))
            && Checkpoint.TryParse(Note.Text, out var checkpoint) && checkpoint.Origin == logKey.Name
            && MerkleProof.VerifyInclusion(
                Index, checkpoint.Size, MerkleHash.Leaf(entry), Path, checkpoint.Root);
    }

    /// <summary>The file in UTF-8.</summary>
    public byte[] ToBytes()
    {
        var text = new StringBuilder(Head).Append('\n');
        if (!Extra.IsDefaultOrEmpty)
        {
            text.Append(ExtraLead).Append(Convert.ToBase64String(Extra.AsSpan())).Append('\n');
        }

        text.Append(CultureInfo.InvariantCulture, $"{IndexLead}{Index}\n");
        foreach (var hash in Path)
        {
            text.Append(hash).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').Append(Note).ToString());
    }

    private static bool TryParseIndex(string line, out long index)
    {
        index = 0;
        return line.StartsWith(IndexLead, StringComparison.Ordinal)
            && long.TryParse(line[IndexLead.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out index)
            && line == string.Create(CultureInfo.InvariantCulture, $"{IndexLead}{index}");
    }

    private static bool TryParsePath(Queue<string> lines, out ImmutableArray<MerkleHash> path)
    {
        path = [];
        if (lines.Count > MerkleProof.LengthMax)
        {
            return false;
        }

        var hashes = ImmutableArray.CreateBuilder<MerkleHash>(lines.Count);
        foreach (var line in lines)
        {
            if (!MerkleHash.TryParse(line, out var hash))
            {
                return false;
            }

            hashes.Add(hash);
        }

        path = hashes.ToImmutable();
        return true;
    }
}
