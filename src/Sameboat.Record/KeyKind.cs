namespace Sameboat.Record;

/// <summary>What a key signs; the number is the type byte of its verifier key.</summary>
public enum KeyKind
{
    /// <summary>The note text itself: the key of a log.</summary>
    Log = 0x01,

    /// <summary>A time and the note text: the key of a witness, which serves for nothing else.</summary>
    Witness = 0x04,
}
