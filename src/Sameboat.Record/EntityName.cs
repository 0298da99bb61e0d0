using System.Diagnostics.CodeAnalysis;

namespace Sameboat.Record;

/// <summary>
/// The name of an entity, which says what it is and whose: <c>noun/owner</c> where the owner has one of the kind, or
/// <c>noun/owner/name</c>. Since the owner stands in the name, no entry of another can take the entity over, whatever
/// time it claims. <c>default</c> names nothing: <see cref="IsNone"/>.
/// </summary>
public readonly record struct EntityName : IComparable<EntityName>
{
    /// <summary>The longest text, in characters.</summary>
    public const int LengthMax = Entry.SubjectLengthMax;

    private const char Separator = '/';

    private readonly string? _text;

    private EntityName(string text, string noun, MemberId owner, string name)
    {
        _text = text;
        Noun = noun;
        Owner = owner;
        Name = name;
    }

    /// <summary>What it is: the noun of the kinds of its entries, as <c>offer</c> in <c>offer.published</c>.</summary>
    public string? Noun { get; }

    /// <summary>Whose it is.</summary>
    public MemberId Owner { get; }

    /// <summary>The owner's name for it, a slug; empty where the owner has one of the kind, null for none.</summary>
    public string? Name { get; }

    /// <summary>True for <c>default</c>.</summary>
    public bool IsNone => _text is null;

    /// <summary>Puts a name together.</summary>
    /// <param name="noun">A slug that begins with a letter.</param>
    /// <param name="owner">Not none.</param>
    /// <param name="name">A slug, or empty where the owner has one of the kind.</param>
    /// <exception cref="FormatException">A part is malformed or the whole too long.</exception>
    public static EntityName Of(string noun, MemberId owner, string name = "") =>
        Parse(name is { Length: > 0 } ? $"{noun}/{owner}/{name}" : $"{noun}/{owner}");

    /// <summary>Reads the text form, and no other spelling of it.</summary>
    /// <exception cref="FormatException">The text breaks the form named on the type.</exception>
    public static EntityName Parse(string text) =>
        TryParse(text, out var name)
            ? name
            : throw new FormatException($"«{text}» is not the name of an entity: noun/owner or noun/owner/name.");

    /// <summary>As <see cref="Parse"/>, answering false in place of the exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out EntityName name)
    {
        name = default;
        if (text is null || text.Length > LengthMax)
        {
            return false;
        }

        var parts = text.Split(Separator);
        if (parts.Length is not (2 or 3)
            || !EntryForm.IsSlug(parts[0]) || !char.IsAsciiLetterLower(parts[0][0])
            || !MemberId.TryParse(parts[1], out var owner) || owner.ToString() != parts[1]
            || (parts.Length == 3 && !EntryForm.IsSlug(parts[2])))
        {
            return false;
        }

        name = new EntityName(text, parts[0], owner, parts.Length == 3 ? parts[2] : "");
        return true;
    }

    /// <summary>Ordinal order of the text.</summary>
    public int CompareTo(EntityName other) => string.CompareOrdinal(_text, other._text);

    /// <summary>The text form, empty for none.</summary>
    public override string ToString() => _text ?? "";
}
