using System.Diagnostics.CodeAnalysis;

namespace Sameboat.Record;

/// <summary>Standard padded base64 read strictly: a signed line has one spelling only.</summary>
internal static class Base64Text
{
    internal static bool TryDecode(string? text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        if (string.IsNullOrEmpty(text) || text.Length % 4 != 0)
        {
            return false;
        }

        var buffer = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, buffer, out var written))
        {
            return false;
        }

        // The decoder skips white space and forgives stray low bits; writing it again shows both.
        var decoded = buffer[..written];
        if (Convert.ToBase64String(decoded) != text)
        {
            return false;
        }

        bytes = decoded;
        return true;
    }
}
