using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Sameboat.Exchange.Drawing;

namespace Sameboat.Exchange.Reports;

/// <summary>HTML that is safe as it stands: written here, or by a drawing that escapes what it is given.</summary>
internal readonly record struct Markup(string Html)
{
    /// <summary>Nothing.</summary>
    public static Markup None { get; } = new("");

    /// <summary>The literal parts as they stand, the holes escaped.</summary>
    public static Markup Of(MarkupText text) => new(text.ToString());
}

/// <summary>
/// An interpolated string as HTML: its literal parts are markup, its holes are text and are escaped. Estimates have no
/// hole of their own, so that each is given a form by <see cref="Figures"/> first.
/// </summary>
[InterpolatedStringHandler]
internal readonly ref struct MarkupText
{
    private const int BytesPerHole = 16;

    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
        [.. "&<>\"'", .. Enumerable.Range(0, ' ').Select(at => (char)at)]);

    private readonly StringBuilder _html;

    public MarkupText(int literalLength, int holes) =>
        _html = new StringBuilder(literalLength + (holes * BytesPerHole));

    public MarkupText(int literalLength, int holes, PageWriter page)
    {
        _html = page.Html;
        _html.EnsureCapacity(_html.Length + literalLength + (holes * BytesPerHole));
    }

    public void AppendLiteral(string text) => _html.Append(text);

    public void AppendFormatted(string? text)
    {
        var unusual = text.AsSpan().ContainsAny(Unsafe) || text.AsSpan().ContainsAnyInRange('\uD800', '\uFFFF');
        _html.Append(unusual ? Svg.Escape(text) : text);
    }

    public void AppendFormatted(Markup markup) => _html.Append(markup.Html);

    public void AppendFormatted(long count) => _html.Append(Figures.Count(count));

    public void AppendFormatted(ulong number) => _html.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(DateOnly day) => _html.Append(Figures.Day(day));

    public void AppendFormatted(TerritoryCode place) => _html.Append(place.ToString());

    public override string ToString() => _html.ToString();
}
