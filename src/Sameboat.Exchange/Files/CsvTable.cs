using System.Buffers;
using System.Globalization;
using System.Text;

namespace Sameboat.Exchange.Files;

/// <summary>
/// Writes a table as comma-separated values (RFC 4180, UTF-8 without a mark, lines ending with a line feed), a cell at
/// a time. Numbers are written exactly, as the shortest text that reads back to the same double. A text that a
/// spreadsheet would take for a formula, since it begins with one of <c>= + - @</c> or a carriage return, gets an
/// apostrophe before it; <see cref="OriginalText"/> takes it off again.
/// </summary>
public sealed class CsvTable : IDisposable
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\n\r");
    private static readonly SearchValues<char> FormulaStarts = SearchValues.Create("=+-@\r");

    private readonly StreamWriter _writer;
    private readonly int _width;
    private int _written;

    /// <summary>Begins the table by writing its header.</summary>
    /// <param name="stream">Where to write; left open when the table is disposed of.</param>
    /// <param name="header">Names of the columns, at least one.</param>
    public CsvTable(Stream stream, params ReadOnlySpan<string> header)
    {
        ArgumentOutOfRangeException.ThrowIfZero(header.Length);
        _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, true)
        {
            NewLine = "\n",
        };
        _width = header.Length;
        foreach (var name in header)
        {
            Add(name);
        }

        EndRow();
    }

    /// <summary>The text that was given to <see cref="Add(string?)"/> for a cell read back from a table.</summary>
    public static string OriginalText(string cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return cell.StartsWith('\'') && NeedsApostrophe(cell) ? cell[1..] : cell;
    }

    /// <summary>
    /// Writes a text; null is an empty cell. Spaces and tabs around it are left off, as readers of tables do.
    /// </summary>
    public CsvTable Add(string? text)
    {
        BeginCell();
        text = text?.Trim(' ', '\t');
        if (string.IsNullOrEmpty(text))
        {
            return this;
        }

        var guarded = NeedsApostrophe(text) ? "'" + text : text;
        if (guarded.AsSpan().ContainsAny(Quoted))
        {
            _writer.Write('"');
            _writer.Write(guarded.Replace("\"", "\"\"", StringComparison.Ordinal));
            _writer.Write('"');
        }
        else
        {
            _writer.Write(guarded);
        }

        return this;
    }

    /// <summary>Writes a whole number; null is an empty cell.</summary>
    public CsvTable Add(long? number)
    {
        BeginCell();
        if (number is { } value)
        {
            WritePlain(value);
        }

        return this;
    }

    /// <summary>Writes an exact fraction as <c>n</c> or <c>n/d</c>: a number, which needs no apostrophe.</summary>
    public CsvTable Add(Rational fraction)
    {
        BeginCell();
        _writer.Write(fraction.ToString());
        return this;
    }

    /// <summary>Writes a number; null is an empty cell.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number is not finite: an estimate that never was one.
    /// </exception>
    public CsvTable Add(double? number)
    {
        BeginCell();
        if (number is not { } value)
        {
            return this;
        }

        if (!double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(nameof(number), value, "Only finite numbers are written.");
        }

        WritePlain(value);
        return this;
    }

    /// <summary>Writes a day as <c>2021-12-31</c>; null is an empty cell.</summary>
    public CsvTable Add(DateOnly? day)
    {
        BeginCell();
        _writer.Write(day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Writes <c>yes</c> or <c>no</c>.</summary>
    public CsvTable Add(bool answer) => Add(answer ? "yes" : "no");

    /// <summary>Ends the row.</summary>
    /// <exception cref="InvalidOperationException">The row has more or fewer cells than the header.</exception>
    public void EndRow()
    {
        if (_written != _width)
        {
            throw new InvalidOperationException($"A row of {_written} cells does not fit a header of {_width}.");
        }

        _written = 0;
        _writer.Write('\n');
    }

    /// <summary>Writes what is still held back and leaves the stream open.</summary>
    public void Dispose() => _writer.Dispose();

    /// <summary>
    /// True for what begins a formula, also after apostrophes: a text that has one of its own keeps it that way.
    /// </summary>
    private static bool NeedsApostrophe(string text)
    {
        var rest = text.AsSpan().TrimStart('\'');
        return !rest.IsEmpty && FormulaStarts.Contains(rest[0]);
    }

    private void BeginCell()
    {
        if (_written++ > 0)
        {
            _writer.Write(',');
        }
    }

    private void WritePlain<TNumber>(TNumber number)
        where TNumber : ISpanFormattable
    {
        Span<char> text = stackalloc char[32];
        number.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        _writer.Write(text[..length]);
    }
}
