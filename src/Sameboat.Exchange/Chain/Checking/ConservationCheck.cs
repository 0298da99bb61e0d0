using System.Globalization;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain.Checking;

/// <summary>
/// The unbroken quantity chain: what a lot holds, what the plan takes of it, what reaches a place, what it needs and
/// what stays unmet, each figure found again from the one before.
/// </summary>
internal static class ConservationCheck
{
    private const string FundsUnit = "USD";

    /// <summary>The first figure that does not follow from the others; null when all do.</summary>
    /// <param name="tables">The rows of the run.</param>
    /// <param name="header">Its day and weeks.</param>
    /// <param name="pack">The disease pack it was made with; null where this program does not carry it.</param>
    public static string? FirstFailure(RunTables tables, RunHeader header, DiseasePack? pack) =>
        Failures(tables, header, pack).FirstOrDefault();

    private static IEnumerable<string> Failures(RunTables tables, RunHeader header, DiseasePack? pack) =>
        Repeats(tables)
            .Concat(PlanAgainstLots(tables))
            .Concat(LotSums(tables))
            .Concat(CoverageAgainstPlan(tables))
            .Concat(CoverageAgainstNeed(tables, pack))
            .Concat(ForecastsAgainstWeeks(tables, header))
            .Concat(ComparisonAgainstCoverage(tables));

    private static IEnumerable<string> Repeats(RunTables tables) =>
        Repeated("lots.csv", tables.Lots.Select(row => row.Lot))
            .Concat(Repeated("assessment.csv", tables.Assessments.Select(row => row.Place)))
            .Concat(Repeated("need.csv", tables.Needs.Select(row => (row.Place, row.Line.Item))))
            .Concat(Repeated("coverage.csv", tables.Coverage.Select(row => (row.Place, row.Item))))
            .Concat(Repeated("plan.csv", tables.Plan.Select(row => (row.Lot, row.Recipient))))
            .Concat(Repeated("forecast.csv", tables.Forecasts.Select(row => (row.Place, row.Target, row.Horizon))))
            .Concat(Repeated("comparison.csv", tables.Comparison.Select(row => row.Place)));

    private static IEnumerable<string> Repeated<TKey>(string file, IEnumerable<TKey> keys)
    {
        var seen = new HashSet<TKey>();
        return keys.Where(key => !seen.Add(key)).Select(key => $"{file}: {key} stands twice, expected once");
    }

    private static IEnumerable<string> PlanAgainstLots(RunTables tables)
    {
        var lots = tables.Lots.ToDictionary(lot => lot.Lot);
        foreach (var row in tables.Plan)
        {
            if (!lots.TryGetValue(row.Lot, out var lot))
            {
                yield return $"plan.csv: lot «{row.Lot}» is not in lots.csv";
            }
            else if (row.Item != lot.Item || row.Donor != lot.Donor)
            {
                yield return $"plan.csv: lot «{row.Lot}» is {row.Item} of {row.Donor}, "
                    + $"in lots.csv it is {lot.Item} of {lot.Donor}";
            }
            else if (row.Quantity <= 0 || lot.Pack <= 0 || row.Quantity % lot.Pack != 0)
            {
                yield return Text($"plan.csv: lot «{row.Lot}» gives {row.Recipient} {row.Quantity}, ")
                    + Text($"expected whole packs of {lot.Pack}");
            }
        }
    }

    private static IEnumerable<string> LotSums(RunTables tables)
    {
        var planned = tables.Plan.GroupBy(row => row.Lot)
            .ToDictionary(lot => lot.Key, lot => lot.Sum(row => row.Quantity));
        foreach (var lot in tables.Lots)
        {
            var sum = planned.GetValueOrDefault(lot.Lot);
            if (sum > lot.Quantity)
            {
                yield return Text($"plan.csv: lot «{lot.Lot}» hands out {sum}, it holds {lot.Quantity}");
            }

            if (sum != lot.Planned)
            {
                yield return Text($"lots.csv: lot «{lot.Lot}» states {lot.Planned} planned, plan.csv adds up to {sum}");
            }
        }
    }

    private static IEnumerable<string> CoverageAgainstPlan(RunTables tables)
    {
        var planned = tables.Plan.GroupBy(row => (row.Recipient, row.Item))
            .ToDictionary(line => line.Key, line => line.Sum(row => row.Quantity));
        foreach (var row in tables.Coverage)
        {
            var sum = planned.GetValueOrDefault((row.Place, row.Item));
            planned.Remove((row.Place, row.Item));
            if (sum != row.Planned)
            {
                yield return Text($"coverage.csv: {row.Place} {row.Item} states {row.Planned} planned, ")
                    + Text($"plan.csv adds up to {sum}");
            }

            if (row.Unmet != Math.Max(0, row.Need - row.Before - row.Planned))
            {
                yield return Text($"coverage.csv: {row.Place} {row.Item} states {row.Unmet} unmet, expected ")
                    + Text($"{Math.Max(0, row.Need - row.Before - row.Planned)}");
            }

            if (row.Before + row.Planned > Math.Max(row.Need, row.Before))
            {
                yield return Text($"coverage.csv: {row.Place} {row.Item} comes to {row.Before + row.Planned}, ")
                    + Text($"more than its need of {row.Need}");
            }
        }

        foreach (var (place, item) in planned.Keys)
        {
            yield return $"plan.csv: {place} receives {item}, which coverage.csv does not have";
        }
    }

