using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Files;

/// <summary>What the bytes of a cell amount to when a whole number is looked for.</summary>
internal enum WholeKind
{
    /// <summary>A whole number within the limit.</summary>
    Whole,

    /// <summary>Empty, or one of the words for «not available».</summary>
    NotReported,

    /// <summary>A number with a part after the point that is not zero.</summary>
    Fractional,

    /// <summary>A whole number beyond <see cref="CellValue.WholeMax"/> either way.</summary>
    TooLarge,

    /// <summary>No number.</summary>
    NoNumber,
}

/// <summary>Reads single cells of text files, without making strings of what is right.</summary>
internal static class CellValue
{
    /// <summary>The largest count of persons or units in one cell.</summary>
    internal const long WholeMax = 1_000_000_000_000;

    /// <summary>The first day that is taken for a date and not for a slip of the keyboard.</summary>
    internal static readonly DateOnly FirstDay = new(1900, 1, 1);

    /// <summary>The last day that is taken for a date and not for a slip of the keyboard.</summary>
    internal static readonly DateOnly LastDay = new(2199, 12, 31);

    /// <summary>
    /// Reads a whole number, also as spreadsheets and statistics programs write it: <c>3.0</c>, <c>1e+05</c>, and
    /// <c>3,0</c> where the comma is the decimal sign. Thousands separators are not read: they cannot be told from it.
    /// </summary>
    internal static WholeKind Whole(ReadOnlySpan<byte> cell, bool decimalComma, out long value)
    {
        value = 0;
        if (IsNotReported(cell))
        {
            return WholeKind.NotReported;
        }

        var digits = cell[0] is (byte)'-' or (byte)'+' ? cell[1..] : cell;
        var length = 0;
        while (length < digits.Length && digits[length] is >= (byte)'0' and <= (byte)'9')
        {
            value = value > WholeMax ? value : (value * 10) + (digits[length] - '0');
            length++;
        }

        if (length == digits.Length && length > 0)
        {
            value = cell[0] == '-' ? -value : value;
            return Math.Abs(value) <= WholeMax ? WholeKind.Whole : WholeKind.TooLarge;
        }

        return Number(cell, decimalComma, out var number) ? WholeOf(number, out value) : WholeKind.NoNumber;
    }

    /// <summary>Reads a finite number with a point, or a comma where the comma is the decimal sign.</summary>
    internal static bool Number(ReadOnlySpan<byte> cell, bool decimalComma, out double value)
    {
        const int LengthMax = 64;
        value = 0;
        if (cell.IsEmpty || cell.Length > LengthMax)
        {
            return false;
        }

        Span<byte> pointed = stackalloc byte[LengthMax];
        cell.CopyTo(pointed);
        pointed = pointed[..cell.Length];
        if (decimalComma)
        {
            pointed.Replace((byte)',', (byte)'.');
        }

        if (pointed[0] == '+')
        {
            pointed = pointed[1..];
        }

        return Utf8Parser.TryParse(pointed, out value, out var consumed, 'G')
            && consumed == pointed.Length
            && double.IsFinite(value)
            && char.IsAsciiDigit((char)pointed[^1]);
    }

    /// <summary>True for an empty cell and for the words that statistics programs write for a missing value.</summary>
    internal static bool IsNotReported(ReadOnlySpan<byte> cell) =>
        cell.IsEmpty
        || Ascii.EqualsIgnoreCase(cell, "NA"u8)
        || Ascii.EqualsIgnoreCase(cell, "N/A"u8)
        || Ascii.EqualsIgnoreCase(cell, "NaN"u8)
        || Ascii.EqualsIgnoreCase(cell, "null"u8);

    /// <summary>
    /// Reads a day of the form <c>2021-12-31</c>, from <see cref="FirstDay"/> to <see cref="LastDay"/>.
    /// </summary>
    internal static bool IsoDay(ReadOnlySpan<byte> cell, out DateOnly day)
    {
        day = default;
        return cell.Length == 10
            && cell[4] == '-'
            && cell[7] == '-'
            && Digits(cell[..4], out var year)
            && Digits(cell[5..7], out var month)
            && Digits(cell[8..], out var dayOfMonth)
            && DayOf(year, month, dayOfMonth, out day);
    }

    /// <summary>The day of a year, month and day of the month, if there is one within the limits.</summary>
    internal static bool DayOf(int year, int month, int dayOfMonth, out DateOnly day)
    {
        day = default;
        if (year < FirstDay.Year || year > LastDay.Year || month is < 1 or > 12
            || dayOfMonth < 1 || dayOfMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, dayOfMonth);
        return true;
    }

    /// <summary>Reads up to nine digits and nothing else.</summary>
    internal static bool Digits(ReadOnlySpan<byte> cell, out int value)
    {
        value = 0;
        if (cell.IsEmpty || cell.Length > 9)
        {
            return false;
        }

        foreach (var letter in cell)
        {
            if (!char.IsAsciiDigit((char)letter))
            {
                return false;
            }

            value = (value * 10) + (letter - '0');
        }

        return true;
    }

    /// <summary>The day as faults and remarks write it.</summary>
    internal static string Shown(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static WholeKind WholeOf(double number, out long value)
    {
        value = 0;
        if (number != Math.Floor(number))
        {
            return WholeKind.Fractional;
        }

        if (Math.Abs(number) > WholeMax)
        {
            return WholeKind.TooLarge;
        }

        value = (long)number;
        return WholeKind.Whole;
    }
}
