namespace Sameboat;

/// <summary>The form of a readable code: lower-case ASCII letters and digits, in groups joined by hyphens.</summary>
internal static class Slug
{
    /// <summary>The folded code, or null when the text has another form or is longer than the limit.</summary>
    internal static string? TryFold(string? text, int lengthMax)
    {
        var folded = text?.Trim().ToLowerInvariant();
        return folded is { Length: > 0 } && folded.Length <= lengthMax && IsWellFormed(folded) ? folded : null;
    }

    private static bool IsWellFormed(string text)
    {
        var afterHyphen = true;
        foreach (var letter in text)
        {
            if (letter == '-' && !afterHyphen)
            {
                afterHyphen = true;
            }
            else if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter))
            {
                afterHyphen = false;
            }
            else
            {
                return false;
            }
        }

        return !afterHyphen;
    }
}