    private static IEnumerable<string> CoverageAgainstNeed(RunTables tables, DiseasePack? pack)
    {
        var needs = tables.Needs.ToDictionary(row => (row.Place, row.Line.Item), row => row.Line);
        var funds = FundsNeeds(tables, pack);
        foreach (var row in tables.Coverage)
        {
            var isFunds = pack is null ? row.Unit == FundsUnit : KindOf(pack, row.Item) == ItemKind.Funds;
            if (needs.Remove((row.Place, row.Item), out var line))
            {
                if (line.Quantity != row.Need || line.Unit != row.Unit)
                {
                    yield return Text($"coverage.csv: {row.Place} {row.Item} needs {row.Need} {row.Unit}, ")
                        + Text($"in need.csv it is {line.Quantity} {line.Unit}");
                }
            }
            else if (!isFunds)
            {
                yield return Text($"coverage.csv: {row.Place} {row.Item} needs {row.Need}, need.csv has no such need");
            }
            else if (funds is not null && funds.GetValueOrDefault(row.Place) != row.Need)
            {
                yield return Text($"coverage.csv: {row.Place} {row.Item} needs {row.Need}, what goods did not meet ")
                    + Text($"costs {funds.GetValueOrDefault(row.Place)}");
            }
        }

        foreach (var ((place, item), line) in needs)
        {
            yield return Text($"need.csv: {place} needs {line.Quantity} {item}, which coverage.csv does not have");
        }
    }

    private static Dictionary<TerritoryCode, long>? FundsNeeds(RunTables tables, DiseasePack? pack) =>
        pack is null
            ? null
            : Funding.NeedsOf(tables.Coverage
                    .Where(row => KindOf(pack, row.Item) is not (null or ItemKind.Funds))
                    .Select(row => (row.Place, row.Unmet, Price: PriceOf(pack, row.Item))))
                .ToDictionary(need => need.Place, need => need.Need);

    private static ItemKind? KindOf(DiseasePack pack, ItemCode item) =>
        pack.TryFindItem(item.ToString(), out var found) ? found.Kind : null;

    private static decimal PriceOf(DiseasePack pack, ItemCode item) =>
        pack.TryFindItem(item.ToString(), out var found) ? found.PriceUsd ?? 0 : 0;

    private static IEnumerable<string> ForecastsAgainstWeeks(RunTables tables, RunHeader header)
    {
        var assessed = tables.Assessments.Select(row => row.Place).ToHashSet();
        foreach (var row in tables.Forecasts)
        {
            if (!assessed.Contains(row.Place))
            {
                yield return $"forecast.csv: {row.Place} is not in assessment.csv";
            }

            if (row.WeekEnd != header.AsOf.AddDays(Weeks.Days * row.Horizon))
            {
                yield return Text($"forecast.csv: {row.Place} horizon {row.Horizon} ends on {row.WeekEnd:yyyy-MM-dd}, ")
                    + Text($"expected {header.AsOf.AddDays(Weeks.Days * row.Horizon):yyyy-MM-dd}");
            }

            if (row.Quantiles[0] < 0 || row.Quantiles.Zip(row.Quantiles.Skip(1)).Any(pair => pair.First > pair.Second))
            {
                yield return $"forecast.csv: {row.Place} ending {row.WeekEnd:yyyy-MM-dd} has quantiles that fall";
            }
        }

        var cases = tables.Forecasts.Where(row => row.Target == Indicator.Cases)
            .ToDictionary(row => (row.Place, row.WeekEnd), row => row.Quantiles);
        foreach (var week in tables.CaseWeeks.Where(week => week.IsForecast))
        {
            var end = week.WeekBegins.AddDays(Weeks.Days - 1);
            if (!cases.Remove((week.Place, end), out var quantiles)
                || !WeeklyPaths.IsOf(quantiles, week.Low, week.Cases, week.High))
            {
                yield return Text($"weeks.csv: {week.Place} from {week.WeekBegins:yyyy-MM-dd} is not the forecast of ")
                    + "forecast.csv";
            }
        }

        foreach (var (place, end) in cases.Keys)
        {
            yield return Text($"forecast.csv: {place} ending {end:yyyy-MM-dd} is not in weeks.csv");
        }
    }

    private static IEnumerable<string> ComparisonAgainstCoverage(RunTables tables)
    {
        var coverage = tables.Coverage.ToLookup(row => row.Place);
        return tables.Comparison
            .Where(row => !coverage[row.Place].Any(line =>
                line.Need == row.Need && line.Before == row.Bought && line.Planned == row.Fair))
            .Select(row => $"comparison.csv: {row.Place} has other figures than coverage.csv");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
