using System.Net;
using System.Net.Sockets;
using Sameboat.Record;

namespace Sameboat.Commands;

/// <summary>
/// The files of one log by their paths below its prefix, from a folder or over HTTP. No file is read beyond what its
/// kind may hold; a source that does not answer throws <see cref="IOException"/> with one line.
/// </summary>
internal abstract class LogSource : IDisposable
{
    /// <summary>The longest bundle: each entry after its length in two bytes.</summary>
    private const int BundleLengthMax = TilePath.FullWidth * (2 + Entry.LengthMax);

    /// <summary>The longest file of a log, in bytes.</summary>
    internal const int LengthMax = BundleLengthMax;

    /// <summary>What the reader named, or was found below it.</summary>
    internal abstract string Name { get; }

    /// <summary>The bytes of a file; null when it is absent.</summary>
    internal abstract byte[]? Read(string path, CancellationToken cancellation);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>How long a file of this path may be, in bytes.</summary>
    internal static int LengthMaxOf(string path) =>
        !TilePath.TryParse(path, out var tile) ? SignedNote.LengthMax
        : tile.IsEntries ? BundleLengthMax
        : TilePath.FullWidth * MerkleHash.Length;

    private protected static IOException TooLong(string place, int most) =>
        new(FormattableString.Invariant($"{place}: found more than {most} bytes, expected no more in a file of a log"));
}

/// <summary>A log in a folder, laid out as its tiles are addressed.</summary>
internal sealed class LogInFolder(string folder) : LogSource
{
    /// <summary>How many folders below the named one a log is looked for.</summary>
    private const int DepthMax = 3;

    /// <summary>The most logs that are checked at once.</summary>
    private const int LogsMax = 10_000;

    internal override string Name => folder;

    /// <summary>The logs at or below a folder, in the order of their paths; those within another are not looked for.
    /// </summary>
    /// <exception cref="IOException">There are more than are checked at once, or a folder is not readable.</exception>
    internal static IReadOnlyList<LogSource> Below(string folder)
    {
        var found = new List<LogSource>();
        Find(folder, 0, found);
        return found;
    }

    internal override byte[]? Read(string path, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var file = new FileInfo(Path.Combine(folder, path));
        if (!file.Exists)
        {
            return null;
        }

        return file.Length <= LengthMaxOf(path)
            ? File.ReadAllBytes(file.FullName)
            : throw TooLong(Path.Combine(folder, path), LengthMaxOf(path));
    }

    private static void Find(string folder, int depth, List<LogSource> found)
    {
        if (File.Exists(Path.Combine(folder, TilePath.Checkpoint)))
        {
            found.Add(found.Count < LogsMax
                ? new LogInFolder(folder)
                : throw new IOException(FormattableString.Invariant($"{folder}: found more than {LogsMax} logs")));
            return;
        }

        if (depth < DepthMax)
        {
            foreach (var below in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
            {
                Find(below, depth + 1, found);
            }
        }
    }
}

/// <summary>A log over HTTP. An answer that fails is asked for again a few times, and waited for only so long.
/// </summary>
internal sealed class LogAtAddress : LogSource
{
    /// <summary>How often a file is asked for before the check is given up.</summary>
    private const int AttemptsMax = 3;

    /// <summary>How many addresses an answer may point on to.</summary>
    private const int RedirectionsMax = 3;

    /// <summary>How long one file may take.</summary>
    private static readonly TimeSpan FileTimeout = TimeSpan.FromSeconds(30);

    /// <summary>The wait before a file is asked for again; it doubles each time.</summary>
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(250);

    private readonly Uri _prefix;
    private readonly HttpClient _client;

    /// <param name="prefix">The log's address, with or without its last slash.</param>
    internal LogAtAddress(string prefix)
    {
        Name = prefix;
        _prefix = new Uri(prefix.EndsWith('/') ? prefix : prefix + "/");
        var handler = new SocketsHttpHandler
        {
            MaxAutomaticRedirections = RedirectionsMax,
            ConnectTimeout = FileTimeout,
        };
        _client = new HttpClient(handler) { Timeout = FileTimeout, MaxResponseContentBufferSize = LengthMax };
    }

    internal override string Name { get; }

    /// <summary>True for the text of an address that this reads.</summary>
    internal static bool IsAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";

    internal override byte[]? Read(string path, CancellationToken cancellation)
    {
        var address = new Uri(_prefix, path);
        var wait = FirstWait;
        for (var attempt = 1; ; attempt++)
        {
            var (bytes, fault, isPassing) = Ask(address, LengthMaxOf(path), cancellation);
            if (fault is null)
            {
                return bytes;
            }

            if (!isPassing || attempt == AttemptsMax)
            {
                throw new IOException(FormattableString.Invariant($"{address}: {fault}, asked {attempt} times"));
            }

            cancellation.WaitHandle.WaitOne(wait);
            cancellation.ThrowIfCancellationRequested();
            wait *= 2;
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    private (byte[]? Bytes, string? Fault, bool IsPassing) Ask(Uri address, int most, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var answer = _client.Send(request, cancellation);
            if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            {
                return default;
            }

            if (answer.StatusCode != HttpStatusCode.OK)
            {
                var isPassing = (int)answer.StatusCode >= 500 || answer.StatusCode == HttpStatusCode.TooManyRequests;
                return (null, FormattableString.Invariant($"answered {(int)answer.StatusCode}"), isPassing);
            }

            using var body = new MemoryStream();
            answer.Content.CopyTo(body, null, cancellation);
            return body.Length <= most ? (body.ToArray(), null, false) : throw TooLong(address.ToString(), most);
        }
        catch (HttpRequestException fault)
        {
            var isPassing = fault.HttpRequestError != HttpRequestError.ConfigurationLimitExceeded;
            return (null, (fault.GetBaseException() as SocketException)?.Message ?? fault.Message, isPassing);
        }
        catch (TaskCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, FormattableString.Invariant($"no answer in {FileTimeout.TotalSeconds} s"), true);
        }
    }
}
