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
    private readonly RowScanner _scanner;
    private string[] _header = [];

    private CsvRows(Stream stream, string file, FaultList faults)
    {
        _window = new ByteWindow(stream, file, faults);
        _scanner = new RowScanner(_window, file, faults);
        _faults = faults;
        File = file;
    }

    /// <summary>The file as faults name it.</summary>
    public string File { get; }

    /// <summary>Names of the columns as written, without surrounding white space.</summary>
    public IReadOnlyList<string> Header => _header;

    /// <summary>The separator that the header uses: a comma, a semicolon or a tab.</summary>
    public char Separator => _scanner.Separator;

    /// <summary>True where a comma may stand for the decimal point, as it does where it does not separate.</summary>
    public bool DecimalComma => Separator != ',';

    /// <summary>Line on which the current row begins, counted from 1.</summary>
    public long Line => _scanner.Line;

    /// <summary>Rows that were at fault as a whole and passed over.</summary>
    public long BrokenRows { get; private set; }

    /// <summary>True when the reading ended before the file did, for a fault that was added.</summary>
    public bool EndedEarly => _window.Stopped;

    /// <summary>
    /// True when the last row had no line end, so that its last cell may have been cut without leaving a trace.
    /// </summary>
    public bool EndsWithoutLineEnd => _scanner.EndsWithoutLineEnd;

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
        while (_scanner.ReadRow())
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
        column < 0 ? [] : _scanner.Cell(column);

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
        if (!_window.Begin() || !RecogniseSeparator() || !_scanner.ReadRow())
        {
            if (_faults.IsEmpty)
            {
                _faults.Add(Fault.Describe(File, 0, 0, "an empty file", "a header and at least one row"));
            }

            return false;
        }

        if (_scanner.HasStrayText)
        {
            return false;
        }

        if (IsBlank())
        {
            _faults.Add(Fault.Describe(File, Line, 0, "an empty line", "a header naming the columns"));
            return false;
        }

        _header = new string[_scanner.Count];
        for (var column = 0; column < _scanner.Count; column++)
        {
            _header[column] = Text(column);
        }

        return true;
    }

    private bool RecogniseSeparator()
    {
        if (_scanner.FirstLine() is not { } first)
        {
            return false;
        }

        if (first.Length is 5 or 6 && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase))
        {
            // The line by which spreadsheets tell each other the separator.
            _scanner.SkipLine(first.Length);
            _scanner.Separator = first[4];
            return Separator is ',' or ';' or '\t' || _scanner.FirstLine() is not null;
        }

        var best = 0;
        foreach (var candidate in ",;\t")
        {
            var count = CountOutsideQuotes(first, candidate);
            if (count > best)
            {
                best = count;
                _scanner.Separator = candidate;
            }
        }

        return true;
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
        for (var column = 0; column < _scanner.Count; column++)
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
        if (_scanner.HasStrayText)
        {
            return false;
        }

        if (_scanner.Count < _header.Length)
        {
            var missing = _header[_scanner.Count];
            var cut = EndsWithoutLineEnd ? "; the file seems to be cut" : "";
            var expected = string.Create(
                CultureInfo.InvariantCulture, $"{_header.Length} cells as in the header, next «{missing}»{cut}");
            var cells = _scanner.Count == 1 ? "cell" : "cells";
            var found = FormattableString.Invariant($"the end of the line after {_scanner.Count} {cells}");
            _faults.Add(Fault.Describe(File, Line, _scanner.Count, found, expected));
            return false;
        }

        for (var column = _header.Length; column < _scanner.Count; column++)
        {
            if (!Cell(column).IsEmpty)
            {
                Refuse(column, FormattableString.Invariant(
                    $"the end of the line after {_header.Length} cells, as in the header"));
                return false;
            }
        }

        return true;
    }
}
