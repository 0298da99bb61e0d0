using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain.Checking;

/// <summary>Estimates every need again from the weekly cases of the run and the disease pack it names.</summary>
internal static class NeedCheck
{
    /// <summary>The first need that comes out otherwise; null when all come out the same.</summary>
    public static string? FirstFailure(RunTables tables, RunHeader header, DiseasePack pack)
    {
        var stated = tables.Needs.ToLookup(row => row.Place, row => row.Line);
        var scope = tables.Comparison.IsEmpty
            ? new NeedScope(tables.Lots.Any(lot => NeedScope.IsVaccine(pack, lot.Item)))
            : new NeedScope(true, [.. tables.Comparison.Select(row => row.Place)]);
        var settings = new NeedSettings(header.AsOf.AddDays(1), header.Weeks);
        foreach (var weeks in tables.CaseWeeks.GroupBy(week => week.Place))
        {
            var again = scope.LinesOf(pack, weeks.Key, PathsOf([.. weeks]), settings);
            if (FirstDifference(weeks.Key, [.. stated[weeks.Key]], again) is { } difference)
            {
                return difference;
            }
        }

        var estimated = tables.CaseWeeks.Select(week => week.Place).ToHashSet();
        return stated.Select(place => place.Key).Where(place => !estimated.Contains(place))
            .Select(place => $"need.csv: {place} has needs and no weeks in weeks.csv").FirstOrDefault();
    }

    private static string? FirstDifference(
        TerritoryCode place, ImmutableArray<NeedLine> stated, ImmutableArray<NeedLine> again)
    {
        for (var index = 0; index < Math.Min(stated.Length, again.Length); index++)
        {
            if (stated[index] != again[index])
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"need.csv: {place} states {Text(stated[index])}, estimated again it is {Text(again[index])}");
            }
        }

        return stated.Length == again.Length
            ? null
            : string.Create(CultureInfo.InvariantCulture,
                $"need.csv: {place} has {stated.Length} needs, estimated again it has {again.Length}");
    }

    private static string Text(NeedLine line) => string.Create(CultureInfo.InvariantCulture,
        $"{line.Quantity} {line.Unit} of {line.Item} ({line.QuantityLow} to {line.QuantityHigh})");

    private static CasePaths PathsOf(ImmutableArray<WeekRow> weeks) => new(
        new WeeklyCases(weeks[0].WeekBegins, [.. weeks.Select(week => week.Low)]),
        new WeeklyCases(weeks[0].WeekBegins, [.. weeks.Select(week => week.Cases)]),
        new WeeklyCases(weeks[0].WeekBegins, [.. weeks.Select(week => week.High)]));
}
