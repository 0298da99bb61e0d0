namespace Sameboat.Record;

/// <summary>Why a witness does not cosign, in the order in which the reasons are looked for.</summary>
public enum WitnessRefusal
{
    /// <summary>It cosigns.</summary>
    None,

    /// <summary>The witness does not know the origin (HTTP 404).</summary>
    UnknownOrigin,

    /// <summary>No signature of the log's key, or one that fails (HTTP 403).</summary>
    WrongSignature,

    /// <summary>The old size is above the checkpoint's (HTTP 400).</summary>
    OldSizeAboveNew,

    /// <summary>The old size is not the one last cosigned (HTTP 409, with that size).</summary>
    OldSizeNotLast,

    /// <summary>The proof does not hold, or the root differs at an equal size (HTTP 422).</summary>
    ProofFails,
}

/// <summary>
/// The decision of a witness, without its storing: deciding and storing are one atomic step of the caller, or two
/// requests at once roll the log back.
/// </summary>
/// <remarks>C2SP tlog-witness.</remarks>
public static class Witness
{
    /// <summary>
    /// Decides whether the checkpoint may be cosigned; when it may, store it before a signature leaves.
    /// </summary>
    /// <param name="request">What was asked.</param>
    /// <param name="logKey">The key this witness knows for the request's origin; null when it knows none.</param>
    /// <param name="last">The checkpoint last cosigned for the origin; null when there was none.</param>
    public static WitnessRefusal Decide(WitnessRequest request, VerifierKey? logKey, Checkpoint? last)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (logKey is null || logKey.Name != request.Checkpoint.Origin
            || (last is not null && last.Origin != request.Checkpoint.Origin))
        {
            return WitnessRefusal.UnknownOrigin;
        }

        if (request.Note.Check([logKey]).Refusal != NoteRefusal.None)
        {
            return WitnessRefusal.WrongSignature;
        }

        if (request.OldSize > request.Checkpoint.Size)
        {
            return WitnessRefusal.OldSizeAboveNew;
        }

        if (request.OldSize != (last?.Size ?? 0))
        {
            return WitnessRefusal.OldSizeNotLast;
        }

        var holds = MerkleProof.VerifyConsistency(
            request.OldSize, request.Checkpoint.Size, request.Proof,
            last?.Root ?? MerkleHash.EmptyTree, request.Checkpoint.Root);
        return holds ? WitnessRefusal.None : WitnessRefusal.ProofFails;
    }
}
