using System.Globalization;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Epidemics;

/// <summary>A reference CSV read by column name. NA is missing.</summary>
internal sealed class ReferenceTable
{
    private readonly string[] _columns;
    private readonly List<string[]> _rows;

    private ReferenceTable(string[] columns, List<string[]> rows) => (_columns, _rows) = (columns, rows);

    public int Count => _rows.Count;

    public static ReferenceTable Read(string relative)
    {
        var lines = File.ReadLines(Repository.Reference(relative));
        string[]? columns = null;
        List<string[]> rows = [];
        foreach (var line in lines)
        {
            var fields = line.Split(',').Select(field => field.Trim('"')).ToArray();
            if (columns is null)
            {
                columns = fields;
            }
            else
            {
                rows.Add(fields);
            }
        }

        return new ReferenceTable(columns!, rows);
    }

    public string Text(int row, string column) => _rows[row][Array.IndexOf(_columns, column)];

    public double? Number(int row, int column) =>
        _rows[row][column] is "NA" or "" ? null : double.Parse(_rows[row][column], CultureInfo.InvariantCulture);

    public double[] Column(string column)
    {
        var index = Array.IndexOf(_columns, column);
        return [.. _rows.Select(row => double.Parse(row[index], CultureInfo.InvariantCulture))];
    }
}
