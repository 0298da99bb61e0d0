using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>The few rules of writing SVG text: escaping, numbers, the opening of a drawing.</summary>
internal static class Svg
{
    private const char Replacement = '\uFFFD';

    /// <summary>Text safe inside an element or a quoted attribute; characters that XML forbids become U+FFFD.</summary>
    internal static string Escape(string? text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\t' or '\n' or '\r' => escaped.Append(' '),
                < 0x20 or 0xFFFE or 0xFFFF => escaped.Append(Replacement),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A coordinate with at most one decimal; what is not finite is a fault of this assembly.</summary>
    internal static string Number(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new InvalidOperationException("A drawing has no place for a number that is not finite.");
        }

        var text = value.ToString("0.#", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }

    /// <summary>Opens a drawing with its title and description for readers who do not see it.</summary>
    /// <remarks>A drawing with links is a group: an image would hide them from assistive tools.</remarks>
    internal static StringBuilder Open(
        ChartHead head, string kind, double width, double height, bool holdsLinks = false)
    {
        var id = head.CheckedId();
        var role = holdsLinks ? "group" : "img";
        return new StringBuilder()
            .Append("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sb-chart ").Append(kind).Append("\" ")
            .Append(CultureInfo.InvariantCulture, $"viewBox=\"0 0 {Number(width)} {Number(height)}\" role=\"{role}\" ")
            .Append(CultureInfo.InvariantCulture, $"aria-labelledby=\"{id}-t {id}-d\">")
            .Append(CultureInfo.InvariantCulture, $"<title id=\"{id}-t\">{Escape(head.Title)}</title>")
            .Append(CultureInfo.InvariantCulture, $"<desc id=\"{id}-d\">{Escape(head.Description)}</desc>");
    }

    /// <summary>Text at a place; the class says how it looks and where it is anchored.</summary>
    internal static StringBuilder Text(this StringBuilder svg, double x, double y, string style, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(x)}\" y=\"{Number(y)}\" class=\"{style}\">")
            .Append(Escape(text)).Append("</text>");

    /// <summary>A path of a class; nothing for an empty path.</summary>
    internal static StringBuilder Path(this StringBuilder svg, string style, string data, string more = "") =>
        data.Length == 0
            ? svg
            : svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{style}\" d=\"{data}\"{more}/>");

    /// <summary>A dot of a class.</summary>
    internal static StringBuilder Dot(this StringBuilder svg, string style, double x, double y, double radius = 3) =>
        svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"{style}\" cx=\"{Number(x)}\" ")
            .Append(CultureInfo.InvariantCulture, $"cy=\"{Number(y)}\" r=\"{Number(radius)}\"/>");

    /// <summary>A rectangle of a class; sides below zero count as zero.</summary>
    internal static StringBuilder Box(
        this StringBuilder svg, string style, double x, double y, double wide, double high) =>
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{Number(x)}\" y=\"{Number(y)}\" ")
            .Append(CultureInfo.InvariantCulture, $"width=\"{Number(Math.Max(0, wide))}\" ")
            .Append(CultureInfo.InvariantCulture, $"height=\"{Number(Math.Max(0, high))}\"/>");

    /// <summary>The text cut to a number of characters, an ellipsis standing for the rest.</summary>
    internal static string Cut(string text, int lettersMax)
    {
        var info = new StringInfo(text);
        return info.LengthInTextElements <= lettersMax
            ? text
            : info.SubstringByTextElements(0, lettersMax - 1).TrimEnd() + "…";
    }
}
