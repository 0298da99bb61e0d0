namespace Sameboat.Record;

/// <summary>Why bytes are refused as an entry, in the order in which the reasons are looked for.</summary>
public enum EntryRefusal
{
    /// <summary>They are not refused.</summary>
    None,

    /// <summary>Longer than <see cref="Entry.LengthMax"/>.</summary>
    TooLong,

    /// <summary>Not strict JSON.</summary>
    NotJson,

    /// <summary>Strict JSON in another form than RFC 8785's.</summary>
    NotCanonical,

    /// <summary>Not an object.</summary>
    NotAnObject,

    /// <summary>A member is absent.</summary>
    MemberMissing,

    /// <summary>A member that entries do not have.</summary>
    MemberUnknown,

    /// <summary>A version other than <see cref="Entry.Version"/>.</summary>
    UnknownVersion,

    /// <summary>Not a UUID of version 7 in lower case.</summary>
    WrongId,

    /// <summary>Not <c>noun.verb</c>.</summary>
    WrongKind,

    /// <summary>Not a member id.</summary>
    WrongAuthor,

    /// <summary>Neither an entity id nor a slug.</summary>
    WrongSubject,

    /// <summary>Not a hybrid time in its text form.</summary>
    WrongTime,

    /// <summary>The body is not an object.</summary>
    WrongBody,

    /// <summary>A number with a fraction in the body: amounts are integers or decimal strings.</summary>
    FractionInBody,

    /// <summary>An integer in the body beyond <see cref="CanonicalJson.IntegerMax"/>, which readers may
    /// round.</summary>
    IntegerTooLarge,
}

/// <summary>What is wrong with an entry, where (a JSON Pointer, empty for the whole), and what was found.</summary>
public sealed record EntryFault(EntryRefusal Code, string Path, string Found)
{
    /// <summary>One line for a reader.</summary>
    public override string ToString() => Path.Length == 0 ? $"{Code}: {Found}" : $"{Code} at {Path}: {Found}";
}
