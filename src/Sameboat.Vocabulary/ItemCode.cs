using System.Diagnostics.CodeAnalysis;

namespace Sameboat;

/// <summary>
/// The code of a thing that can be needed and offered: goods (<c>gown</c>), a team (<c>team-emt-type-1-fixed</c>) or
/// money (<c>funds-usd</c>). Lower-case ASCII letters, digits and single hyphens, 1 to 64 characters, beginning and
/// ending with a letter or digit. <c>default</c> is no item: <see cref="IsNone"/>.
/// </summary>
public readonly record struct ItemCode : IComparable<ItemCode>
{
    /// <summary>The longest code, in characters.</summary>
    public const int LengthMax = 64;

    private readonly string? _text;

    private ItemCode(string text) => _text = text;

    /// <summary>True for <c>default</c>, which stands for no item.</summary>
    public bool IsNone => _text is null;

    /// <summary>Reads a code; upper case and surrounding white space are accepted and folded away.</summary>
    /// <exception cref="FormatException">The text breaks the form named on the type.</exception>
    public static ItemCode Parse(string text) =>
        TryParse(text, out var code)
            ? code
            : throw new FormatException($"«{text}» is not an item code: lower-case letters, digits and hyphens.");

    /// <summary>As <see cref="Parse"/>, answering false in place of the exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ItemCode code)
    {
        var slug = Slug.TryFold(text, LengthMax);
        code = slug is null ? default : new ItemCode(slug);
        return slug is not null;
    }

    /// <summary>Ordinal order of the code.</summary>
    public int CompareTo(ItemCode other) => string.CompareOrdinal(_text, other._text);

    /// <summary>The code, or an empty string for no item.</summary>
    public override string ToString() => _text ?? "";
}
