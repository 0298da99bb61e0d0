using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Sameboat.Server.Accounts;

/// <summary>The one script of the pages that take a passkey, addressed by its content.</summary>
internal static class PasskeyScript
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private const int NameLength = 12;

    private static readonly byte[] Bytes = Read();

    /// <summary>The address of the script.</summary>
    internal static string Address { get; } =
        $"/assets/passkey-{Convert.ToHexStringLower(SHA256.HashData(Bytes))[..NameLength]}.mjs";

    internal static void MapPasskeyScript(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Address, (HttpResponse response) =>
        {
            response.Headers.CacheControl = Immutable;
            return TypedResults.Bytes(Bytes, "text/javascript; charset=utf-8");
        });

    /// <summary>True for the addresses of pages that carry it, in any language.</summary>
    internal static bool IsOn(PathString path) =>
        (path.Value ?? "").Split('/') is ["", _, "sign-in" or "account"] or ["", _, "sign-in" or "account", "passkey"]
            or ["", _, "account", "password" or "sessions"];

    private static byte[] Read()
    {
        using var stream = typeof(PasskeyScript).Assembly.GetManifestResourceStream("accounts/passkey.mjs")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
