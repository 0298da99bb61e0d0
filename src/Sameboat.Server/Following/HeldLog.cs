using System.Text;
using Sameboat.Record;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Following;

/// <summary>
/// What this node holds of a log that it follows: up to its last checkpoint, or beyond it where a larger one is being
/// taken in parts.
/// </summary>
/// <param name="Followed">The row of the following.</param>
/// <param name="Key">The key that is held.</param>
/// <param name="Log">The log as it is served; null before its first checkpoint is taken whole.</param>
/// <param name="Head">The size and edge of all that is held.</param>
internal sealed record HeldLog(FollowedLogRow Followed, VerifierKey Key, LogRow? Log, LogHead Head)
{
    /// <summary>True while a checkpoint is being taken in parts.</summary>
    internal bool IsUnderWay => Followed.TakenNote.Length > 0;

    /// <summary>The signed note that vouches for what is held; null where nothing is.</summary>
    internal string? Note => IsUnderWay ? Followed.TakenNote : Log?.Checkpoint;

    /// <summary>Reads the head of all that is held.</summary>
    /// <exception cref="InvalidDataException">A stored head is damaged.</exception>
    internal static HeldLog Of(FollowedLogRow followed, LogRow? log)
    {
        var head = followed.TakenNote.Length > 0 ? LogHeads.HeadOf(followed.TakenSize, followed.TakenEdge)
            : log is not null ? LogHeads.HeadOf(log)
            : LogHead.Empty;
        return new HeldLog(
            followed, VerifierKey.Parse(followed.VerifierKey), log,
            head ?? throw new InvalidDataException($"The stored head of the log of {followed.Member} is damaged."));
    }

    /// <summary>
    /// What was signed of that: the checkpoint that is being taken, of which the entries held are the beginning, or the
    /// one of exactly what is held.
    /// </summary>
    internal Checkpoint Signed() => IsUnderWay
        && SignedNote.TryParse(Encoding.UTF8.GetBytes(Followed.TakenNote), out var note, out _)
        && Checkpoint.TryParse(note.Text, out var signed)
            ? signed
            : new Checkpoint(Key.Name, Head.Size, Head.Root());
}
