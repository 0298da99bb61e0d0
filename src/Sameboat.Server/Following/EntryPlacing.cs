using System.Buffers.Binary;
using System.Security.Cryptography;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Following;

/// <summary>
/// Makes the rows of a log that another has signed, in its order. What may not count in this log is kept, since the
/// tree holds it, and gets no subject, so that no fold ever sees it: what is no entry, an entry of another author than
/// the log's member, and an entry whose id the log has used before.
/// </summary>
internal sealed class EntryPlacing(string member)
{
    /// <summary>The bytes are no entry.</summary>
    internal const string NotAnEntry = "not-an-entry";

    /// <summary>The author is another than the member whose log it is.</summary>
    internal const string OtherAuthor = "other-author";

    /// <summary>The log has used the id before.</summary>
    internal const string IdTwice = "id-twice";

    /// <summary>The subject of a row that counts for nothing; no entry can have it.</summary>
    internal const string NoSubject = "";

    private const string NoKind = "-";

    private readonly HashSet<Guid> _used = [];

    /// <summary>Takes note of ids that the log holds already.</summary>
    internal void Know(IEnumerable<Guid> ids) => _used.UnionWith(ids);

    /// <summary>The entry that bytes spell, or null.</summary>
    internal static PreparedEntry? Read(ReadOnlyMemory<byte> bytes) =>
        PreparedEntry.TryOf(bytes, out var entry, out _) ? entry : null;

    /// <summary>The row of bytes with the entry they spell, if any; positions are given in order, each once.</summary>
    internal EntryRow Place(ReadOnlyMemory<byte> bytes, PreparedEntry? entry, long position)
    {
        var leaf = entry?.Leaf ?? MerkleHash.Leaf(bytes.Span);
        if (entry is not null && entry.Member == member && _used.Add(entry.Id))
        {
            return entry.ToRow(position, leaf);
        }

        return new EntryRow
        {
            Member = member,
            Position = position,
            Id = IdFor(leaf, position),
            Kind = entry?.Entry.Kind ?? NoKind,
            Subject = NoSubject,
            At = entry?.Entry.At.UnixMicroseconds ?? 0,
            AtCounter = entry?.Entry.At.Counter ?? 0,
            Bytes = bytes.ToArray(),
            LeafHash = leaf.ToBytes(),
        };
    }

    /// <summary>Why a row without a subject counts for nothing.</summary>
    internal static string ReasonOf(EntryRow row) =>
        !Entry.TryParse(row.Bytes, out var entry, out _) ? NotAnEntry
        : entry.Author.ToString() != row.Member ? OtherAuthor
        : IdTwice;

    // The log may say any id, so a row that may not carry it gets one of its place and bytes, the same on every node.
    // It is a UUID of version 8, and entries have version 7: no log can be made so that the two meet.
    private static Guid IdFor(MerkleHash leaf, long position)
    {
        const int Version = 8;
        Span<byte> seed = stackalloc byte[MerkleHash.Length + sizeof(long)];
        leaf.CopyTo(seed);
        BinaryPrimitives.WriteInt64BigEndian(seed[MerkleHash.Length..], position);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(seed, hash);
        hash[6] = (byte)((hash[6] & 0x0F) | (Version << 4));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}
