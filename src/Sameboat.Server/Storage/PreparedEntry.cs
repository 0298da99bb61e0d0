using System.Diagnostics.CodeAnalysis;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>An entry with the bytes that are hashed and stored.</summary>
internal sealed class PreparedEntry(Entry entry, byte[] bytes)
{
    internal Entry Entry => entry;

    internal byte[] Bytes => bytes;

    internal Guid Id => entry.Id.Value;

    internal string Member { get; } = entry.Author.ToString();

    /// <summary>Hashed by whoever prepares the entry, so that the one writer need not.</summary>
    internal MerkleHash Leaf { get; } = MerkleHash.Leaf(bytes);

    /// <summary>Takes an entry made in code; on false the fault names the rule that it breaks.</summary>
    internal static bool TryOf(
        Entry entry, [NotNullWhen(true)] out PreparedEntry? prepared, [NotNullWhen(false)] out EntryFault? fault)
    {
        prepared = entry.TryToCanonicalBytes(out var bytes, out fault) ? new PreparedEntry(entry, bytes) : null;
        return prepared is not null;
    }

    /// <summary>Takes the canonical bytes of an entry as they came in.</summary>
    internal static bool TryOf(
        ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out PreparedEntry? prepared,
        [NotNullWhen(false)] out EntryFault? fault)
    {
        prepared = Entry.TryParse(bytes.Span, out var entry, out fault)
            ? new PreparedEntry(entry, bytes.ToArray())
            : null;
        return prepared is not null;
    }

    internal EntryRow ToRow(long position, MerkleHash leaf) => new()
    {
        Member = Member,
        Position = position,
        Id = Id,
        Kind = entry.Kind,
        Subject = entry.Subject,
        At = entry.At.UnixMicroseconds,
        AtCounter = entry.At.Counter,
        Bytes = bytes,
        LeafHash = leaf.ToBytes(),
        Source = entry,
    };
}
