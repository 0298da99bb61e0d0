using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Sameboat.Record;

/// <summary>Who may read the body of an entry.</summary>
public enum Visibility
{
    /// <summary>Everyone: the body stands in the log.</summary>
    Public,

    /// <summary>Every member whose log is known here.</summary>
    Members,

    /// <summary>The author and the members named as recipients.</summary>
    Parties,
}

/// <summary>
/// What stands in the log in place of a body that is not for everyone: a salted commitment to it, and who may read it.
/// The body and its salt lie beside the log. Whoever is given both can check them against the entry, now or years
/// later; when both are deleted, the log still verifies and nothing can be learnt from it.
/// </summary>
/// <param name="Visibility"><see cref="Visibility.Members"/> or <see cref="Visibility.Parties"/>.</param>
/// <param name="Recipients">The parties beside the author, in ordinal order, each once; empty for members.</param>
/// <param name="Commitment">32 bytes.</param>
/// <remarks>
/// The commitment is SHA-256(salt || body), the salt 32 bytes that nobody can guess, the body its RFC 8785 bytes. The
/// body of the entry is <c>{"sealed":{"commitment":base64,"recipients":[...],"visibility":"parties"}}</c>.
/// </remarks>
public sealed record SealedBody(
    Visibility Visibility, ImmutableArray<MemberId> Recipients, ImmutableArray<byte> Commitment)
{
    /// <summary>The length of a salt, in bytes.</summary>
    public const int SaltLength = 32;

    /// <summary>The most recipients.</summary>
    public const int RecipientsMax = 256;

    private const string Member = "sealed";

    /// <summary>Seals a body.</summary>
    /// <param name="body">In the form its kind demands.</param>
    /// <param name="salt">32 bytes from the system's random source, never used twice.</param>
    /// <param name="visibility">Not public.</param>
    /// <param name="recipients">At least one for parties, none for members.</param>
    /// <exception cref="ArgumentException">An argument is outside the stated range.</exception>
    public static SealedBody Of(
        JsonObject body, ReadOnlySpan<byte> salt, Visibility visibility, IEnumerable<MemberId> recipients)
    {
        ArgumentNullException.ThrowIfNull(body);
        var sorted = recipients.Distinct().Order().ToImmutableArray();
        if (visibility == Visibility.Public || sorted.Length > RecipientsMax
            || (visibility == Visibility.Parties) == sorted.IsEmpty)
        {
            throw new ArgumentException(
                $"{visibility} with {sorted.Length} recipients cannot be sealed.", nameof(recipients));
        }

        return new SealedBody(visibility, sorted, [.. Commit(salt, CanonicalJson.Serialize(body))]);
    }

    /// <summary>SHA-256(salt || body).</summary>
    /// <exception cref="ArgumentException">The salt is not 32 bytes.</exception>
    public static byte[] Commit(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> body)
    {
        if (salt.Length != SaltLength)
        {
            throw new ArgumentException($"A salt has {SaltLength} bytes, not {salt.Length}.", nameof(salt));
        }

        return SHA256.HashData([.. salt, .. body]);
    }

    /// <summary>True when an entry's body claims to be sealed, well-formed or not.</summary>
    public static bool IsSealed(JsonObject body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return body.Count == 1 && body.ContainsKey(Member);
    }

    /// <summary>Reads an entry's body; false when it is not sealed or another form than the remarks state.</summary>
    public static bool TryParse(JsonObject body, [NotNullWhen(true)] out SealedBody? head)
    {
        head = null;
        if (!IsSealed(body) || body[Member] is not JsonObject { Count: 3 } members
            || !Base64Text.TryDecode(Text(members["commitment"]), out var commitment)
            || commitment.Length != SHA256.HashSizeInBytes
            || members["recipients"] is not JsonArray { Count: <= RecipientsMax } named)
        {
            return false;
        }

        var recipients = ImmutableArray.CreateBuilder<MemberId>(named.Count);
        foreach (var node in named)
        {
            if (!MemberId.TryParse(Text(node), out var member) || member.ToString() != Text(node)
                || (recipients.Count > 0 && recipients[^1].CompareTo(member) >= 0))
            {
                return false;
            }

            recipients.Add(member);
        }

        Visibility? visibility = Text(members["visibility"]) switch
        {
            "members" when recipients.Count == 0 => Visibility.Members,
            "parties" when recipients.Count > 0 => Visibility.Parties,
            _ => null,
        };
        head = visibility is { } known ? new SealedBody(known, recipients.ToImmutable(), [.. commitment]) : null;
        return head is not null;
    }

    /// <summary>The body that stands in the log.</summary>
    public JsonObject ToBody() => new()
    {
        [Member] = new JsonObject
        {
            ["commitment"] = Convert.ToBase64String(Commitment.AsSpan()),
            ["recipients"] = new JsonArray([.. Recipients.Select(one => JsonValue.Create(one.ToString()))]),
            ["visibility"] = Visibility == Visibility.Members ? "members" : "parties",
        },
    };

    /// <summary>True when the author or the member named may read it.</summary>
    /// <param name="reader">A member whose log is known.</param>
    /// <param name="author">Whose entry it is.</param>
    public bool IsFor(MemberId reader, MemberId author) =>
        !reader.IsNone && (Visibility == Visibility.Members || reader == author || Recipients.Contains(reader));

    /// <summary>
    /// Opens the seal: the body, or null when salt and bytes do not give the commitment or are no canonical object.
    /// </summary>
    public JsonObject? Open(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> body) =>
        salt.Length == SaltLength
        && Commit(salt, body).AsSpan().SequenceEqual(Commitment.AsSpan())
        && CanonicalJson.TryParse(body, out var value, out _)
        && value is JsonObject opened
        && CanonicalJson.Serialize(opened).AsSpan().SequenceEqual(body)
            ? opened
            : null;

    /// <summary>True when all members agree.</summary>
    public bool Equals(SealedBody? other) =>
        other is not null && Visibility == other.Visibility && Recipients.SequenceEqual(other.Recipients)
        && Commitment.SequenceEqual(other.Commitment);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Visibility, Recipients.Length, Commitment[0]);

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
