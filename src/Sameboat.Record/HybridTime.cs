using System.Globalization;

namespace Sameboat.Record;

/// <summary>
/// A hybrid logical time: physical microseconds since 1970 (UTC) and a counter that orders what happens within one of
/// them or while a clock stands still. Later entries of a member, and entries that answer others, get greater times
/// whatever the clocks do. <c>default</c> is the first instant of 1970.
/// </summary>
/// <remarks>
/// Kulkarni, Demirbas, Madappa, Avva and Leone 2014, 10.1007/978-3-319-14472-6_2. Text form:
/// <c>2026-03-02T09:30:00.123456Z-00007</c>, always 33 characters, so that the order of the texts is that of the times.
/// </remarks>
public readonly record struct HybridTime : IComparable<HybridTime>
{
    /// <summary>The last microsecond of the year 9999.</summary>
    public const long UnixMicrosecondsMax = 253_402_300_799_999_999;

    /// <summary>The greatest counter; the next time moves on by a microsecond.</summary>
    public const int CounterMax = 99_999;

    /// <summary>How far ahead of one's own clock another's time is still believed: 15 minutes.</summary>
    public const long AheadMicrosecondsMax = 15L * 60 * 1_000_000;

    /// <summary>
    /// How far a member's time may lie before that of its previous entry without being remarked on: 2 hours. A clock
    /// that was an hour ahead and has been set goes back by less.
    /// </summary>
    public const long BackMicrosecondsMax = 2L * 60 * 60 * 1_000_000;

    private const string InstantForm = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
    private const int InstantLength = 27;
    private const int TextLength = InstantLength + 6;

    /// <summary>Takes both parts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is negative or above its greatest value.</exception>
    public HybridTime(long unixMicroseconds, int counter = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(unixMicroseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(unixMicroseconds, UnixMicrosecondsMax);
        ArgumentOutOfRangeException.ThrowIfNegative(counter);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(counter, CounterMax);
        UnixMicroseconds = unixMicroseconds;
        Counter = counter;
    }

    /// <summary>Microseconds since 1970-01-01T00:00:00Z, from 0 to <see cref="UnixMicrosecondsMax"/>.</summary>
    public long UnixMicroseconds { get; }

    /// <summary>The place among times of the same microsecond, from 0 to <see cref="CounterMax"/>.</summary>
    public int Counter { get; }

    /// <summary>The physical part as an instant in UTC.</summary>
    public DateTimeOffset Instant => DateTimeOffset.UnixEpoch.AddTicks(UnixMicroseconds * TimeSpan.TicksPerMicrosecond);

    /// <summary>The time of an event of one's own: after this one, and not before the clock's microseconds.</summary>
    public HybridTime Next(long clockMicroseconds) =>
        clockMicroseconds > UnixMicroseconds ? new HybridTime(clockMicroseconds) : Successor();

    /// <summary>The time of taking note of another's: after this one and after the other, and not before the clock's
    /// microseconds. Refuse first what <see cref="IsTooFarAheadOf"/> one's clock.</summary>
    public HybridTime Merge(HybridTime other, long clockMicroseconds)
    {
        var later = CompareTo(other) >= 0 ? this : other;
        return later.Next(clockMicroseconds);
    }

    /// <summary>True when the physical part lies more than <see cref="AheadMicrosecondsMax"/> after the clock's: one
    /// wrong clock would otherwise carry everyone's along.</summary>
    public bool IsTooFarAheadOf(long clockMicroseconds) => UnixMicroseconds - clockMicroseconds > AheadMicrosecondsMax;

    /// <summary>True when the physical part lies more than <see cref="BackMicrosecondsMax"/> before that of the entry
    /// which stands before it in its log: it claims to be of an earlier time than it was said.</summary>
    public bool IsFarBehind(HybridTime previous) => previous.UnixMicroseconds - UnixMicroseconds > BackMicrosecondsMax;

    /// <summary>Reads the text form and nothing else.</summary>
    public static bool TryParse(string? text, out HybridTime time)
    {
        time = default;
        if (text is not { Length: TextLength } || text[InstantLength] != '-'
            || !DateTimeOffset.TryParseExact(text[..InstantLength], InstantForm, CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            || !int.TryParse(text[(InstantLength + 1)..], NumberStyles.None, CultureInfo.InvariantCulture,
                out var counter)
            || instant < DateTimeOffset.UnixEpoch)
        {
            return false;
        }

        time = new HybridTime((instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond, counter);
        return time.ToString() == text;
    }

    /// <summary>Order of microseconds, then of counters.</summary>
    public int CompareTo(HybridTime other)
    {
        var byClock = UnixMicroseconds.CompareTo(other.UnixMicroseconds);
        return byClock != 0 ? byClock : Counter.CompareTo(other.Counter);
    }

    /// <summary>The text form.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Instant.ToString(InstantForm, CultureInfo.InvariantCulture)}-{Counter:D5}");

    private HybridTime Successor() =>
        Counter < CounterMax
            ? new HybridTime(UnixMicroseconds, Counter + 1)
            : new HybridTime(UnixMicroseconds + 1);
}
