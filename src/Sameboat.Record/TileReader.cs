using System.Diagnostics.CodeAnalysis;

namespace Sameboat.Record;

/// <summary>
/// Reads a log's tiles for one size. Where a partial tile has gone because the log has grown, the beginning of the
/// full one stands for it. Lengths are checked here, contents are not.
/// </summary>
/// <param name="read">The bytes of a file by its path below the log's prefix; null when it is absent.</param>
public sealed class TileReader(Func<string, byte[]?> read)
{
    /// <summary>The hashes of a tile; on false the fault says why not.</summary>
    /// <exception cref="ArgumentException">The path is of an entry bundle.</exception>
    public bool TryReadHashes(
        TilePath path, [NotNullWhen(true)] out MerkleHash[]? hashes, [NotNullWhen(false)] out LogFault? fault)
    {
        if (path.IsEntries)
        {
            throw new ArgumentException("An entry bundle has no hashes.", nameof(path));
        }

        hashes = null;
        if (!TryReadFile(path, out var bytes, out var found, out fault))
        {
            return false;
        }

        if (bytes.Length != found.Width * MerkleHash.Length)
        {
            fault = new LogFault(LogRefusal.WrongLength, found.ToString(), null, $"{bytes.Length} bytes");
            return false;
        }

        hashes = new MerkleHash[path.Width];
        for (var index = 0; index < hashes.Length; index++)
        {
            hashes[index] = new MerkleHash(bytes.AsSpan(index * MerkleHash.Length, MerkleHash.Length));
        }

        return true;
    }

    /// <summary>The entries of a bundle; on false the fault says why not and at which entry, and those before it are
    /// given.</summary>
    /// <exception cref="ArgumentException">The path is of a tile of hashes.</exception>
    public bool TryReadEntries(
        TilePath path, out IReadOnlyList<ReadOnlyMemory<byte>> entries, [NotNullWhen(false)] out LogFault? fault)
    {
        if (!path.IsEntries)
        {
            throw new ArgumentException("A tile of hashes has no entries.", nameof(path));
        }

        entries = [];
        if (!TryReadFile(path, out var bytes, out var found, out fault))
        {
            return false;
        }

        var whole = new List<ReadOnlyMemory<byte>>(found.Width);
        var isWhole = EntryBundle.TryRead(bytes, found.Width, whole);
        entries = whole.GetRange(0, Math.Min(whole.Count, path.Width));
        if (!isWhole)
        {
            var index = (path.Index * TilePath.FullWidth) + Math.Min(whole.Count, path.Width - 1);
            fault = new LogFault(LogRefusal.WrongLength, found.ToString(), index, $"{bytes.Length} bytes");
            return false;
        }

        return true;
    }

    /// <summary>
    /// The hash of the complete subtree of 2^level leaves that is the index-th from the left, in the log of the size:
    /// what <see cref="MerkleProof"/> asks for, read from one tile.
    /// </summary>
    /// <exception cref="InvalidDataException">The tile is absent or has another length.</exception>
    public MerkleHash Node(long size, int level, long index)
    {
        var tileLevel = level / TilePath.Height;
        var inner = level % TilePath.Height;
        var first = index << inner;
        var tile = first / TilePath.FullWidth;
        var width = Math.Min(TilePath.FullWidth, TilePath.HashCount(size, tileLevel) - (tile * TilePath.FullWidth));
        if (!TryReadHashes(TilePath.Hashes(tileLevel, tile, (int)width), out var hashes, out var fault))
        {
            throw new InvalidDataException(fault.ToString());
        }

        var start = (int)(first % TilePath.FullWidth);
        return Fold(hashes.AsSpan(start, 1 << inner));
    }

    internal static MerkleHash Fold(ReadOnlySpan<MerkleHash> hashes)
    {
        var half = hashes.Length / 2;
        return half == 0 ? hashes[0] : MerkleHash.Node(Fold(hashes[..half]), Fold(hashes[half..]));
    }

    private bool TryReadFile(
        TilePath path, [NotNullWhen(true)] out byte[]? bytes, out TilePath found,
        [NotNullWhen(false)] out LogFault? fault)
    {
        found = path;
        fault = null;
        bytes = read(path.ToString());
        if (bytes is null && path.IsPartial)
        {
            found = path.Full;
            bytes = read(found.ToString());
        }

        if (bytes is null)
        {
            fault = new LogFault(LogRefusal.FileMissing, path.ToString(), null, "nothing");
            return false;
        }

        return true;
    }
}
