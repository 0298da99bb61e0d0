using System.Runtime.CompilerServices;
using System.Text;

namespace Sameboat.Exchange.Reports;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its heading; any text.</param>
/// <param name="IsWords">True for words, which begin at the start of the line; numbers end at its end.</param>
internal readonly record struct Column(string Name, bool IsWords = false)
{
    public static implicit operator Column(string name) => new(name);

    public static Column Words(string name) => new(name, true);
}

/// <summary>The page as it is written, from top to bottom.</summary>
internal sealed class PageWriter
{
    private const int ExpectedLength = 1 << 20;

    /// <summary>What is written so far.</summary>
    public StringBuilder Html { get; } = new(ExpectedLength);

    /// <summary>Adds markup; the holes are escaped on their way in.</summary>
    public PageWriter Add([InterpolatedStringHandlerArgument("")] MarkupText markup)
    {
        _ = markup;
        return this;
    }

    public PageWriter Add(Markup markup)
    {
        Html.Append(markup.Html);
        return this;
    }

    /// <summary>Opens a table that scrolls inside its own box where the page is narrow.</summary>
    public PageWriter OpenTable(string caption, params ReadOnlySpan<Column> columns)
    {
        Add($"<div class=\"scroll\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\"><table>");
        Add($"<caption>{caption}</caption><thead><tr>");
        for (var at = 0; at < columns.Length; at++)
        {
            var start = at == 0 || columns[at].IsWords;
            Add($"<th scope=\"col\"{new Markup(start ? " class=\"w\"" : "")}>{columns[at].Name}</th>");
        }

        return Add($"</tr></thead><tbody>\n");
    }

    public PageWriter CloseTable() => Add($"</tbody></table></div>\n");

    /// <summary>Opens a part that the reader unfolds; it is printed only where it is open.</summary>
    public PageWriter OpenFold(string summary, bool open = false) =>
        Add($"<details class=\"fold\"{new Markup(open ? " open=\"open\"" : "")}><summary>{summary}</summary>\n");

    public PageWriter CloseFold() => Add($"</details>\n");

    public override string ToString() => Html.ToString();
}
