using System.Diagnostics.CodeAnalysis;

namespace Sameboat.Record;

/// <summary>
/// What a log has said since it was last followed: either <see cref="Fault"/>, or the new head, to be kept for the next
/// time, and the new entries.
/// </summary>
public sealed class LogContinuation
{
    private readonly LogHead? _since;
    private readonly IReadOnlyList<MerkleHash> _leaves = [];
    private readonly TileReader? _reader;

    internal LogContinuation(LogFault fault) => Fault = fault;

    internal LogContinuation(
        Checkpoint checkpoint, SignedNote note, LogHead since, LogHead head, IReadOnlyList<MerkleHash> leaves,
        TileReader reader)
    {
        Checkpoint = checkpoint;
        Note = note;
        Head = head;
        _since = since;
        _leaves = leaves;
        _reader = reader;
    }

    /// <summary>True when the log extends what was known of it.</summary>
    [MemberNotNullWhen(true, nameof(Checkpoint), nameof(Note), nameof(Head))]
    [MemberNotNullWhen(false, nameof(Fault))]
    public bool IsSound => Fault is null;

    /// <summary>What was wrong first; null when nothing was.</summary>
    public LogFault? Fault { get; }

    /// <summary>Origin, size and root as signed; null when something was wrong.</summary>
    public Checkpoint? Checkpoint { get; }

    /// <summary>The checkpoint with all its signatures; null when something was wrong.</summary>
    public SignedNote? Note { get; }

    /// <summary>The head to go on from; null when something was wrong.</summary>
    public LogHead? Head { get; }

    /// <summary>The new entries in order with their indexes, read again and each compared with the hash that was
    /// checked.</summary>
    /// <exception cref="InvalidOperationException">The log does not extend what was known.</exception>
    /// <exception cref="InvalidDataException">A file has changed since it was checked.</exception>
    public IEnumerable<(long Index, ReadOnlyMemory<byte> Entry)> Entries()
    {
        if (!IsSound)
        {
            throw new InvalidOperationException($"The log does not extend what was known: {Fault}");
        }

        return LogFollower.Read(_since!.Size, _leaves, _reader!, Checkpoint.Size);
    }
}
