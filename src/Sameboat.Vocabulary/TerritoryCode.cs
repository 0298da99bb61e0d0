using System.Diagnostics.CodeAnalysis;

namespace Sameboat;

/// <summary>
/// The ISO 3166-1 alpha-3 code of a territory: three upper-case ASCII letters. The form is checked here; whether the
/// code is in use is answered by <c>Territories</c>. <c>default</c> is no code: <see cref="IsNone"/>.
/// </summary>
public readonly record struct TerritoryCode : IComparable<TerritoryCode>
{
    private const int Length = 3;

    private readonly string? _letters;

    private TerritoryCode(string letters) => _letters = letters;

    /// <summary>True for <c>default</c>, which stands for no territory.</summary>
    public bool IsNone => _letters is null;

    /// <summary>Reads three ASCII letters in either case, surrounding white space ignored.</summary>
    /// <exception cref="FormatException">The text is not three ASCII letters.</exception>
    public static TerritoryCode Parse(string text) =>
        TryParse(text, out var code)
            ? code
            : throw new FormatException($"«{text}» is not an ISO 3166-1 alpha-3 code: three letters, such as KEN.");

    /// <summary>As <see cref="Parse"/>, answering false in place of the exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TerritoryCode code)
    {
        var trimmed = text?.Trim();
        if (trimmed is { Length: Length } && trimmed.All(char.IsAsciiLetter))
        {
            code = new TerritoryCode(trimmed.ToUpperInvariant());
            return true;
        }

        code = default;
        return false;
    }

    /// <summary>Ordinal order of the letters.</summary>
    public int CompareTo(TerritoryCode other) => string.CompareOrdinal(_letters, other._letters);

    /// <summary>The three letters, or an empty string for no territory.</summary>
    public override string ToString() => _letters ?? "";
}
