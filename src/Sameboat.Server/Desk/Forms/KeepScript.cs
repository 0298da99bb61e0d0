using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sameboat.Server.Desk.Forms;

/// <summary>
/// The one script of the desk, addressed by its content: it keeps an open form in the browser, for a connection that is
/// lost. Every form works without it.
/// </summary>
internal static class KeepScript
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const int NameLength = 12;

    private static readonly byte[] Bytes = Read();

    /// <summary>The address of the script.</summary>
    internal static string Address { get; } =
        $"/assets/keep-{Convert.ToHexStringLower(SHA256.HashData(Bytes))[..NameLength]}.mjs";

    internal static void MapKeepScript(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Address, (HttpResponse response) =>
        {
            response.Headers.CacheControl = Immutable;
            return TypedResults.Bytes(Bytes, "text/javascript; charset=utf-8");
        });

    /// <summary>True for the addresses of pages that carry it, in any language.</summary>
    internal static bool IsOn(PathString path) => (path.Value ?? "").Split('/')
        is ["", _, "desk", ..] or ["", _, "consignments" or "deployments" or "contributions", _, _];

    private static byte[] Read()
    {
        using var stream = typeof(KeepScript).Assembly.GetManifestResourceStream("desk/keep.mjs")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
