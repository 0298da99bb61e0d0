using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Sameboat.Record;

/// <summary>
/// One thing a member says in its own log. <paramref name="Id"/> is a UUID of version 7 chosen by the author's client,
/// so that saying it twice counts once; <paramref name="Kind"/> is <c>noun.verb</c>; <paramref name="Subject"/> is the
/// <see cref="EntityName"/> of what it is about, or an id or a slug where that is nobody's entity;
/// <paramref name="At"/> orders it among the entries of all logs; <paramref name="Body"/> depends on the kind. Amounts
/// are integers or decimal strings. The constructor checks nothing: <see cref="TryToCanonicalBytes"/> does.
/// </summary>
/// <remarks>Do not change the body of an entry that has been handed on.</remarks>
public sealed record Entry(
    EntityId Id, string Kind, MemberId Author, string Subject, HybridTime At, JsonObject Body)
{
    /// <summary>The version of the form, the member <c>v</c>.</summary>
    public const int Version = 1;

    /// <summary>The longest entry in canonical bytes, set by the two-byte length of C2SP entry bundles.</summary>
    public const int LengthMax = 65_535;

    /// <summary>The longest kind, in characters.</summary>
    public const int KindLengthMax = 64;

    /// <summary>The longest subject, in characters.</summary>
    public const int SubjectLengthMax = 128;

    /// <summary>Reads canonical bytes; on false the fault names the first thing wrong.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out Entry? entry, [NotNullWhen(false)] out EntryFault? fault) =>
        EntryForm.TryRead(bytes, out entry, out fault);

    /// <summary>Writes the canonical bytes; on false the fault names the first thing that no entry may have.</summary>
    public bool TryToCanonicalBytes(
        [NotNullWhen(true)] out byte[]? bytes, [NotNullWhen(false)] out EntryFault? fault)
    {
        // Reading back what was written holds the writer to every rule of the reader.
        var written = EntryForm.Write(this);
        var read = EntryForm.TryRead(written, out _, out fault);
        bytes = read ? written : null;
        return read;
    }

    /// <summary>As <see cref="TryToCanonicalBytes"/>, throwing in place of answering false.</summary>
    /// <exception cref="InvalidOperationException">The entry breaks a rule of the form.</exception>
    public byte[] ToCanonicalBytes() =>
        TryToCanonicalBytes(out var bytes, out var fault)
            ? bytes
            : throw new InvalidOperationException($"This is no entry: {fault}");

    /// <summary>True when all members agree, the body by value.</summary>
    public bool Equals(Entry? other) =>
        other is not null && Id == other.Id && Kind == other.Kind && Author == other.Author
        && Subject == other.Subject && At == other.At && JsonNode.DeepEquals(Body, other.Body);

    /// <inheritdoc/>
    public override int GetHashCode() => Id.GetHashCode();
}
