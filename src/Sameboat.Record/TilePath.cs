using System.Globalization;

namespace Sameboat.Record;

/// <summary>
/// The path of a tile below a log's prefix: <c>tile/0/x001/x234/067</c>, or <c>tile/entries/000.p/12</c> for a partial
/// bundle of 12 entries. Level -1 stands for the entry bundles; a width of 256 is a full tile. <c>default</c> has width
/// 0, which no tile has.
/// </summary>
/// <remarks>C2SP tlog-tiles.</remarks>
public readonly record struct TilePath
{
    /// <summary>How many hashes a full tile, and how many entries a full bundle holds.</summary>
    public const int FullWidth = 256;

    /// <summary>The level that stands for entry bundles.</summary>
    public const int EntriesLevel = -1;

    /// <summary>The highest level a log below 2^63 entries can have.</summary>
    public const int LevelMax = 7;

    /// <summary>The path of a log's latest checkpoint.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>How many levels of the tree a tile spans.</summary>
    internal const int Height = 8;

    private const string Lead = "tile/";
    private const string EntriesName = "entries";
    private const string PartialMark = ".p/";

    private TilePath(int level, long index, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, EntriesLevel);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, LevelMax);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, FullWidth);
        Level = level;
        Index = index;
        Width = width;
    }

    /// <summary>0 for leaf hashes, up to <see cref="LevelMax"/>; <see cref="EntriesLevel"/> for bundles.</summary>
    public int Level { get; }

    /// <summary>The place from the left within the level, from 0.</summary>
    public long Index { get; }

    /// <summary>How many hashes or entries it holds, 1 to 256.</summary>
    public int Width { get; }

    /// <summary>True for a bundle of entries.</summary>
    public bool IsEntries => Level == EntriesLevel;

    /// <summary>True when it holds fewer than 256.</summary>
    public bool IsPartial => Width < FullWidth;

    /// <summary>The same tile when it is full.</summary>
    public TilePath Full => new(Level, Index, FullWidth);

    /// <summary>A tile of hashes.</summary>
    public static TilePath Hashes(int level, long index, int width = FullWidth)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(level);
        return new TilePath(level, index, width);
    }

    /// <summary>A bundle of entries.</summary>
    public static TilePath Entries(long index, int width = FullWidth) => new(EntriesLevel, index, width);

    /// <summary>How many hashes the tree of the size has at a tile level: the size over 256^level, rounded
    /// down.</summary>
    public static long HashCount(long size, int level) => size >> (Height * level);

    /// <summary>All tiles that a tree of the size has, bundles first, then level by level, each from the
    /// left.</summary>
    public static IEnumerable<TilePath> AllFor(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        foreach (var path in Row(EntriesLevel, size))
        {
            yield return path;
        }

        for (var level = 0; level <= LevelMax && HashCount(size, level) > 0; level++)
        {
            foreach (var path in Row(level, HashCount(size, level)))
            {
                yield return path;
            }
        }
    }

    /// <summary>Reads a path in the one way it is written; false for anything else.</summary>
    public static bool TryParse(string? text, out TilePath path)
    {
        path = default;
        if (text is null || !text.StartsWith(Lead, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text[Lead.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || !TryParseLevel(rest[..slash], out var level))
        {
            return false;
        }

        var place = rest[(slash + 1)..];
        var width = FullWidth;
        var mark = place.IndexOf(PartialMark, StringComparison.Ordinal);
        if (mark >= 0)
        {
            if (!int.TryParse(
                place.AsSpan(mark + PartialMark.Length), NumberStyles.None, CultureInfo.InvariantCulture, out width)
                || width is < 1 or >= FullWidth)
            {
                return false;
            }

            place = place[..mark];
        }

        var digits = place.Replace("/", "", StringComparison.Ordinal).Replace("x", "", StringComparison.Ordinal);
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return false;
        }

        path = new TilePath(level, index, width);
        return path.ToString() == text;
    }

    /// <summary>The path below the log's prefix, without a leading slash.</summary>
    public override string ToString()
    {
        var level = IsEntries ? EntriesName : Level.ToString(CultureInfo.InvariantCulture);
        var place = (Index % 1000).ToString("D3", CultureInfo.InvariantCulture);
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
        {
            place = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:D3}/{place}");
        }

        var partial = IsPartial ? PartialMark + Width.ToString(CultureInfo.InvariantCulture) : "";
        return $"{Lead}{level}/{place}{partial}";
    }

    private static IEnumerable<TilePath> Row(int level, long count)
    {
        for (long index = 0; index * FullWidth < count; index++)
        {
            yield return new TilePath(level, index, (int)Math.Min(FullWidth, count - (index * FullWidth)));
        }
    }

    private static bool TryParseLevel(string text, out int level)
    {
        level = EntriesLevel;
        return text == EntriesName
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out level) && level <= LevelMax);
    }
}
