using System.Diagnostics.CodeAnalysis;

namespace Sameboat.Record;

/// <summary>
/// The outcome of checking a log. Either <see cref="Fault"/> names the first thing wrong, or every entry and every
/// tile is what <see cref="Checkpoint"/> commits to and <see cref="Tree"/> gives proofs.
/// </summary>
public sealed class LogVerification
{
    private readonly TileReader? _reader;

    internal LogVerification(LogFault fault) => Fault = fault;

    internal LogVerification(
        Checkpoint checkpoint, SignedNote note, VerifierKey? key, MerkleTree tree, TileReader reader)
    {
        Checkpoint = checkpoint;
        Note = note;
        SignedBy = key;
        Tree = tree;
        _reader = reader;
    }

    /// <summary>True when nothing was wrong.</summary>
    [MemberNotNullWhen(true, nameof(Checkpoint), nameof(Note), nameof(Tree))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsSound => Fault is null;

    /// <summary>What was wrong first; null when nothing was.</summary>
    public LogFault? Fault { get; }

    /// <summary>Origin, size and root; null when something was wrong.</summary>
    public Checkpoint? Checkpoint { get; }

    /// <summary>The checkpoint with all its signatures, also those of keys that were not given.</summary>
    public SignedNote? Note { get; }

    /// <summary>
    /// The key that signed the checkpoint: the one that was given, or the one that it handed over to. Null when no key
    /// was given: then all is in agreement, and nobody is known to have signed it.
    /// </summary>
    public VerifierKey? SignedBy { get; }

    /// <summary>
    /// Who holds the key that signed the checkpoint, as the log itself says; null when it says nothing of it, and when
    /// something was wrong.
    /// </summary>
    public KeyHolding? HeldBy { get; internal init; }

    /// <summary>The tree of the log; null when something was wrong.</summary>
    public MerkleTree? Tree { get; }

    /// <summary>
    /// The entries from an index on, read again bundle by bundle and each compared with the hash that was checked.
    /// </summary>
    /// <exception cref="InvalidOperationException">The log is not sound.</exception>
    /// <exception cref="InvalidDataException">A file has changed since it was checked.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Entries(long from = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        if (!IsSound)
        {
            throw new InvalidOperationException($"The log is not sound: {Fault}");
        }

        return Read(Tree, _reader!, from);
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Read(MerkleTree tree, TileReader reader, long from)
    {
        for (var index = from; index < tree.Size;)
        {
            var bundle = index / TilePath.FullWidth;
            var width = Math.Min(TilePath.FullWidth, tree.Size - (bundle * TilePath.FullWidth));
            var path = TilePath.Entries(bundle, (int)width);
            if (!reader.TryReadEntries(path, out var entries, out var fault))
            {
                throw new InvalidDataException(fault.ToString());
            }

            for (var at = (int)(index % TilePath.FullWidth); at < entries.Count; at++, index++)
            {
                if (MerkleHash.Leaf(entries[at].Span) != tree.Node(0, index))
                {
                    throw new InvalidDataException($"Entry {index} in {path} has changed since it was checked.");
                }

                yield return entries[at];
            }
        }
    }
}
