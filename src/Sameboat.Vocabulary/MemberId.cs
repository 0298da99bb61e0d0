using System.Diagnostics.CodeAnalysis;

namespace Sameboat;

/// <summary>
/// The id of a participating entity: a state, a region or an organisation, each with a log of its own. Kept apart from
/// the territory it may answer for. Same form as <see cref="ItemCode"/>, at most 48 characters, so that it can stand
/// in an address and in a log's origin. <c>default</c> is no member: <see cref="IsNone"/>.
/// </summary>
public readonly record struct MemberId : IComparable<MemberId>
{
    /// <summary>The longest id, in characters.</summary>
    public const int LengthMax = 48;

    private readonly string? _text;

    private MemberId(string text) => _text = text;

    /// <summary>True for <c>default</c>, which stands for no member.</summary>
    public bool IsNone => _text is null;

    /// <summary>Reads an id; upper case and surrounding white space are accepted and folded away.</summary>
    /// <exception cref="FormatException">The text breaks the form named on the type.</exception>
    public static MemberId Parse(string text) =>
        TryParse(text, out var id)
            ? id
            : throw new FormatException($"«{text}» is not a member id: lower-case letters, digits and hyphens.");

    /// <summary>As <see cref="Parse"/>, answering false in place of the exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MemberId id)
    {
        var slug = Slug.TryFold(text, LengthMax);
        id = slug is null ? default : new MemberId(slug);
        return slug is not null;
    }

    /// <summary>Ordinal order of the id.</summary>
    public int CompareTo(MemberId other) => string.CompareOrdinal(_text, other._text);

    /// <summary>The id, or an empty string for no member.</summary>
    public override string ToString() => _text ?? "";
}
