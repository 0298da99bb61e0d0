using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Sameboat.Server.Web;

/// <summary>The culture of a reader who names none in the path: the best that the browser asks for.</summary>
internal static class ReaderCulture
{
    /// <summary>How many of the languages that a browser asks for are looked at.</summary>
    private const int AskedMax = 32;

    private static readonly string[] Traditional = ["TW", "HK", "MO", "Hant"];

    internal static string Of(HttpRequest request) => request.GetTypedHeaders().AcceptLanguage
        .Take(AskedMax)
        .Where(asked => asked.Quality is not 0)
        .OrderByDescending(asked => asked.Quality ?? 1)
        .Select(Carried)
        .FirstOrDefault(culture => culture is not null) ?? Words.DefaultCulture;

    // Chinese is written in two scripts, and a browser often names a region instead of one.
    private static string? Carried(StringWithQualityHeaderValue asked)
    {
        var parts = asked.Value.ToString().Split('-');
        var culture = parts[0].Equals("zh", StringComparison.OrdinalIgnoreCase)
            ? parts.Intersect(Traditional, StringComparer.OrdinalIgnoreCase).Any()
                && !parts.Contains("Hans", StringComparer.OrdinalIgnoreCase) ? "zh-Hant" : "zh-Hans"
            : parts[0].ToLowerInvariant();
        return Words.Of(culture)?.Culture;
    }
}
