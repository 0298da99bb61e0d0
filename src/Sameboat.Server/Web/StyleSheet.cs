using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Sameboat.Exchange.Drawing;

namespace Sameboat.Server.Web;

/// <summary>
/// The one style sheet. It stands in each page, so that a page on a slow line is painted after one answer and not after
/// two; the security policy names it by its hash.
/// </summary>
internal static class StyleSheet
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const int NameLength = 12;

    /// <summary>The sheet.</summary>
    internal static string Text { get; } = ChartStyle.Css + Read();

    private static readonly byte[] Digest = SHA256.HashData(Encoding.UTF8.GetBytes(Text));

    /// <summary>The beginning of the hash of the sheet: another sheet has another name.</summary>
    internal static string Name { get; } = Convert.ToHexStringLower(Digest)[..NameLength];

    /// <summary>The source by which a content security policy allows the sheet and no other style.</summary>
    internal static string Source { get; } = $"'sha256-{Convert.ToBase64String(Digest)}'";

    /// <summary>The address of the mark in the browser's tab: a boat.</summary>
    internal const string Icon = "/assets/boat.svg";

    // A hull under one sail for all.
    private const string Boat =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"><path fill=\"#145c93\" "
        + "d=\"M3 21h26l-5 8H8z\"/><path fill=\"#d98f45\" d=\"M15 3v16H5zM17 6l9 13h-9z\"/></svg>";

    internal static void MapStyleSheet(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Icon, (HttpResponse response) =>
        {
            response.Headers.CacheControl = Immutable;
            return TypedResults.Text(Boat, "image/svg+xml");
        });
    }

    private static string Read()
    {
        using var stream = typeof(StyleSheet).Assembly.GetManifestResourceStream("site.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
