namespace Sameboat.Record;

/// <summary>Why bytes are refused as strict JSON.</summary>
public enum JsonRefusal
{
    /// <summary>They are not refused.</summary>
    None,

    /// <summary>Not UTF-8, or a byte order mark in front.</summary>
    NotUtf8,

    /// <summary>Not one JSON value by RFC 8259, without comments or trailing commas.</summary>
    Malformed,

    /// <summary>More than <see cref="CanonicalJson.DepthMax"/> arrays and objects inside each other.</summary>
    TooDeep,

    /// <summary>Two members of an object with the same name.</summary>
    DuplicateKey,

    /// <summary>An escaped surrogate without its partner: no character.</summary>
    LoneSurrogate,

    /// <summary>A number beyond the range of a double.</summary>
    NumberOutOfRange,
}

/// <summary>What is wrong with JSON bytes, and where: a JSON Pointer (RFC 6901), empty for the whole.</summary>
public sealed record JsonFault(JsonRefusal Code, string Path)
{
    /// <summary>One line for a reader.</summary>
    public override string ToString() => Path.Length == 0 ? $"{Code}" : $"{Code} at {Path}";
}
