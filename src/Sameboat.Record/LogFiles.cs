namespace Sameboat.Record;

/// <summary>A whole log made at once of its entries.</summary>
public static class LogFiles
{
    /// <summary>
    /// The files of a log, each path once: full tiles, the partial ones of this size, the signed checkpoint last.
    /// </summary>
    /// <param name="origin">The log's address without scheme and trailing slash; the name of the key.</param>
    /// <param name="key">The log's key.</param>
    /// <param name="entries">The entries in order, each of at most <see cref="Entry.LengthMax"/> bytes.</param>
    /// <exception cref="ArgumentException">The key has another name than the origin, or an entry is too
    /// long.</exception>
    public static IReadOnlyList<LogFile> Build(string origin, SigningKey key, IEnumerable<byte[]> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var appender = LogAppender.Empty();
        foreach (var entry in entries)
        {
            appender.Append(entry);
        }

        return appender.TakeFiles(origin, key);
    }
}
