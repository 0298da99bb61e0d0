using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Sameboat.Supplies;

/// <summary>One row of capacity.csv; null is a figure that the source does not give.</summary>
internal sealed record CapacityRow(
    TerritoryCode Place,
    long? Population,
    double? Growth,
    string IncomeGroup,
    ImmutableArray<double?> Figures,
    ImmutableDictionary<string, double>? Platforms);

/// <summary>
/// The capacity of all places, with the medians per 1000 inhabitants of the whole table that stand in for what a row
/// lacks. The share of intensive care is filled with the plain median.
/// </summary>
internal sealed class CapacityTable
{
    internal const string IntensiveCareColumn = "intensive_care_percent";

    private const double Thousand = 1000;

    private readonly FrozenDictionary<TerritoryCode, CapacityRow> _rows;
    private readonly FrozenDictionary<TerritoryCode, TerritoryCode> _aliases;
    private readonly FrozenDictionary<TerritoryCode, string> _toolStops;
    private readonly double[] _medians;
    private readonly ImmutableDictionary<string, double> _platformMedians;

    internal CapacityTable(
        IReadOnlyList<CapacityRow> rows,
        IReadOnlyDictionary<TerritoryCode, TerritoryCode> aliases,
        IReadOnlyDictionary<TerritoryCode, string> toolStops)
    {
        _toolStops = toolStops.ToFrozenDictionary();
        _rows = rows.ToFrozenDictionary(row => row.Place);
        _aliases = aliases.ToFrozenDictionary();
        _medians = [.. Columns.Select((column, at) => Median(rows
            .Where(row => row.Figures[at] is not null && row.Population > 0)
            .Select(row => column == IntensiveCareColumn
                ? row.Figures[at]!.Value
                : row.Figures[at]!.Value * Thousand / row.Population!.Value)))];
        var platforms = rows.SelectMany(row => row.Platforms?.Keys ?? []).Distinct(StringComparer.Ordinal);
        _platformMedians = platforms.ToImmutableDictionary(name => name, name => Median(rows
            .Where(row => row.Platforms is not null && row.Population > 0)
            .Select(row => row.Platforms!.GetValueOrDefault(name) * Thousand / row.Population!.Value)));
    }

    /// <summary>Figure columns of capacity.csv in the order of <see cref="CapacityRow.Figures"/>.</summary>
    internal static ImmutableArray<string> Columns { get; } =
    [
        "doctors", "nurses", "midwives", "laboratory", "traditional", "community", "pharmacists", "physiotherapists",
        "dentists", "beds", IntensiveCareColumn,
    ];

    internal int Count => _rows.Count;

    internal IEnumerable<TerritoryCode> Places => _rows.Keys.Order();

    internal CountryCapacity CapacityOf(TerritoryCode place, long population)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        var row = _rows.GetValueOrDefault(_aliases.GetValueOrDefault(place, place));
        var persons = row?.Population ?? population;
        var filledIn = ImmutableArray.CreateBuilder<string>();
        var figures = new double[Columns.Length];
        for (var at = 0; at < figures.Length; at++)
        {
            if (row?.Figures[at] is { } given)
            {
                figures[at] = given;
                continue;
            }

            filledIn.Add(Columns[at]);
            figures[at] = Columns[at] == IntensiveCareColumn ? _medians[at] : _medians[at] * persons / Thousand;
        }

        var platforms = row?.Platforms;
        if (platforms is null)
        {
            filledIn.Add(PlatformsFigure);
            platforms = _platformMedians.ToImmutableDictionary(
                one => one.Key, one => Math.Round(one.Value * persons / Thousand));
        }

        return Compose(place, persons, row, figures, platforms, filledIn.ToImmutable()) with
        {
            ToolStops = row is null ? null : _toolStops.GetValueOrDefault(row.Place),
        };
    }

    internal const string PlatformsFigure = "platforms";

    private static CountryCapacity Compose(
        TerritoryCode place,
        long persons,
        CapacityRow? row,
        double[] figures,
        ImmutableDictionary<string, double> platforms,
        ImmutableArray<string> filledIn) => new(place, persons)
    {
        PopulationGrowth = row?.Growth,
        IncomeGroup = row?.IncomeGroup ?? "",
        Staff = new Workforce(
            figures[0], figures[1], figures[2], figures[3], figures[4], figures[5], figures[6], figures[7], figures[8]),
        Beds = figures[9],
        IntensiveCarePercent = figures[10],
        Platforms = platforms,
        FilledIn = filledIn,
        Basis = Sentence(row is not null, persons, filledIn),
    };

    private static string Sentence(bool known, long persons, ImmutableArray<string> filledIn)
    {
        var people = persons.ToString("N0", CultureInfo.InvariantCulture);
        if (!known)
        {
            return $"No table has this place: staff, beds and platforms are the medians per 1000 inhabitants of all "
                + $"places, times {people} inhabitants.";
        }

        return filledIn.IsEmpty
            ? $"Staff, beds and platforms as the pack's tables have them, for {people} inhabitants."
            : $"As the pack's tables have them for {people} inhabitants, but {string.Join(", ", filledIn)} filled in "
                + "with the median per 1000 inhabitants of all places.";
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0)
        {
            return 0;
        }

        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
