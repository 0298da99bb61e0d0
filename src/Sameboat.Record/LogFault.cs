namespace Sameboat.Record;

/// <summary>Why a log is refused, in the order in which the reasons are looked for.</summary>
public enum LogRefusal
{
    /// <summary>It is not refused.</summary>
    None,

    /// <summary>A file that the size calls for is absent.</summary>
    FileMissing,

    /// <summary>The checkpoint is no signed note.</summary>
    MalformedNote,

    /// <summary>The checkpoint is not signed by the key that was given, or its signature fails.</summary>
    SignatureFails,

    /// <summary>The signed text is not a checkpoint.</summary>
    MalformedCheckpoint,

    /// <summary>The checkpoint is of another log than the key or the earlier checkpoint.</summary>
    OtherOrigin,

    /// <summary>The checkpoint is smaller than one seen earlier.</summary>
    RolledBack,

    /// <summary>More entries than <see cref="LogVerifier.SizeMax"/>.</summary>
    TooLarge,

    /// <summary>A tile or bundle has not the length that the size calls for.</summary>
    WrongLength,

    /// <summary>An entry is not the one that was signed.</summary>
    EntryChanged,

    /// <summary>A tile of hashes is not the one that was signed.</summary>
    TileChanged,

    /// <summary>Entries and tiles agree with each other and not with the signed root.</summary>
    RootDiffers,

    /// <summary>The log does not extend the earlier checkpoint: two histories were signed. Keep both as
    /// evidence.</summary>
    Forked,
}

/// <summary>
/// The first thing wrong with a log: the file below its prefix, the index of the entry where one is meant, and what
/// was found.
/// </summary>
public sealed record LogFault(LogRefusal Code, string File, long? EntryIndex, string Found)
{
    /// <summary>One line for a reader.</summary>
    public override string ToString() =>
        EntryIndex is null ? $"{Code} in {File}: {Found}" : $"{Code} in {File}, entry {EntryIndex}: {Found}";
}
