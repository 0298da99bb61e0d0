using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>
/// The head of one member's log. Its row lock orders the appends of that log, which is what keeps positions dense:
/// a global sequence would commit out of order and readers would skip entries.
/// </summary>
internal sealed class LogRow
{
    public required string Member { get; init; }

    /// <summary>The C2SP origin, which is also the name of the signing key.</summary>
    public required string Origin { get; init; }

    /// <summary>The public half of the key that signs now, as a C2SP verifier key.</summary>
    public required string VerifierKey { get; set; }

    /// <summary>How many entries the log holds; positions run from 0 to Size - 1.</summary>
    public long Size { get; set; }

    /// <summary>The hashes along the right edge of the tree of that size, 32 bytes each: all an append needs.</summary>
    public required byte[] Edge { get; set; }

    /// <summary>The signed checkpoint of exactly that size.</summary>
    public required string Checkpoint { get; set; }
}

/// <summary>One entry of a log, stored in the bytes that were signed.</summary>
internal sealed class EntryRow
{
    public required string Member { get; init; }

    public required long Position { get; init; }

    /// <summary>
    /// The client's id, by which a retried write is done once: unique in its author's log. Logs of others that are
    /// followed may hold any id, so nothing rests on its being unique over all of them.
    /// </summary>
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required string Subject { get; init; }

    /// <summary>The entry's own time: microseconds since 1970.</summary>
    public required long At { get; init; }

    /// <summary>The logical part of the entry's time, which orders entries of one microsecond.</summary>
    public required int AtCounter { get; init; }

    /// <summary>Canonical JSON.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>SHA-256(0x00 || Bytes), 32 bytes.</summary>
    public required byte[] LeafHash { get; init; }

    /// <summary>The entry the bytes were made of, where the row was just made; not a column.</summary>
    public Entry? Source { get; init; }

    /// <summary>The entry that the bytes spell.</summary>
    /// <exception cref="InvalidDataException">The stored bytes are damaged.</exception>
    public Entry ToEntry() => Source ?? Read();

    private Entry Read() =>
        Entry.TryParse(Bytes, out var entry, out var fault)
            ? entry
            : throw new InvalidDataException($"The stored entry {Member}/{Position} is damaged. {fault}");
}

/// <summary>
/// The tree hash of one full tile of 256 hashes: the hash at <see cref="Index"/> of the level above. With these, a
/// root or a proof reads at most 255 hashes a level, whatever the size of the log.
/// </summary>
internal sealed class TileHashRow
{
    public required string Member { get; init; }

    /// <summary>
    /// The C2SP tile level the hash stands in, at least 1; level 0 is the leaf hashes of the entries.
    /// </summary>
    public required int Level { get; init; }

    public required long Index { get; init; }

    /// <summary>32 bytes.</summary>
    public required byte[] Hash { get; init; }
}
