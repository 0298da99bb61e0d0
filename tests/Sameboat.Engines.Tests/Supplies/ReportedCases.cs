using Sameboat.Supplies;
using Sameboat.Tests;

namespace Sameboat.Engines.Tests.Supplies;

/// <summary>The case counts that WHO's tool was run on, by ISO alpha-3.</summary>
internal static class ReportedCases
{
    private static readonly Lazy<Dictionary<string, WeeklyCases>> ByCountry = new(Read);

    internal static WeeklyCases Of(string country) => ByCountry.Value[country];

    internal static IEnumerable<string> Countries => ByCountry.Value.Keys;

    private static Dictionary<string, WeeklyCases> Read()
    {
        var codes = TableRows.Read(Repository.Reference("jhu/countries.csv")).Skip(1)
            .ToDictionary(row => row[1], row => row[0]);
        return TableRows.Read(Repository.Reference("esft/golden/input_who_cases.csv")).Skip(1)
            .GroupBy(row => codes[row[1]])
            .ToDictionary(
                group => group.Key,
                group => WeeklyCases.FromDaily(
                    GoldenTable.Day(group.First()[0]), [.. group.Select(row => GoldenTable.Number(row[2]) ?? 0)]));
    }
}
