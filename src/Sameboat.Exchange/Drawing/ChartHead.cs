namespace Sameboat.Exchange.Drawing;

/// <summary>What a drawing says to those who do not see it, and the prefix of its ids.</summary>
/// <param name="Id">Prefix of the ids inside the drawing, unique on its page: an ASCII letter, then letters, digits,
/// hyphens.</param>
/// <param name="Title">What is shown, in a few words; any text.</param>
/// <param name="Description">What is to be seen in it, in a sentence or two; any text.</param>
public sealed record ChartHead(string Id, string Title, string Description)
{
    /// <summary>The id, when it has the form that is promised.</summary>
    /// <exception cref="ArgumentException">The id has another form.</exception>
    internal string CheckedId() =>
        Id.Length > 0 && char.IsAsciiLetter(Id[0]) && Id.All(at => char.IsAsciiLetterOrDigit(at) || at == '-')
            ? Id
            : throw new ArgumentException($"«{Id}» is not an id: a letter, then letters, digits and hyphens.");
}
