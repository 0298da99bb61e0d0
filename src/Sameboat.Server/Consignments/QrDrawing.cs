using System.Globalization;
using System.Text;
using QRCoder;

namespace Sameboat.Server.Consignments;

/// <summary>Draws a text as a QR symbol in SVG: black on white in every colour scheme, with its quiet zone.</summary>
/// <remarks>ISO/IEC 18004, error correction level M: 15 % of the symbol may be unreadable.</remarks>
internal static class QrDrawing
{
    /// <summary>The symbol, one unit of the view box a module.</summary>
    /// <param name="text">What it says; at most some 2,300 characters.</param>
    /// <param name="label">What it is, for readers who do not see it; must not need escaping.</param>
    internal static string Svg(string text, string label)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        var path = new StringBuilder();
        var size = data.ModuleMatrix.Count;
        for (var row = 0; row < size; row++)
        {
            for (var column = 0; column < size; column++)
            {
                var from = column;
                while (column < size && data.ModuleMatrix[row][column])
                {
                    column++;
                }

                if (column > from)
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {row}h{column - from}v1h-{column - from}z");
                }
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"168\" height=\"168\" viewBox=\"0 0 {size} {size}\" "
            + $"role=\"img\" aria-label=\"{label}\" shape-rendering=\"crispEdges\">"
            + $"<path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>");
    }
}
