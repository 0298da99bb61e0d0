using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Sameboat.Exchange.Files;

/// <summary>
/// The rows of a file of separated values, one at a time, in memory bounded by the longest row (RFC 4180 and what
/// spreadsheets make of it): comma, semicolon or tab, recognised by the header; quotes; lines ending in CR LF, LF or
/// CR; UTF-8 with or without a mark, UTF-16 with one. Rows without any text are passed over. A row that is not whole
/// is added to the faults and passed over, so that a caller only ever sees rows of at least as many cells as the
/// header has.
/// </summary>
public sealed class CsvRows : IDisposable
{
    /// <summary>The most columns of a file.</summary>
    public const int ColumnsMax = 16_384;

    private readonly ByteWindow _window;
    private readonly FaultList _faults;
    private Range[] _cells = new Range[16];
    private int _count;
    private int _position;
    private bool _hasStrayText;
    private long _nextLine = 1;
    private string[] _header = [];

    private CsvRows(Stream stream, string file, FaultList faults)
    {
        _window = new ByteWindow(stream, file, faults);
        _faults = faults;
        File = file;
    }

    /// <summary>The file as faults name it.</summary>
    public string File { get; }

    /// <summary>Names of the columns as written, without surrounding white space.</summary>
    public IReadOnlyList<string> Header => _header;

    /// <summary>The separator that the header uses: a comma, a semicolon or a tab.</summary>
    public char Separator { get; private set; } = ',';

    /// <summary>True where a comma may stand for the decimal point, as it does where it does not separate.</summary>
    public bool DecimalComma => Separator != ',';

    /// <summary>Line on which the current row begins, counted from 1.</summary>
    public long Line { get; private set; }

    /// <summary>Rows that were at fault as a whole and passed over.</summary>
    public long BrokenRows { get; private set; }

    /// <summary>
    /// True when the last row had no line end, so that its last cell may have been cut without leaving a trace.
    /// </summary>
    public bool EndsWithoutLineEnd { get; private set; }

    /// <summary>Opens a file, or standard input for <c>-</c>, and reads its header.</summary>
    /// <returns>The rows, or null with at least one fault added.</returns>
    public static CsvRows? Open(string path, FaultList faults)
    {
        var stream = InputSource.Open(path, faults);
        return stream is null ? null : Begin(stream, InputSource.NameOf(path), faults);
    }

    /// <summary>Reads the header of a stream, which is closed with the rows, or at once when it is refused.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="file">The name by which faults call it.</param>
    /// <param name="faults">Takes what is wrong with the file, now and while rows are read.</param>
    /// <returns>The rows, or null with at least one fault added.</returns>
    public static CsvRows? Begin(Stream stream, string file, FaultList faults)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(faults);
        var rows = new CsvRows(stream, file, faults);
        if (rows.ReadHeader())
        {
            return rows;
        }

        rows.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _window.Dispose();

    /// <summary>The position of a column by its name, ignoring case; -1 when there is none.</summary>
    public int IndexOf(string column) =>
        Array.FindIndex(_header, name => string.Equals(name, column, StringComparison.OrdinalIgnoreCase));

    /// <summary>Goes to the next whole row. False at the end, and after a fault that ends the reading.</summary>
    public bool Read()
    {
        while (ReadRow())
        {
            if (IsBlank())
            {
                continue;
            }

            if (IsWhole())
            {
                return true;
            }

            BrokenRows++;
        }

        return false;
    }

    /// <summary>
    /// The bytes of a cell of the current row, without its quotes and surrounding white space; valid until the next
    /// row is read. Empty for a column that the file has not (-1).
    /// </summary>
    public ReadOnlySpan<byte> Cell(int column) =>
        column < 0 ? [] : ((ReadOnlySpan<byte>)_window.Bytes[_cells[column]]).Trim(" \t"u8);

    /// <summary>The text of a cell; bytes that are no UTF-8 become replacement characters.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Cell(column));

