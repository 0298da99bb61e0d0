using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Sameboat.Record;

/// <summary>
/// What a log's key signs: the log's origin, its size in entries, 0 or more, and the root of its tree.
/// <paramref name="Extensions"/> are further lines, which this product reads and keeps, and never writes itself.
/// </summary>
/// <remarks>C2SP tlog-checkpoint.</remarks>
public sealed record Checkpoint(string Origin, long Size, MerkleHash Root, ImmutableArray<string> Extensions)
{
    /// <summary>The most extension lines read.</summary>
    public const int ExtensionsMax = 16;

    private const int FixedLines = 3;

    /// <summary>A checkpoint without extension lines.</summary>
    public Checkpoint(string origin, long size, MerkleHash root) : this(origin, size, root, [])
    {
    }

    /// <summary>Reads the text of a checkpoint's note; false when it is not three or more lines of the right form.
    /// </summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Checkpoint? checkpoint)
    {
        checkpoint = null;
        if (text is null || !text.EndsWith('\n'))
        {
            return false;
        }

        var lines = text[..^1].Split('\n');
        if (lines.Length is < FixedLines or > FixedLines + ExtensionsMax || lines.Contains("")
            || !TryParseSize(lines[1], out var size) || !MerkleHash.TryParse(lines[2], out var root)
            || (size == 0 && root != MerkleHash.EmptyTree))
        {
            return false;
        }

        checkpoint = new Checkpoint(lines[0], size, root, [.. lines[FixedLines..]]);
        return true;
    }

    /// <summary>
    /// Reads a signed checkpoint and checks it against the key of its log, whose name must be the origin. On null the
    /// refusal says why.
    /// </summary>
    public static Checkpoint? Open(ReadOnlySpan<byte> bytes, VerifierKey logKey, out NoteRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(logKey);
        if (!SignedNote.TryParse(bytes, out var note, out refusal))
        {
            return null;
        }

        refusal = note.Check([logKey]).Refusal;
        if (refusal != NoteRefusal.None)
        {
            return null;
        }

        if (TryParse(note.Text, out var checkpoint) && checkpoint.Origin == logKey.Name)
        {
            return checkpoint;
        }

        refusal = NoteRefusal.NotACheckpoint;
        return null;
    }

    /// <summary>The text that is signed: one line each, each with its line end.</summary>
    public string ToNoteText()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root}\n");
        foreach (var line in Extensions)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Signs with the log's key, whose name must be the origin.</summary>
    /// <exception cref="ArgumentException">The key has another name.</exception>
    public SignedNote Sign(SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (key.Name != Origin)
        {
            throw new ArgumentException($"The log {Origin} is not signed by the key {key.Name}.", nameof(key));
        }

        var text = ToNoteText();
        return new SignedNote(text, [key.Sign(text)]);
    }

    /// <summary>True when every line agrees.</summary>
    public bool Equals(Checkpoint? other) => other is not null && ToNoteText() == other.ToNoteText();

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Origin, Size, Root);

    internal static bool TryParseSize(string text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size)
        && text == size.ToString(CultureInfo.InvariantCulture);
}
