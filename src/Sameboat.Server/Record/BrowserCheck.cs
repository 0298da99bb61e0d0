using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Sameboat.Record;
using Sameboat.Server.Web;

namespace Sameboat.Server.Record;

/// <summary>
/// The verifier that runs in the reader's own browser on the pages of a log and of an entry: two files of script,
/// addressed by their content. The verifier alone also stands at a plain address, for who wants to keep it.
/// </summary>
internal static class BrowserCheck
{
    /// <summary>Where the verifier can be fetched to be run in Node.</summary>
    internal const string VerifierAddress = "/record/" + Verifier;

    private const string Verifier = "verify.mjs";
    private const string Page = "check.mjs";
    private const string ContentType = "text/javascript; charset=utf-8";
    private const string Immutable = "public, max-age=31536000, immutable";
    private const string Brief = "public, max-age=300";
    private const int NameLength = 12;

    private static readonly byte[] VerifierBytes = Read(Verifier);
    private static readonly byte[] PageBytes = Read(Page);

    // One name for both files: the page's imports the verifier from beside it.
    private static readonly string Folder = "/assets/"
        + Convert.ToHexStringLower(SHA256.HashData([.. VerifierBytes, .. PageBytes]))[..NameLength];

    /// <summary>The address of the page's script.</summary>
    internal static string Address { get; } = $"{Folder}/{Page}";

    internal static void MapBrowserCheck(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, (HttpResponse response) => Answer(response, PageBytes, Immutable));
        routes.MapGet($"{Folder}/{Verifier}", (HttpResponse response) => Answer(response, VerifierBytes, Immutable));
        routes.MapGet(VerifierAddress, (HttpResponse response) => Answer(response, VerifierBytes, Brief));
    }

    /// <summary>True for the addresses of pages that carry the check, in any language.</summary>
    internal static bool IsOn(PathString path)
    {
        var parts = (path.Value ?? "").Split('/');
        return parts is ["", _, "record", "logs" or "entries", _];
    }

    /// <summary>The reasons for which a log is refused, in the words of the page, as attributes for the script.
    /// </summary>
    internal static Dictionary<string, object> ReasonsIn(Words words) => Enum.GetValues<LogRefusal>()
        .Where(refusal => refusal != LogRefusal.None)
        .ToDictionary(AttributeOf, refusal => (object)words[$"check.reason.{refusal}"]);

    // The script reads the attribute data-reason-file-missing as reasonFileMissing.
    private static string AttributeOf(LogRefusal refusal) => "data-reason" + string.Concat(
        refusal.ToString().Select(letter => char.IsAsciiLetterUpper(letter)
            ? $"-{char.ToLowerInvariant(letter)}"
            : letter.ToString()));

    private static FileContentHttpResult Answer(HttpResponse response, byte[] script, string cache)
    {
        response.Headers.CacheControl = cache;
        return TypedResults.Bytes(script, ContentType);
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(BrowserCheck).Assembly.GetManifestResourceStream("record/" + name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
