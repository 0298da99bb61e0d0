namespace Sameboat.Record;

/// <summary>
/// Finds in the entries of one log, read in their order, who is said to hold its key: the latest statement by time and
/// then by position, as the fold has it. What does not name the kind is passed over unread.
/// </summary>
/// <param name="origin">The log's, which ends with the id of the member whose log it is.</param>
internal sealed class KeyHoldingReader(string origin)
{
    private readonly string _member = origin[(origin.LastIndexOf('/') + 1)..];
    private KeyHolding? _latest;
    private HybridTime _at;

    // As canonical JSON spells it: no white space, and no escape that these letters need.
    private static ReadOnlySpan<byte> Mark => "\"kind\":\"key.held\""u8;

    /// <summary>Looks at the next entry.</summary>
    internal void Look(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf(Mark) < 0 || !Entry.TryParse(bytes, out var entry, out _)
            || entry.Author.ToString() != _member || !KeyHolding.TryRead(entry, out var holding)
            || (_latest is not null && entry.At.CompareTo(_at) < 0))
        {
            return;
        }

        _latest = holding;
        _at = entry.At;
    }

    /// <summary>
    /// The statement about the key that signs a checkpoint; null when there is none, or the latest one is about another
    /// key.
    /// </summary>
    /// <param name="note">The checkpoint as it was signed.</param>
    /// <param name="signer">
    /// The key that is known to have signed it; null where none is known. Then it is the one key that signs under the
    /// log's name: a checkpoint by which one key hands over to the next bears both, and the first has ended.
    /// </param>
    internal KeyHolding? Of(SignedNote note, VerifierKey? signer) =>
        _latest is { } held && held.Key.Name == origin
        && (signer?.Equals(held.Key) ?? note.Signatures.Where(one => one.Name == origin).All(one => one.IsOf(held.Key)))
        && note.Signatures.Any(one => one.IsOf(held.Key))
            ? held
            : null;
}
