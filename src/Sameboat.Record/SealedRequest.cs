using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sameboat.Record;

/// <summary>
/// What a member signs with the key of its own log to be handed the sealed bodies of another log that are for it. Good
/// for a few minutes and for one log; whoever copies it on the way gets what it could have copied from the answer.
/// </summary>
/// <param name="Origin">The origin of the log asked for.</param>
/// <param name="Reader">Who asks.</param>
/// <param name="From">The first position asked for, from 0.</param>
/// <param name="UnixSeconds">When it was signed, by the reader's clock.</param>
/// <remarks>
/// The text of a signed note (C2SP signed-note) of five lines: <c>sameboat/sealed-bodies/v1</c>, <c>of ORIGIN</c>,
/// <c>for MEMBER</c>, <c>from POSITION</c>, <c>at SECONDS</c>. It can be taken for no checkpoint, whose second line is
/// a number.
/// </remarks>
public sealed record SealedRequest(string Origin, MemberId Reader, long From, long UnixSeconds)
{
    /// <summary>How far the reader's clock may be from that of the node asked, in seconds: five minutes.</summary>
    public const long ClockSecondsMax = 300;

    /// <summary>The longest request, signature included, in bytes.</summary>
    public const int LengthMax = 4_096;

    private const string Lead = "sameboat/sealed-bodies/v1";

    /// <summary>Signs the request.</summary>
    /// <param name="key">The key of the reader's log.</param>
    public SignedNote Sign(SigningKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var text = ToText();
        return new SignedNote(text, [key.Sign(text)]);
    }

    /// <summary>Reads the text of a note; false when it is of another form. No signature is checked.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out SealedRequest? request)
    {
        request = null;
        var lines = text?.Split('\n');
        if (lines is not { Length: 6 } || lines[0] != Lead
            || Field(lines[1], "of ") is not { } origin
            || !MemberId.TryParse(Field(lines[2], "for "), out var reader)
            || !long.TryParse(Field(lines[3], "from "), NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            || !long.TryParse(Field(lines[4], "at "), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            return false;
        }

        var read = new SealedRequest(origin, reader, from, at);
        request = read.ToText() == text ? read : null;
        return request is not null;
    }

    /// <summary>True when the time of signing is near enough to the clock's, in either direction.</summary>
    public bool IsTimely(long clockUnixSeconds) =>
        UnixSeconds >= clockUnixSeconds - ClockSecondsMax && UnixSeconds <= clockUnixSeconds + ClockSecondsMax;

    /// <summary>The text that is signed.</summary>
    public string ToText() => string.Create(
        CultureInfo.InvariantCulture, $"{Lead}\nof {Origin}\nfor {Reader}\nfrom {From}\nat {UnixSeconds}\n");

    private static string? Field(string line, string lead) =>
        line.StartsWith(lead, StringComparison.Ordinal) ? line[lead.Length..] : null;
}