    /// <summary>True when the cell is UTF-8.</summary>
    public bool IsText(int column) => Utf8.IsValid(Cell(column));

    /// <summary>Adds a fault of a cell of the current row.</summary>
    /// <param name="column">The column, counted from 0.</param>
    /// <param name="expected">What would have been right.</param>
    public void Refuse(int column, string expected) =>
        _faults.Add(new Fault(File, Line, column + 1, Text(column), expected));

    private bool ReadHeader()
    {
        if (!_window.Begin() || !RecogniseSeparator() || !ReadRow())
        {
            if (_faults.IsEmpty)
            {
                _faults.Add(Fault.Describe(File, 0, 0, "an empty file", "a header and at least one row"));
            }

            return false;
        }

        if (_hasStrayText)
        {
            return false;
        }

        if (IsBlank())
        {
            _faults.Add(Fault.Describe(File, Line, 0, "an empty line", "a header naming the columns"));
            return false;
        }

        _header = new string[_count];
        for (var column = 0; column < _count; column++)
        {
            _header[column] = Text(column);
        }

        return true;
    }

    private bool RecogniseSeparator()
    {
        if (FirstLine() is not { } first)
        {
            return false;
        }

        if (first.Length is 5 or 6 && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            // The line by which spreadsheets tell each other the separator.
            _window.Advance(first.Length + 1);
            _nextLine++;
            Separator = first[4];
            return Separator is ',' or ';' or '\t' || FirstLine() is not null;
        }

        var best = 0;
        foreach (var candidate in ",;\t")
        {
            var count = CountOutsideQuotes(first, candidate);
            if (count > best)
            {
                best = count;
                Separator = candidate;
            }
        }

        return true;
    }

    /// <summary>The first line without its line feed, or null with a fault when it is longer than a row may be.</summary>
    private string? FirstLine()
    {
        int length;
        while ((length = _window.Bytes.IndexOf((byte)'\n')) < 0 && _window.Length <= ByteWindow.RowBytesMax)
        {
            if (!_window.Fill())
            {
                length = _window.Length;
                break;
            }
        }

        if (_window.Stopped)
        {
            return null;
        }

        return length < 0 ? RefuseLongRow(0) : Encoding.UTF8.GetString(_window.Bytes[..length]);
    }

    private static int CountOutsideQuotes(string line, char separator)
    {
        var count = 0;
        var quoted = false;
        foreach (var letter in line)
        {
            quoted ^= letter == '"';
            count += !quoted && letter == separator ? 1 : 0;
        }

        return count;
    }

