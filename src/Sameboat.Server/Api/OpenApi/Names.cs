namespace Sameboat.Server.Api.OpenApi;

/// <summary>Names of the document, made of those of the record.</summary>
internal static class Names
{
    /// <summary><c>stood-down</c> as <c>StoodDown</c>.</summary>
    internal static string Pascal(string name) => string.Concat(
        name.Split('-', '_', '.').Where(part => part.Length > 0)
            .Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
