using System.Globalization;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Supplies;

/// <summary>A result table of WHO's tool, grouped by country, start and strategy.</summary>
internal sealed class GoldenTable
{
    private readonly Dictionary<string, int> _columns;

    private GoldenTable(string[] header, List<string[]> rows)
    {
        _columns = header.Select((name, at) => (name, at)).ToDictionary(one => one.name, one => one.at);
        Runs = rows.GroupBy(row => new GoldenRun(row[0], Day(row[1]), row[2])).ToDictionary(
            group => group.Key, group => group.ToList());
    }

    internal Dictionary<GoldenRun, List<string[]>> Runs { get; }

    internal string Text(string[] row, string column) => row[_columns[column]];

    internal static GoldenTable Read(string name)
    {
        var rows = TableRows.Read(Repository.Reference($"esft/golden/{name}.csv"));
        return new GoldenTable(rows[0], rows[1..]);
    }

    internal static DateOnly Day(string text) =>
        DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static double? Number(string text) =>
        text == "NA" ? null : double.Parse(text, CultureInfo.InvariantCulture);
}

internal sealed record GoldenRun(string Country, DateOnly Start, string Strategy);
