using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Reports;

/// <summary>A place as the page tells of it.</summary>
/// <param name="Result">Its assessment and need.</param>
/// <param name="Row">The same in one line.</param>
/// <param name="Lines">Its needs, in the pack's order.</param>
/// <param name="Offered">Those of them that somebody offers, in the pack's order.</param>
internal sealed record PlaceFacts(
    PlaceResult Result, AssessmentRow Row, ImmutableArray<CoverageLine> Lines, ImmutableArray<CoverageLine> Offered)
{
    private const double RatePersons = 100_000;

    public TerritoryCode Code => Row.Place;

    public string Name => Row.Name;

    public Assessment Assessment => Result.Assessment;

    /// <summary>The anchor of its block.</summary>
    public string Anchor => $"p-{Code}";

    /// <summary>Cases of the last week per 100,000 persons; null where nobody lives.</summary>
    public double? Rate => Row.Population > 0 ? Row.CasesLastWeek / Row.Population * RatePersons : null;

    /// <summary>The forecast of the first week.</summary>
    public WeekForecast NextWeek => Assessment.CasesForecast.Weeks[0];

    /// <summary>Mean over the offered items it needs, each at most 1; null where it needs none.</summary>
    public double? MeanCoverage => Offered.IsEmpty ? null : Offered.Average(line => Math.Min(1, line.Coverage));

    /// <summary>The price of goods and teams that stay unmet, in whole US dollars: its need for money.</summary>
    public long FundsNeeded => Lines.Where(line => line.Item.Kind == ItemKind.Funds).Sum(line => line.Need);

    /// <summary>The money planned for it, in US dollars.</summary>
    public long FundsPlanned => Lines.Where(line => line.Item.Kind == ItemKind.Funds).Sum(line => line.Planned);

    /// <summary>Cases of the weeks before the as-of day, cleaned, the last of them ending on it.</summary>
    public ImmutableArray<double> PastWeeks => Result.Cases.Median.Cases[..^Assessment.CasesForecast.Weeks.Length];
}

/// <summary>An item that some place needs.</summary>
/// <param name="Item">The item.</param>
/// <param name="Lines">Every need of it.</param>
/// <param name="Round">Its allocation; null where nobody offers it.</param>
/// <param name="Offered">Units of all its lots, also of those that take no part.</param>
/// <param name="Low">Sum of the needs on the lower runs of cases; null for money, whose need is a price.</param>
/// <param name="High">The same on the higher runs.</param>
internal sealed record ItemFacts(
    PackItem Item, ImmutableArray<CoverageLine> Lines, ItemRound? Round, long Offered, long? Low, long? High)
{
    public long Need { get; } = Lines.Sum(line => line.Need);

    public long Planned { get; } = Lines.Sum(line => line.Planned);

    public long Unmet { get; } = Lines.Sum(line => line.Unmet);

    /// <summary>Units of its need that are met, by what was there before and by the plan.</summary>
    public long Met => Need - Unmet;

    /// <summary>The price of what stays unmet, in US dollars; null where the pack has no price.</summary>
    public decimal? UnmetValue => Item.Kind == ItemKind.Funds ? Unmet : Item.PriceUsd * Unmet;

    /// <summary>The need with the lowest coverage.</summary>
    public CoverageLine Lowest => Lines.MinBy(line => line.Coverage)!;
}

/// <summary>All that the page tells, worked out once.</summary>
internal sealed class ReportFacts
{
    /// <summary>Places shown with their charts unfolded.</summary>
    public const int WorstShown = 12;

    private readonly HashSet<string> _idle;

    private ReportFacts(ChainResult result, RunHeader header, RunTables tables)
    {
        (Result, Header, Tables) = (result, header, tables);
        _idle = [.. result.Idle.Select(lot => lot.Offer.Lot)];
        Items = ItemsOf(result, tables);
        var offered = Items.Where(item => item.Round is not null).Select(item => item.Item.Code).ToHashSet();
        var rows = tables.Assessments.ToDictionary(row => row.Place);
        var lines = result.Coverage.ToLookup(line => line.Place);
        Places =
        [
            .. result.Places
                .Select(place => new PlaceFacts(
                    place,
                    rows[place.Territory.Code],
                    [.. lines[place.Territory.Code]],
                    [.. lines[place.Territory.Code].Where(line => offered.Contains(line.Item.Code))]))
                .OrderBy(place => Figures.SortKey(place.Name), StringComparer.Ordinal),
        ];
        ByCode = Places.ToImmutableDictionary(place => place.Code);
        Fastest =
        [
            .. Places.Where(place => place.Row.ReproductionLow is not null && place.Row.Trend != Trend.TooFew)
                .OrderBy(place => place.Row.Trend == Trend.Growing ? 0 : 1)
                .ThenByDescending(place => place.Row.ReproductionLow),
        ];
        Worst = [.. Fastest.Take(WorstShown)];
    }

    public ChainResult Result { get; }

    public RunHeader Header { get; }

    public RunTables Tables { get; }

    /// <summary>In the order of the English name.</summary>
    public ImmutableArray<PlaceFacts> Places { get; }

    public ImmutableDictionary<TerritoryCode, PlaceFacts> ByCode { get; }

    /// <summary>
    /// Places with a trend, those that surely grow first, then by the lower end of the interval of R: the chance of
    /// small numbers puts none on top.
    /// </summary>
    public ImmutableArray<PlaceFacts> Fastest { get; }

    /// <summary>The first of <see cref="Fastest"/>, shown unfolded.</summary>
    public ImmutableArray<PlaceFacts> Worst { get; }

    /// <summary>Every item needed, in the pack's order.</summary>
    public ImmutableArray<ItemFacts> Items { get; }

    public IEnumerable<ItemFacts> OfferedItems => Items.Where(item => item.Round is not null);

    public IEnumerable<ItemFacts> Goods => Items.Where(item => item.Item.Kind != ItemKind.Funds);

    public ItemFacts? Funds => Items.FirstOrDefault(item => item.Item.Kind == ItemKind.Funds);

    public ChainSettings Settings => Result.Settings;

    public static ReportFacts Of(ChainResult result, RunHeader header, RunTables tables) => new(result, header, tables);

    /// <summary>True for a lot that takes part in no round.</summary>
    public bool IsIdle(LotRow lot) => _idle.Contains(lot.Lot);

    public int CountOf(Trend trend) => Places.Count(place => place.Row.Trend == trend);

    private static ImmutableArray<ItemFacts> ItemsOf(ChainResult result, RunTables tables)
    {
        var lines = result.Coverage.ToLookup(line => line.Item.Code);
        var rounds = result.Rounds.ToDictionary(round => round.Item.Code);
        var needs = tables.Needs.ToLookup(row => row.Line.Item, row => row.Line);
        var offered = tables.Lots.ToLookup(lot => lot.Item, lot => lot.Quantity);
        return
        [
            .. result.Settings.Pack.Items.Where(item => lines.Contains(item.Code)).Select(item => new ItemFacts(
                item,
                [.. lines[item.Code]],
                rounds.GetValueOrDefault(item.Code),
                offered[item.Code].Sum(),
                needs.Contains(item.Code) ? needs[item.Code].Sum(line => line.QuantityLow) : null,
                needs.Contains(item.Code) ? needs[item.Code].Sum(line => line.QuantityHigh) : null)),
        ];
    }
}
