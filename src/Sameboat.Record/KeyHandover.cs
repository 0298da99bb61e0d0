using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Sameboat.Record;

/// <summary>
/// How a log's key hands over to the next: the last entry under the old key names the new one, and the checkpoint that
/// ends with that entry is signed by both. Whoever holds the old key finds the new one by it, without trusting whoever
/// carries the files.
/// </summary>
/// <param name="To">The key that signs from there on.</param>
/// <param name="Checkpoint">Ends with the entry that names it.</param>
/// <param name="Note">The checkpoint as both keys signed it.</param>
public sealed record KeyHandover(VerifierKey To, Checkpoint Checkpoint, SignedNote Note)
{
    /// <summary>The kind of the entry that names the next key.</summary>
    public const string Kind = "key.rotated";

    /// <summary>The most handovers of one log that are read.</summary>
    public const int CountMax = 64;

    private const string Lead = "handover/";
    private const string Next = "next";

    /// <summary>Where the handover of that number lies below the log's prefix; the first is 1.</summary>
    public static string PathOf(int number) => string.Create(CultureInfo.InvariantCulture, $"{Lead}{number}");

    /// <summary>True for a path that <see cref="PathOf"/> gives.</summary>
    public static bool TryParsePath(string? path, out int number)
    {
        number = 0;
        return path is not null && path.StartsWith(Lead, StringComparison.Ordinal)
            && int.TryParse(path.AsSpan(Lead.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number is > 0 and <= CountMax && path == PathOf(number);
    }

    /// <summary>The body of the entry that names the next key.</summary>
    public static JsonObject Statement(VerifierKey next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new JsonObject { [Next] = next.ToString() };
    }

    /// <summary>The key that an entry hands over to; false when it hands over to none of the same log.</summary>
    public static bool TryReadNext(ReadOnlySpan<byte> entry, VerifierKey from, [NotNullWhen(true)] out VerifierKey? to)
    {
        ArgumentNullException.ThrowIfNull(from);
        to = null;
        return Entry.TryParse(entry, out var read, out _) && read.Kind == Kind
            && read.Body[Next] is JsonValue named && named.TryGetValue<string>(out var text)
            && VerifierKey.TryParse(text, out to)
            && to.Kind == KeyKind.Log && to.Name == from.Name && !to.Equals(from);
    }

    /// <summary>
    /// Reads a handover from its note and the last entry that the note covers; null when the note is not signed by
    /// both keys or the entry names none. That the entry stands in the log is for the caller to check.
    /// </summary>
    public static KeyHandover? Open(ReadOnlySpan<byte> note, ReadOnlySpan<byte> entry, VerifierKey from) =>
        SignedNote.TryParse(note, out var signed, out _)
        && Record.Checkpoint.Open(note, from, out _) is { Size: > 0 } checkpoint
        && TryReadNext(entry, from, out var to) && signed.Check([to]).Refusal == NoteRefusal.None
            ? new KeyHandover(to, checkpoint, signed)
            : null;

    /// <summary>
    /// From a key that signed the log once to the one that signs it now, over every handover between them. The entries
    /// are read as they lie there: compare each handover's root with the tree once that is known. On a gap the last
    /// key that was reached is given, and the log's checkpoint is not signed by it.
    /// </summary>
    /// <param name="read">The bytes of a file by its path below the log's prefix; null when it is absent.</param>
    /// <param name="from">The key that is known.</param>
    public static (VerifierKey Key, ImmutableArray<KeyHandover> Passed) Pass(
        Func<string, byte[]?> read, VerifierKey from)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(from);
        var key = from;
        var passed = ImmutableArray.CreateBuilder<KeyHandover>();
        if (read(TilePath.Checkpoint) is not { } newest || !SignedNote.TryParse(newest, out var note, out _)
            || note.Check([key]).Refusal != NoteRefusal.NoKnownKey
            || !Record.Checkpoint.TryParse(note.Text, out var head))
        {
            return (key, []);
        }

        var reader = new TileReader(read);
        for (var number = 1; number <= CountMax && read(PathOf(number)) is { } bytes; number++)
        {
            if (Record.Checkpoint.Open(bytes, key, out _) is { Size: > 0 } covered && covered.Size <= head.Size
                && LastEntry(reader, covered.Size, head.Size) is { } entry
                && Open(bytes, entry.Span, key) is { } handover)
            {
                passed.Add(handover);
                key = handover.To;
            }
        }

        return (key, passed.ToImmutable());
    }

    private static ReadOnlyMemory<byte>? LastEntry(TileReader reader, long size, long headSize)
    {
        var bundle = (size - 1) / TilePath.FullWidth;
        var width = (int)Math.Min(TilePath.FullWidth, headSize - (bundle * TilePath.FullWidth));
        return reader.TryReadEntries(TilePath.Entries(bundle, width), out var entries, out _)
            ? entries[(int)((size - 1) % TilePath.FullWidth)]
            : null;
    }
}