    private bool IsBlank()
    {
        for (var column = 0; column < _count; column++)
        {
            if (!Cell(column).IsEmpty)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsWhole()
    {
        if (_hasStrayText)
        {
            return false;
        }

        if (_count < _header.Length)
        {
            var missing = _header[_count];
            var cut = EndsWithoutLineEnd ? "; the file seems to be cut" : "";
            var expected = string.Create(
                CultureInfo.InvariantCulture, $"{_header.Length} cells as in the header, next «{missing}»{cut}");
            var cells = _count == 1 ? "cell" : "cells";
            var found = string.Create(CultureInfo.InvariantCulture, $"the end of the line after {_count} {cells}");
            _faults.Add(Fault.Describe(File, Line, _count, found, expected));
            return false;
        }

        for (var column = _header.Length; column < _count; column++)
        {
            if (!Cell(column).IsEmpty)
            {
                Refuse(column, string.Create(
                    CultureInfo.InvariantCulture, $"the end of the line after {_header.Length} cells, as in the header"));
                return false;
            }
        }

        return true;
    }

    private bool ReadRow()
    {
        _window.Advance(_position);
        _position = 0;
        _count = 0;
        _hasStrayText = false;
        Line = _nextLine;
        if (_window.Length == 0 && !_window.Fill())
        {
            return false;
        }

        bool more;
        do
        {
            more = Peek(_position) == '"' ? ReadQuotedCell() : ReadPlainCell(_position);
        }
        while (more && !_window.Stopped);
        return !_window.Stopped;
    }

    /// <summary>Reads to the end of a cell. True when another cell of the row follows.</summary>
    private bool ReadPlainCell(int cellStart)
    {
        var separator = (byte)Separator;
        var at = _position;
        while (true)
        {
            var bytes = _window.Bytes;
            while (at < bytes.Length)
            {
                var letter = bytes[at];
                if (letter == separator)
                {
                    return EndCell(cellStart, at, at + 1);
                }

                if (letter is (byte)'\n' or (byte)'\r')
                {
                    EndCell(cellStart, at, at);
                    return EndRow(at);
                }

                at++;
            }

            if (!MoreBytes())
            {
                EndsWithoutLineEnd = true;
                EndCell(cellStart, at, at);
                return false;
            }
        }
    }

    private bool ReadQuotedCell()
    {
        var opened = _position;
        var openedLine = _nextLine;
        var write = opened + 1;
        var at = opened + 1;
        while (true)
        {
            var letter = Peek(at);
            if (letter < 0)
            {
                return RefuseUnclosedQuote(openedLine);
            }

            if (letter == '"')
            {
                if (Peek(at + 1) != '"')
                {
                    return EndQuotedCell(opened + 1, write, at + 1);
                }

                at++;
            }
            else if (letter == '\n')
            {
                _nextLine++;
            }

            _window.Bytes[write++] = (byte)letter;
            at++;
        }
    }

    private bool EndQuotedCell(int start, int end, int after)
    {
        var next = Peek(after);
        while (next is ' ')
        {
            next = Peek(++after);
        }

        if (next == Separator)
        {
            return EndCell(start, end, after + 1);
        }

        if (next is '\n' or '\r' or < 0)
        {
            EndCell(start, end, after);
            EndsWithoutLineEnd |= next < 0;
            return next >= 0 && EndRow(after);
        }

        // Text after the closing quote: the cell is what stands between the separators, and the row is refused.
        _position = after;
        var column = _count + 1;
        var more = ReadPlainCell(start);
        _faults.Add(new Fault(
            File, Line, column, Text(column - 1), "nothing after the closing quote; a quote inside is doubled"));
        _hasStrayText = true;
        return more;
    }

    private bool RefuseUnclosedQuote(long openedLine)
    {
        if (!_window.Stopped)
        {
            _faults.Add(Fault.Describe(
                File, openedLine, _count + 1, "a quote that is never closed", "a closing quote; the file seems to be cut"));
            _window.Stop();
        }

        return false;
    }

    private bool EndCell(int start, int end, int next)
    {
        if (_count == _cells.Length)
        {
            Array.Resize(ref _cells, _count * 2);
        }

        _cells[_count++] = start..end;
        _position = next;
        if (_count <= ColumnsMax)
        {
            return true;
        }

        _faults.Add(Fault.Describe(File, Line, _count, "one more cell", $"at most {ColumnsMax} cells on a line"));
        return _window.Stop();
    }

    private bool EndRow(int at)
    {
        _nextLine++;
        _position = at + (Peek(at) == '\r' && Peek(at + 1) == '\n' ? 2 : 1);
        return false;
    }

    /// <summary>The byte at a position of the row, or -1 at the end of the file.</summary>
    private int Peek(int at)
    {
        while (at >= _window.Length)
        {
            if (!MoreBytes())
            {
                return -1;
            }
        }

        return _window.Bytes[at];
    }

    private bool MoreBytes()
    {
        if (_window.Length > ByteWindow.RowBytesMax)
        {
            RefuseLongRow(_count + 1);
            return false;
        }

        return _window.Fill();
    }

    private string? RefuseLongRow(int column)
    {
        var expected = string.Create(
            CultureInfo.InvariantCulture, $"a line of at most {ByteWindow.RowBytesMax:N0} bytes; is a quote left open?");
        _faults.Add(Fault.Describe(File, Line, column, "a line that does not end", expected));
        _window.Stop();
        return null;
    }
}
