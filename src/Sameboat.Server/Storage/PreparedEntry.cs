using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>An entry with the bytes that are hashed and stored.</summary>
internal sealed class PreparedEntry(Entry entry, byte[] bytes)
{
    internal Entry Entry => entry;

    internal byte[] Bytes => bytes;

    internal Guid Id => entry.Id.Value;

    internal string Member { get; } = entry.Author.ToString();

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
