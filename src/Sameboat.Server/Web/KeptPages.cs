using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace Sameboat.Server.Web;

/// <summary>A page as it was sent.</summary>
/// <param name="Version">The size of the record that it shows.</param>
/// <param name="Tag">Its ETag.</param>
/// <param name="Bytes">The page.</param>
/// <param name="ContentType">As it was rendered.</param>
/// <param name="Taken">When, as the clock's timestamp.</param>
internal sealed record KeptPage(long Version, string Tag, byte[] Bytes, string? ContentType, long Taken);

/// <summary>
/// Public pages as bytes, so that a page is rendered once for each size of the record and not for each reader. What is
/// kept is bounded; when it would be more, all is let go and rendered anew.
/// </summary>
internal sealed class KeptPages
{
    /// <summary>The longest page that is kept, in bytes.</summary>
    internal const int PageBytesMax = 1 << 20;

    /// <summary>The most bytes that all kept pages have together.</summary>
    internal const long AllBytesMax = 48L << 20;

    private readonly ConcurrentDictionary<string, KeptPage> _pages = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>The page of an address, whatever version it shows; null where none is kept.</summary>
    internal KeptPage? Find(string address) => _pages.GetValueOrDefault(address);

    /// <summary>Keeps a page in place of what was kept of its address.</summary>
    internal void Keep(string address, KeptPage page)
    {
        if (page.Bytes.Length > PageBytesMax)
        {
            return;
        }

        if (Interlocked.Read(ref _bytes) + page.Bytes.Length > AllBytesMax)
        {
            _pages.Clear();
            Interlocked.Exchange(ref _bytes, 0);
        }

        var before = 0;
        _pages.AddOrUpdate(address, page, (_, old) =>
        {
            before = old.Bytes.Length;
            return page;
        });
        Interlocked.Add(ref _bytes, page.Bytes.Length - before);
    }

    /// <summary>Renders a page, sends it, and keeps it when all of it was rendered.</summary>
    internal sealed class Rendering(IResult page, Action<byte[], string?> keep) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var body = httpContext.Response.Body;
            using var rendered = new PooledStream();
            httpContext.Response.Body = rendered;
            try
            {
                await page.ExecuteAsync(httpContext);
            }
            finally
            {
                httpContext.Response.Body = body;
            }

            var bytes = rendered.ToArray();
            if (httpContext.Response.StatusCode == StatusCodes.Status200OK
                && !httpContext.RequestAborted.IsCancellationRequested)
            {
                keep(bytes, httpContext.Response.ContentType);
            }

            await body.WriteAsync(bytes, httpContext.RequestAborted);
        }
    }
}
