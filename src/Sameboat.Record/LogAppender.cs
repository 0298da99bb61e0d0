using System.Numerics;

namespace Sameboat.Record;

/// <summary>A file of a log: the path below the log's prefix and the bytes.</summary>
public sealed record LogFile(string Path, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Appends to a log without rereading it: holds the right edge only, at most 255 hashes a level and 255 entries.
/// <see cref="TakeFiles"/> gives the tiles that are new since it was last called, and the checkpoint after them. Not
/// safe for use from several threads at once.
/// </summary>
/// <remarks>C2SP tlog-tiles. Write the files in their order: a reader that sees a checkpoint finds its tiles.</remarks>
public sealed class LogAppender
{
    private readonly List<LogFile> _full = [];
    private readonly List<List<MerkleHash>> _levels = [];
    private readonly List<byte> _bundle = [];
    private readonly HashSet<int> _changedLevels = [];
    private int _bundled;

    private LogAppender(LogHead head) => Head = head;

    /// <summary>The size and right edge of the tree with all that was appended.</summary>
    public LogHead Head { get; private set; }

    /// <summary>A log without entries.</summary>
    public static LogAppender Empty() => new(LogHead.Empty);

    /// <summary>
    /// Takes up a log at a checkpoint that the caller trusts, reading its right edge only: one tile a level and one
    /// bundle. On null the fault says what does not fit the checkpoint.
    /// </summary>
    public static LogAppender? Resume(
        Checkpoint checkpoint, Func<string, byte[]?> read, out LogFault? fault)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        var reader = new TileReader(read);
        var appender = new LogAppender(LogHead.Empty);
        fault = appender.ReadLevels(checkpoint.Size, reader) ?? appender.ReadBundle(checkpoint.Size, reader);
        if (fault is not null)
        {
            return null;
        }

        appender.Head = LogHead.Stored(checkpoint.Size, [.. appender.Edge()]);
        if (appender.Head.Root() != checkpoint.Root)
        {
            fault = new LogFault(LogRefusal.RootDiffers, TilePath.Checkpoint, null, appender.Head.Root().ToString());
            return null;
        }

        return appender;
    }

    /// <summary>Appends an entry of at most <see cref="Entry.LengthMax"/> bytes and gives its index, from 0.</summary>
    /// <exception cref="ArgumentException">The entry is too long.</exception>
    public long Append(ReadOnlySpan<byte> entry)
    {
        if (entry.Length > Entry.LengthMax)
        {
            throw new ArgumentException($"An entry has at most {Entry.LengthMax} bytes.", nameof(entry));
        }

        var index = Head.Size;
        var leaf = MerkleHash.Leaf(entry);
        Head = Head.Append(leaf);
        EntryBundle.Append(_bundle, entry);
        _bundled++;
        if (_bundled == TilePath.FullWidth)
        {
            _full.Add(new LogFile(TilePath.Entries(index / TilePath.FullWidth).ToString(), _bundle.ToArray()));
            _bundle.Clear();
            _bundled = 0;
        }

        AppendHash(0, leaf);
        return index;
    }

    /// <summary>
    /// The files that are new since the last call: full tiles, then the partial ones of this size, then the signed
    /// checkpoint at <see cref="TilePath.Checkpoint"/>. The caller must never write a checkpoint that does not extend
    /// the one that stands.
    /// </summary>
    public IReadOnlyList<LogFile> TakeFiles(string origin, SigningKey key)
    {
        var files = new List<LogFile>(_full);
        if (_bundled > 0 && _changedLevels.Contains(0))
        {
            files.Add(new LogFile(
                TilePath.Entries(Head.Size / TilePath.FullWidth, _bundled).ToString(), _bundle.ToArray()));
        }

        for (var level = 0; level < _levels.Count; level++)
        {
            var row = _levels[level];
            if (row.Count > 0 && _changedLevels.Contains(level))
            {
                var index = TilePath.HashCount(Head.Size, level) / TilePath.FullWidth;
                files.Add(Tile(TilePath.Hashes(level, index, row.Count), row));
            }
        }

        var note = new Checkpoint(origin, Head.Size, Head.Root()).Sign(key);
        files.Add(new LogFile(TilePath.Checkpoint, note.ToBytes()));
        _full.Clear();
        _changedLevels.Clear();
        return files;
    }

    private void AppendHash(int level, MerkleHash hash)
    {
        if (_levels.Count == level)
        {
            _levels.Add([]);
        }

        var row = _levels[level];
        row.Add(hash);
        _changedLevels.Add(level);
        if (row.Count < TilePath.FullWidth)
        {
            return;
        }

        var index = (TilePath.HashCount(Head.Size, level) / TilePath.FullWidth) - 1;
        _full.Add(Tile(TilePath.Hashes(level, index), row));
        var above = TileReader.Fold([.. row]);
        row.Clear();
        AppendHash(level + 1, above);
    }

    // The complete subtrees of the right edge, largest first: each row of w hashes gives one for each set bit of w.
    private IEnumerable<MerkleHash> Edge()
    {
        for (var level = _levels.Count - 1; level >= 0; level--)
        {
            var row = _levels[level].ToArray();
            var at = 0;
            for (var rest = row.Length; rest > 0;)
            {
                var width = 1 << BitOperations.Log2((uint)rest);
                yield return TileReader.Fold(row.AsSpan(at, width));
                at += width;
                rest -= width;
            }
        }
    }

    private LogFault? ReadLevels(long size, TileReader reader)
    {
        for (var level = 0; level <= TilePath.LevelMax && TilePath.HashCount(size, level) > 0; level++)
        {
            var count = TilePath.HashCount(size, level);
            var width = (int)(count % TilePath.FullWidth);
            MerkleHash[]? hashes = [];
            if (width > 0 && !reader.TryReadHashes(
                TilePath.Hashes(level, count / TilePath.FullWidth, width), out hashes, out var fault))
            {
                return fault;
            }

            _levels.Add([.. hashes]);
        }

        return null;
    }

    private LogFault? ReadBundle(long size, TileReader reader)
    {
        var width = (int)(size % TilePath.FullWidth);
        if (width == 0)
        {
            return null;
        }

        var path = TilePath.Entries(size / TilePath.FullWidth, width);
        if (!reader.TryReadEntries(path, out var entries, out var fault))
        {
            return fault;
        }

        for (var index = 0; index < entries.Count; index++)
        {
            if (MerkleHash.Leaf(entries[index].Span) != _levels[0][index])
            {
                var position = (path.Index * TilePath.FullWidth) + index;
                return new LogFault(LogRefusal.EntryChanged, path.ToString(), position, "another entry");
            }

            EntryBundle.Append(_bundle, entries[index].Span);
        }

        _bundled = width;
        return null;
    }

    private static LogFile Tile(TilePath path, List<MerkleHash> row)
    {
        var bytes = new byte[row.Count * MerkleHash.Length];
        for (var index = 0; index < row.Count; index++)
        {
            row[index].CopyTo(bytes.AsSpan(index * MerkleHash.Length));
        }

        return new LogFile(path.ToString(), bytes);
    }
}
