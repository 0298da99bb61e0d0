using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Files;

/// <summary>Parts a text into rows and cells, finding quotes and line ends as it goes (RFC 4180).</summary>
internal sealed class RowScanner(ByteWindow window, string file, FaultList faults)
{
    private Range[] _cells = new Range[16];
    private int _count;
    private int _position;
    private long _nextLine = 1;

    /// <summary>The separator; a comma until it is set.</summary>
    internal char Separator { get; set; } = ',';

    /// <summary>Line on which the current row begins, counted from 1.</summary>
    internal long Line { get; private set; }

    /// <summary>Cells of the current row.</summary>
    internal int Count => _count;

    /// <summary>
    /// True when a cell of the current row had text after its closing quote, for which a fault was added.
    /// </summary>
    internal bool HasStrayText { get; private set; }

    /// <summary>True when the last row had no line end.</summary>
    internal bool EndsWithoutLineEnd { get; private set; }

    /// <summary>The bytes of a cell of the current row, without its quotes and surrounding white space.</summary>
    internal ReadOnlySpan<byte> Cell(int column) =>
        ((ReadOnlySpan<byte>)window.Bytes[_cells[column]]).Trim(" \t"u8);

    /// <summary>Passes over the first line, which <see cref="FirstLine"/> gave.</summary>
    internal void SkipLine(int length)
    {
        window.Advance(length + 1);
        _nextLine++;
    }

    /// <summary>
    /// The first line without its line feed, or null with a fault when it is longer than a row may be.
    /// </summary>
    internal string? FirstLine()
    {
        int length;
        while ((length = window.Bytes.IndexOf((byte)'\n')) < 0 && window.Length <= ByteWindow.RowBytesMax)
        {
            if (!window.Fill())
            {
                length = window.Length;
                break;
            }
        }

        if (window.Stopped)
        {
            return null;
        }

        return length < 0 ? RefuseLongRow(0) : Encoding.UTF8.GetString(window.Bytes[..length]);
    }

    /// <summary>Goes to the next row. False at the end of the file, and after a fault that ends the reading.</summary>
    internal bool ReadRow()
    {
        window.Advance(_position);
        _position = 0;
        _count = 0;
        HasStrayText = false;
        Line = _nextLine;
        if (window.Length == 0 && !window.Fill())
        {
            return false;
        }

        bool more;
        do
        {
            more = Peek(_position) == '"' ? ReadQuotedCell() : ReadPlainCell(_position);
        }
        while (more && !window.Stopped);
        return !window.Stopped;
    }

    /// <summary>Reads to the end of a cell. True when another cell of the row follows.</summary>
    private bool ReadPlainCell(int cellStart)
    {
        var separator = (byte)Separator;
        var at = _position;
        while (true)
        {
            var bytes = window.Bytes;
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

            window.Bytes[write++] = (byte)letter;
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
        faults.Add(new Fault(file, Line, column, Encoding.UTF8.GetString(Cell(column - 1)),
            "nothing after the closing quote; a quote inside is doubled"));
        HasStrayText = true;
        return more;
    }

    private bool RefuseUnclosedQuote(long openedLine)
    {
        if (!window.Stopped)
        {
            faults.Add(Fault.Describe(file, openedLine, _count + 1, "a quote that is never closed",
                "a closing quote; the file seems to be cut"));
            window.Stop();
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
        if (_count <= CsvRows.ColumnsMax)
        {
            return true;
        }

        faults.Add(Fault.Describe(
            file, Line, _count, "one more cell",
            FormattableString.Invariant($"at most {CsvRows.ColumnsMax:N0} cells")));
        return window.Stop();
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
        while (at >= window.Length)
        {
            if (!MoreBytes())
            {
                return -1;
            }
        }

        return window.Bytes[at];
    }

    private bool MoreBytes()
    {
        if (window.Length > ByteWindow.RowBytesMax)
        {
            RefuseLongRow(_count + 1);
            return false;
        }

        return window.Fill();
    }

    private string? RefuseLongRow(int column)
    {
        var expected = FormattableString.Invariant(
            $"a line of at most {ByteWindow.RowBytesMax:N0} bytes; is a quote left open?");
        faults.Add(Fault.Describe(file, Line, column, "a line that does not end", expected));
        window.Stop();
        return null;
    }
}
