using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;

namespace Sameboat.Record;

/// <summary>
/// A member's log says who holds the secret of the key that signs it, where that is not the member alone: a node signs
/// for a member by this entry's leave and shows it. The statement names the key, so that it ends by itself when the log
/// changes to a key that nobody has declared to hold.
/// </summary>
/// <param name="Member">Whose log it is; the entry's author.</param>
/// <param name="Host">
/// Who holds the secret: the name of an operator or of the node's host, or the id of a member. The member's own id says
/// that the member holds it itself. From 1 to <see cref="HostLengthMax"/> characters, no control characters.
/// </param>
/// <param name="Key">The key that is held.</param>
public sealed record KeyHolding(MemberId Member, string Host, VerifierKey Key)
{
    /// <summary>The kind of the entry.</summary>
    public const string Kind = "key.held";

    /// <summary>The longest name of a host, in characters.</summary>
    public const int HostLengthMax = 200;

    private const string Noun = "key";
    private const string SubjectName = "host";
    private const string HostPath = "host";
    private const string KeyPath = "key";

    /// <summary>True when the member says that it holds its key itself.</summary>
    public bool IsByItself => Host == Member.ToString();

    /// <summary>What the statements of a log are about: one entity a log, whose latest statement counts.</summary>
    public static EntityName SubjectOf(MemberId member) => EntityName.Of(Noun, member, SubjectName);

    /// <summary>True for a text that can name a host.</summary>
    public static bool IsHost([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= HostLengthMax } && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl);

    /// <summary>The body of the entry.</summary>
    /// <exception cref="ArgumentException"><see cref="IsHost"/> is false of the host.</exception>
    public static JsonObject Statement(string host, VerifierKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return IsHost(host)
            ? new JsonObject { [HostPath] = host, [KeyPath] = key.ToString() }
            : throw new ArgumentException(
                $"The name of a host has 1 to {HostLengthMax} characters, none a control character.", nameof(host));
    }

    /// <summary>Reads the statement of an entry; false when it is none, or not its author's of its own log.</summary>
    public static bool TryRead(Entry entry, [NotNullWhen(true)] out KeyHolding? holding)
    {
        ArgumentNullException.ThrowIfNull(entry);
        holding = entry.Kind == Kind && entry.Subject == SubjectOf(entry.Author).ToString()
            && Text(entry.Body, HostPath) is { } host && IsHost(host)
            && VerifierKey.TryParse(Text(entry.Body, KeyPath), out var key) && key.Kind == KeyKind.Log
                ? new KeyHolding(entry.Author, host, key)
                : null;
        return holding is not null;
    }

    private static string? Text(JsonObject body, string path) =>
        body[path] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
