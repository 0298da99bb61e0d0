using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Exchange.Drawing;

namespace Sameboat.Server.Web;

/// <summary>The one style sheet, addressed by its content so that a browser fetches it once.</summary>
internal static class StyleSheet
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const int NameLength = 12;

    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(ChartStyle.Css + Read());

    /// <summary>The beginning of the hash of the sheet: another sheet has another name.</summary>
    internal static string Name { get; } = Convert.ToHexStringLower(SHA256.HashData(Bytes))[..NameLength];

    /// <summary>The address of the sheet.</summary>
    internal static string Address { get; } = $"/assets/{Name}.css";

    internal static void MapStyleSheet(this IEndpointRouteBuilder routes) => routes.MapGet(Address, response =>
    {
        response.Response.Headers.CacheControl = Immutable;
        response.Response.ContentType = "text/css; charset=utf-8";
        return response.Response.Body.WriteAsync(Bytes, response.RequestAborted).AsTask();
    });

    private static string Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("site.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
