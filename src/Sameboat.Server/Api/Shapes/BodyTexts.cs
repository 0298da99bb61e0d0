using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace Sameboat.Server.Api.Shapes;

/// <summary>
/// Whether the texts of a body can be read at all: JSON may hold bytes that are no UTF-8, or escape half a surrogate
/// pair, which is no character; a reader of .NET finds out only when it is asked for the text, and throws.
/// </summary>
internal static partial class BodyTexts
{
    /// <summary>True when every name and text of this JSON is made of whole characters.</summary>
    internal static bool AreWhole(ReadOnlySpan<byte> json) =>
        Utf8.IsValid(json)
        && (json.IndexOf("\\u"u8) < 0
            || !Half().IsMatch(Pair().Replace(
                Encoding.UTF8.GetString(json).Replace(@"\\", "", StringComparison.Ordinal), "")));

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}")]
    private static partial Regex Pair();

    [GeneratedRegex(@"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")]
    private static partial Regex Half();
}
