using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Files;

/// <summary>One thing in an input file that is not as it must be, with the place where it stands.</summary>
/// <param name="File">The file as the user named it; <c>standard input</c> for <c>-</c>.</param>
/// <param name="Line">Line of the file, counted from 1; 0 where no line applies, such as a missing file.</param>
/// <param name="Column">
/// Cell of the line, counted from 1 as a spreadsheet counts; 0 where the whole line is meant.
/// </param>
/// <param name="Found">The text that was found, uncut; empty for an empty cell.</param>
/// <param name="Expected">What would have been right, as the end of the sentence «expected ...».</param>
public sealed record Fault(string File, long Line, int Column, string Found, string Expected)
{
    /// <summary>The most characters of a found text that are shown.</summary>
    public const int ShownCharactersMax = 40;

    /// <summary>
    /// True when <see cref="Found"/> describes what was found (<c>an empty file</c>) and is not a quotation from it.
    /// </summary>
    public bool Described { get; init; }

    /// <summary>A fault whose found side is a description in our own words.</summary>
    public static Fault Describe(string file, long line, int column, string found, string expected) =>
        new(file, line, column, found, expected) { Described = true };

    /// <summary>
    /// One line: <c>cases.csv:17:3: found «2021-13-01», expected a date such as 2021-12-31</c>. A found text is cut to
    /// <see cref="ShownCharactersMax"/> characters and its control characters are shown as <c>\n</c> or <c>\u001B</c>.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Append(text, File, int.MaxValue);
        if (Line > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $":{Line}");
            if (Column > 0)
            {
                text.Append(CultureInfo.InvariantCulture, $":{Column}");
            }
        }

        text.Append(": found ");
        if (Described)
        {
            Append(text, Found, int.MaxValue);
        }
        else if (string.IsNullOrWhiteSpace(Found))
        {
            text.Append("an empty cell");
        }
        else
        {
            text.Append('«');
            Append(text, Found, ShownCharactersMax);
            text.Append('»');
        }

        text.Append(", expected ");
        Append(text, Expected, int.MaxValue);
        return text.ToString();
    }

    private static void Append(StringBuilder shown, string text, int charactersMax)
    {
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == charactersMax)
            {
                shown.Append('…');
                return;
            }

            AppendSafely(shown, rune);
        }
    }

    private static void AppendSafely(StringBuilder shown, Rune rune)
    {
        switch (rune.Value)
        {
            case '\n':
                shown.Append("\\n");
                break;
            case '\r':
                shown.Append("\\r");
                break;
            case '\t':
                shown.Append("\\t");
                break;
            default:
                // Controls could move a terminal's cursor, and direction marks could turn the line around.
                if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
                    or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                {
                    shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
                }
                else
                {
                    shown.Append(rune.ToString());
                }

                break;
        }
    }
}
