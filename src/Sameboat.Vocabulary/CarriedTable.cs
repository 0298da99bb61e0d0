using System.Text;

namespace Sameboat;

/// <summary>Reads the rows of a CSV table that this assembly carries; fields may be quoted, lines end in LF.</summary>
internal static class CarriedTable
{
    /// <summary>The rows below the header, each with as many fields as the header.</summary>
    /// <exception cref="InvalidDataException">The build carries no such table, or a row has another width.</exception>
    internal static IEnumerable<string[]> Rows(string resource)
    {
        using var stream = typeof(CarriedTable).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidDataException($"The table {resource} is missing from the build.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var fields = new List<string>();
        Split(reader.ReadLine() ?? "", fields);
        var width = fields.Count;
        while (reader.ReadLine() is { } line)
        {
            fields.Clear();
            Split(line, fields);
            if (fields.Count != width)
            {
                throw new InvalidDataException($"{resource}: {fields.Count} fields in place of {width}: {line}");
            }

            yield return [.. fields];
        }
    }

    private static void Split(string line, List<string> fields)
    {
        var start = 0;
        while (start <= line.Length)
        {
            if (start < line.Length && line[start] == '"')
            {
                var close = ClosingQuote(line, start + 1);
                fields.Add(line[(start + 1)..close].Replace("\"\"", "\"", StringComparison.Ordinal));
                start = close + 2;
            }
            else
            {
                var comma = line.IndexOf(',', start);
                var end = comma < 0 ? line.Length : comma;
                fields.Add(line[start..end]);
                start = end + 1;
            }
        }
    }

    private static int ClosingQuote(string line, int from)
    {
        for (var at = line.IndexOf('"', from); at >= 0; at = line.IndexOf('"', at + 2))
        {
            if (at + 1 >= line.Length || line[at + 1] != '"')
            {
                return at;
            }
        }

        throw new InvalidDataException($"A quote does not close: {line}");
    }
}
