using System.Collections.Concurrent;
using Sameboat.Record;

namespace Sameboat.Server.Storage;

/// <summary>
/// Full tiles as they were last read: they never change, so what is kept is never wrong. When there is no more room
/// everything is dropped and read again as it is asked for.
/// </summary>
internal sealed class TileCache
{
    /// <summary>The most bytes kept.</summary>
    internal const long BytesMax = 64L * 1024 * 1024;

    private readonly ConcurrentDictionary<(string Member, bool IsEntries, int Level, long Index), byte[]> _tiles =
        new();
    private long _bytes;

    /// <summary>The bytes of a full tile, or null.</summary>
    internal byte[]? Find(string member, TilePath path) =>
        !path.IsPartial && _tiles.TryGetValue(KeyOf(member, path), out var bytes) ? bytes : null;

    /// <summary>Keeps a full tile; a partial one is not worth its room.</summary>
    internal void Keep(string member, TilePath path, byte[] bytes)
    {
        if (path.IsPartial || !_tiles.TryAdd(KeyOf(member, path), bytes))
        {
            return;
        }

        if (Interlocked.Add(ref _bytes, bytes.Length) > BytesMax)
        {
            _tiles.Clear();
            Interlocked.Exchange(ref _bytes, 0);
        }
    }

    private static (string Member, bool IsEntries, int Level, long Index) KeyOf(string member, TilePath path) =>
        (member, path.IsEntries, path.Level, path.Index);
}
