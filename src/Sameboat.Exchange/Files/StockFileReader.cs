using System.Collections.Immutable;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Files;

/// <summary>Units by place and item; a place or an item left out has none.</summary>
/// <param name="InHand">In stock now.</param>
/// <param name="OnTheWay">Ordered, and sure to come before the planned weeks end.</param>
public sealed record StockFile(
    ImmutableDictionary<TerritoryCode, ImmutableDictionary<ItemCode, long>> InHand,
    ImmutableDictionary<TerritoryCode, ImmutableDictionary<ItemCode, long>> OnTheWay);

/// <summary>Reads <c>iso3,item,stock,pipeline</c>; the item by its code or name, pipeline may be absent.</summary>
public static class StockFileReader
{
    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pack">The disease whose items are meant.</param>
    public static Reading<StockFile> Read(string path, DiseasePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var faults = new FaultList();
        using var rows = CsvRows.Open(path, faults);
        if (rows is null)
        {
            return Reading<StockFile>.Refused(faults, []);
        }

        var (place, item, stock) = (rows.IndexOf("iso3"), rows.IndexOf("item"), rows.IndexOf("stock"));
        if (place < 0 || item < 0 || stock < 0)
        {
            faults.Add(Fault.Describe(rows.File, 1, 0, $"a header of «{rows.Header[0]}»",
                "the columns iso3,item,stock and, if wanted, pipeline"));
            return Reading<StockFile>.Refused(faults, []);
        }

        var pipeline = rows.IndexOf("pipeline");
        var taken = new Dictionary<(TerritoryCode Place, ItemCode Item), (long Stock, long Pipeline)>();
        while (rows.Read())
        {
            var key = KeyOf(rows, place, item, pack);
            var amounts = (Units(rows, stock), pipeline < 0 ? 0 : Units(rows, pipeline));
            if (key is { } known && !taken.TryAdd(known, amounts))
            {
                rows.Refuse(item, "each item of a place once");
            }
        }

        return faults.IsEmpty
            ? Reading<StockFile>.Of(new StockFile(
                ByPlace(taken.Select(one => (one.Key.Place, one.Key.Item, one.Value.Stock))),
                ByPlace(taken.Select(one => (one.Key.Place, one.Key.Item, one.Value.Pipeline)))), [])
            : Reading<StockFile>.Refused(faults, []);
    }

    private static (TerritoryCode Place, ItemCode Item)? KeyOf(CsvRows rows, int place, int item, DiseasePack pack)
    {
        var isPlace = TerritoryCode.TryParse(rows.Text(place), out var code);
        var isItem = pack.TryFindItem(rows.Text(item), out var found);
        if (!isPlace || !Territories.TryGet(code, out var territory))
        {
            rows.Refuse(place, "an ISO 3166-1 code of three letters, such as KEN");
            return null;
        }

        if (!isItem)
        {
            rows.Refuse(item, $"an item of the pack {pack.Code}, by its code or name");
            return null;
        }

        return (territory.Code, found!.Code);
    }

    private static long Units(CsvRows rows, int column)
    {
        var kind = CellValue.Whole(rows.Cell(column), rows.DecimalComma, out var units);
        if (kind == WholeKind.NotReported)
        {
            return 0;
        }

        if (kind != WholeKind.Whole || units < 0)
        {
            rows.Refuse(column, "a whole number of units, zero or more");
            return 0;
        }

        return units;
    }

    private static ImmutableDictionary<TerritoryCode, ImmutableDictionary<ItemCode, long>> ByPlace(
        IEnumerable<(TerritoryCode Place, ItemCode Item, long Units)> taken) => taken
        .GroupBy(one => one.Place)
        .ToImmutableDictionary(
            place => place.Key, place => place.ToImmutableDictionary(one => one.Item, one => one.Units));
}
