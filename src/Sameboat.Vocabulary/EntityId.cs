using System.Buffers.Binary;
using System.Globalization;

namespace Sameboat;

/// <summary>
/// The id of an entity or entry: a UUID of version 7 (RFC 9562), so that ids sort by the millisecond they were made in.
/// <c>default</c> is the nil UUID and stands for no entity: <see cref="IsNone"/>.
/// </summary>
public readonly record struct EntityId(Guid Value) : IComparable<EntityId>
{
    /// <summary>How many random bytes <see cref="Create"/> takes.</summary>
    public const int RandomBytes = 10;

    /// <summary>True for the nil UUID.</summary>
    public bool IsNone => Value == Guid.Empty;

    /// <summary>Makes an id of the time, in milliseconds since 1970 (0 to 2^48 - 1), and ten random bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is over 48 bits or the bytes are not ten.</exception>
    public static EntityId Create(long unixMilliseconds, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixMilliseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unixMilliseconds, (1L << 48) - 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, RandomBytes);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(bytes, unixMilliseconds << 16);
        random.CopyTo(bytes[6..]);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new EntityId(new Guid(bytes, bigEndian: true));
    }

    /// <summary>Reads the 8-4-4-4-12 form in lower or upper case.</summary>
    public static bool TryParse(string? text, out EntityId id)
    {
        var read = Guid.TryParseExact(text, "D", out var value);
        id = new EntityId(value);
        return read;
    }

    /// <summary>Order of the canonical text, which is the order of making.</summary>
    public int CompareTo(EntityId other) => string.CompareOrdinal(ToString(), other.ToString());

    /// <summary>The 8-4-4-4-12 form in lower case.</summary>
    public override string ToString() => Value.ToString("D", CultureInfo.InvariantCulture);
}
