using System.Globalization;
using System.Text;

namespace Sameboat.Supplies;

/// <summary>One CSV file of a pack (RFC 4180) with its faults. Numbers are plain decimals or a fraction n/d.</summary>
internal sealed class PackTable
{
    private const string SourceColumn = "source";

    private readonly PackFaults _faults;
    private readonly List<string[]> _rows;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);

    private PackTable(string file, List<string[]> rows, PackFaults faults)
    {
        File = file;
        _faults = faults;
        _rows = rows;
        for (var at = 0; at < rows[0].Length; at++)
        {
            if (!_columns.TryAdd(rows[0][at], at))
            {
                faults.Add(File, 1, $"column «{rows[0][at]}» stands twice");
            }
        }
    }

    internal string File { get; }

    internal int RowCount => _rows.Count - 1;

    /// <summary>The table of a text, or null with a fault where the header or a row has another shape.</summary>
    internal static PackTable? Read(string file, string? text, string[] columns, PackFaults faults)
    {
        if (text is null)
        {
            faults.Add(file, 0, "the file is missing");
            return null;
        }

        var rows = Split(text);
        var missing = rows.Count == 0 ? columns : [.. columns.Except(rows[0], StringComparer.Ordinal)];
        if (missing.Length > 0)
        {
            faults.Add(file, 1, $"column «{missing[0]}» is missing");
            return null;
        }

        var uneven = rows.FindIndex(row => row.Length != rows[0].Length);
        if (uneven >= 0)
        {
            faults.Add(file, uneven + 1, $"{rows[uneven].Length} cells where the header has {rows[0].Length}");
            return null;
        }

        return new PackTable(file, rows, faults);
    }

    /// <summary>
    /// Every figure must name its source: the columns up to one whose name ends in «source» answer to it, and where
    /// one of them is filled so must the source be, with a key that SOURCE.md resolves.
    /// </summary>
    internal void CheckSources(IReadOnlyDictionary<string, string> sources)
    {
        for (var row = 1; row < _rows.Count; row++)
        {
            var filled = false;
            for (var at = 0; at < _rows[0].Length; at++)
            {
                var cell = _rows[row][at];
                if (!_rows[0][at].EndsWith(SourceColumn, StringComparison.Ordinal))
                {
                    filled |= at > 0 && cell.Length > 0;
                    continue;
                }

                if (filled && cell.Length == 0)
                {
                    Fault(row, _rows[0][at], "a figure without a source");
                }
                else if (cell.Length > 0 && !sources.ContainsKey(cell))
                {
                    Fault(row, _rows[0][at], $"«{cell}» is no key of SOURCE.md");
                }

                filled = false;
            }
        }
    }

    internal void CheckUnique(params string[] columns)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var row = 1; row < _rows.Count; row++)
        {
            var key = string.Join('/', columns.Select(column => Text(row, column)));
            if (!seen.Add(key))
            {
                Fault(row, columns[0], $"«{key}» stands twice");
            }
        }
    }

    internal bool Has(string column) => _columns.ContainsKey(column);

    internal string Text(int row, string column) => _rows[row][_columns[column]];

    internal string Required(int row, string column)
    {
        var text = Text(row, column);
        if (text.Length == 0)
        {
            Fault(row, column, "empty");
        }

        return text;
    }

    /// <summary>A number that is zero or more, or null for an empty cell.</summary>
    internal double? Number(int row, string column)
    {
        var value = Signed(row, column);
        if (value < 0)
        {
            Fault(row, column, $"{Text(row, column)} is below zero");
        }

        return value;
    }

    internal double NumberRequired(int row, string column)
    {
        Required(row, column);
        return Number(row, column) ?? 0;
    }

    internal double? Signed(int row, string column)
    {
        var text = Text(row, column);
        if (text.Length == 0)
        {
            return null;
        }

        var parts = text.Split('/');
        if (parts.Length <= 2
            && Parse(parts[0], out var value)
            && Parse(parts.Length == 2 ? parts[1] : "1", out var denominator)
            && denominator > 0)
        {
            return value / denominator;
        }

        Fault(row, column, $"«{text}» is no number");
        return null;
    }

    internal long Whole(int row, string column, long least)
    {
        if (long.TryParse(Text(row, column), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= least)
        {
            return value;
        }

        Fault(row, column, $"«{Text(row, column)}» is no whole number of at least {least}");
        return least;
    }

    internal bool YesNo(int row, string column)
    {
        var text = Text(row, column);
        if (text is not ("yes" or "no"))
        {
            Fault(row, column, $"«{text}» is neither yes nor no");
        }

        return text == "yes";
    }

    internal T Word<T>(int row, string column, IReadOnlyDictionary<string, T> words)
    {
        if (words.TryGetValue(Text(row, column), out var value))
        {
            return value;
        }

        Fault(row, column, $"«{Text(row, column)}» is none of {string.Join(", ", words.Keys.Order())}");
        return words.Values.First();
    }

    internal string Word(int row, string column, IReadOnlySet<string> words)
    {
        var text = Text(row, column);
        if (!words.Contains(text))
        {
            Fault(row, column, $"«{text}» is none of {string.Join(", ", words.Order())}");
        }

        return text;
    }

    internal void Fault(int row, string column, string what) => _faults.Add(File, row + 1, $"{column}: {what}");

    private static bool Parse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static List<string[]> Split(string text)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter == '"')
            {
                if (quoted && at + 1 < text.Length && text[at + 1] == '"')
                {
                    cell.Append('"');
                    at++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (!quoted && (letter is ',' or '\n'))
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
            else if (quoted || letter != '\r')
            {
                cell.Append(letter);
            }
        }

        if (cell.Length > 0 || row.Count > 0)
        {
            row.Add(cell.ToString());
            rows.Add([.. row]);
        }

        return rows;
    }
}

/// <summary>What a pack's files break, one line each.</summary>
internal sealed class PackFaults
{
    private readonly List<string> _lines = [];

    internal IReadOnlyList<string> Lines => _lines;

    internal void Add(string file, int line, string what) =>
        _lines.Add(line == 0 ? $"{file}: {what}" : $"{file}, line {line}: {what}");
}
