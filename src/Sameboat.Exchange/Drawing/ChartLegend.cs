using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Drawing;

/// <summary>
/// Legends are HTML lists beside the drawing, not text inside it: they stay readable where the drawing is small, and
/// one serves many charts.
/// </summary>
internal static class ChartLegend
{
    internal static string Html(IEnumerable<(string Swatch, string Label)> entries)
    {
        var html = new StringBuilder("<ul class=\"sb-legend\">");
        foreach (var (swatch, label) in entries)
        {
            html.Append("<li><svg class=\"sb-swatch\" viewBox=\"0 0 20 14\" aria-hidden=\"true\">")
                .Append(CultureInfo.InvariantCulture, $"{swatch}</svg>{Svg.Escape(label)}</li>");
        }

        return html.Append("</ul>").ToString();
    }
}
