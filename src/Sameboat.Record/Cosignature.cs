using System.Globalization;
using System.Text;

namespace Sameboat.Record;

/// <summary>What a witness signs: a time in POSIX seconds and the whole note text.</summary>
/// <remarks>C2SP tlog-cosignature, cosignature/v1.</remarks>
internal static class Cosignature
{
    internal const int TimeLength = 8;
    internal const int Length = TimeLength + VerifierKey.SignatureLength;

    internal static byte[] Message(long unixSeconds, ReadOnlySpan<byte> noteText)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"cosignature/v1\ntime {unixSeconds}\n");
        return [.. Encoding.ASCII.GetBytes(head), .. noteText];
    }
}
