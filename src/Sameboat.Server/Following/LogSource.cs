using Sameboat.Record;

namespace Sameboat.Server.Following;

/// <summary>What a source answered: the bytes, neither where it has no such file, or why it gave no answer.</summary>
internal readonly record struct SourceAnswer(byte[]? Bytes, string? Fault)
{
    internal static SourceAnswer Absent => default;
}

/// <summary>Where a log's files are read from: any place that holds them will do, since each byte is checked.</summary>
internal interface ILogSource
{
    /// <summary>The folder the files lie in where they are on this machine; null where they must be fetched.</summary>
    string? Folder { get; }

    /// <summary>Reads one file by its path below the log's prefix, within the limits of time and size.</summary>
    Task<SourceAnswer> ReadAsync(string path, CancellationToken cancellation);
}

/// <summary>How large a file of a log may be.</summary>
internal static class LogFileLimits
{
    private const int EntryLead = sizeof(ushort);

    /// <summary>The most bytes that a file of this path can have.</summary>
    internal static int LengthMaxOf(string path) =>
        !TilePath.TryParse(path, out var tile) ? SignedNote.LengthMax
        : tile.IsEntries ? TilePath.FullWidth * (EntryLead + Entry.LengthMax)
        : TilePath.FullWidth * MerkleHash.Length;
}

/// <summary>A log in a folder, such as a memory stick holds.</summary>
internal sealed class FolderLogSource(string folder) : ILogSource
{
    public string? Folder => folder;

    public async Task<SourceAnswer> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var file = new FileInfo(Path.Combine(folder, path));
            if (!file.Exists)
            {
                return SourceAnswer.Absent;
            }

            var most = LogFileLimits.LengthMaxOf(path);
            return file.Length > most
                ? new SourceAnswer(null, $"{file.FullName} has {file.Length} bytes; at most {most} are possible.")
                : new SourceAnswer(await File.ReadAllBytesAsync(file.FullName, cancellation), null);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new SourceAnswer(null, $"{folder} cannot be read: {fault.Message}");
        }
    }
}

/// <summary>A log that a node, or any file server, serves at an address.</summary>
internal sealed class HttpLogSource(HttpClient client, Uri prefix) : ILogSource
{
    /// <summary>How long one file may take, from the request to its last byte.</summary>
    internal static readonly TimeSpan FileTimeout = TimeSpan.FromSeconds(20);

    private const int BufferLength = 1 << 16;

    private readonly string _prefix = prefix.AbsoluteUri.TrimEnd('/') + "/";

    public string? Folder => null;

    public async Task<SourceAnswer> ReadAsync(string path, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(FileTimeout);
        try
        {
            using var answer = await client.GetAsync(
                new Uri(_prefix + path), HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (answer.StatusCode is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Gone)
            {
                return SourceAnswer.Absent;
            }

            if (!answer.IsSuccessStatusCode)
            {
                return new SourceAnswer(null, $"{_prefix}{path} answered {(int)answer.StatusCode}.");
            }

            return await ReadBodyAsync(answer, path, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SourceAnswer(null, $"{_prefix}{path} did not come within {FileTimeout.TotalSeconds} seconds.");
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return new SourceAnswer(null, $"{_prefix}{path} cannot be fetched: {fault.Message}");
        }
    }

    private async Task<SourceAnswer> ReadBodyAsync(
        HttpResponseMessage answer, string path, CancellationToken cancellation)
    {
        var most = LogFileLimits.LengthMaxOf(path);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        using var bytes = new MemoryStream();
        var buffer = new byte[BufferLength];
        while (await body.ReadAsync(buffer, cancellation) is var read and > 0)
        {
            if (bytes.Length + read > most)
            {
                return new SourceAnswer(null, $"{_prefix}{path} has more than the {most} bytes that are possible.");
            }

            bytes.Write(buffer, 0, read);
        }

        return new SourceAnswer(bytes.ToArray(), null);
    }
}
