namespace Sameboat.Server.Web;

/// <summary>Bodies of requests and answers, of which no more is read than they may have.</summary>
internal static class BoundedBody
{
    /// <summary>The bytes to the end; null when there are more than <paramref name="lengthMax"/>.</summary>
    internal static async Task<byte[]?> ReadAsync(Stream body, int lengthMax, CancellationToken cancellation)
    {
        var buffer = new byte[lengthMax + 1];
        var length = await body.ReadAtLeastAsync(
            buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken: cancellation);
        return length <= lengthMax ? buffer[..length] : null;
    }
}
