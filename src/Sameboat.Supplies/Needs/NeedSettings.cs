using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>Who is tested among those who are not severely ill.</summary>
public enum TestingStrategy
{
    /// <summary>Every mild, moderate and suspected case.</summary>
    All,

    /// <summary>The pack's share of them, one in ten for COVID-19.</summary>
    Targeted,
}

/// <summary>How the estimate treats the known defects of WHO's tool.</summary>
public enum NeedMode
{
    /// <summary>With the defects mended, one by one as docs/methods/need-corrected.md lists them.</summary>
    Corrected,

    /// <summary>The same figures as WHO's tool in its public port, defects included.</summary>
    Parity,
}

/// <summary>What is asked of an estimate.</summary>
/// <param name="Start">
/// The day on which the planned weeks begin; in parity mode they begin on the first Monday from it.
/// </param>
/// <param name="Weeks">Weeks planned for, 1 to 104.</param>
public sealed record NeedSettings(DateOnly Start, int Weeks)
{
    /// <summary>Who is tested.</summary>
    public TestingStrategy Testing { get; init; } = TestingStrategy.All;

    /// <summary>Corrected or parity.</summary>
    public NeedMode Mode { get; init; } = NeedMode.Corrected;

    /// <summary>Which defects are mended; parity mends none whatever stands here.</summary>
    public Corrections Corrections { get; init; } = Corrections.All;

    /// <summary>Units in hand by item; an item left out has none. Corrected mode only.</summary>
    public ImmutableDictionary<ItemCode, long> Stock { get; init; } = ImmutableDictionary<ItemCode, long>.Empty;

    /// <summary>Units ordered and sure to come before the planned weeks end. Corrected mode only.</summary>
    public ImmutableDictionary<ItemCode, long> Pipeline { get; init; } = ImmutableDictionary<ItemCode, long>.Empty;

    /// <summary>Share of consumable goods lost before use, 0 to below 1. Corrected mode only.</summary>
    public double WastageShare { get; init; }

    /// <summary>
    /// Weeks from <see cref="Start"/> until goods arrive, when the planned weeks begin. Corrected mode only.
    /// </summary>
    public int LeadTimeWeeks { get; init; }

    /// <summary>Share of the population to be vaccinated, 0 to 1; null takes the pack's own target.</summary>
    public double? VaccineCoverage { get; init; }

    /// <summary>Dose-equivalents received already; they are subtracted from the vaccine need.</summary>
    public long VaccineReceived { get; init; }

    /// <summary>
    /// What the pack's rates of an item are multiplied by, each finite and zero or more, as counts of stock give it
    /// (<see cref="CoefficientBelief.FactorOver"/>); an item left out keeps its rates. Corrected mode only.
    /// </summary>
    public ImmutableDictionary<ItemCode, double> RateFactors { get; init; } =
        ImmutableDictionary<ItemCode, double>.Empty;

    /// <summary>Share of a bed-day in which oxygen flows at the planned rate, 0 to 1.</summary>
    public double OxygenUtilisation { get; init; } = 1;

    internal const int WeeksMax = 104;

    internal bool Mends(Corrections one) => Mode == NeedMode.Corrected && Corrections.HasFlag(one);

    /// <summary>The rates of an item, multiplied by its factor where there is one.</summary>
    internal UseRates RatesOf(DiseasePack pack, PackItem item)
    {
        var rates = pack.Figures.Rates.GetValueOrDefault(item.Code, UseRates.None);
        return Mode == NeedMode.Corrected && RateFactors.TryGetValue(item.Code, out var factor)
            ? rates.Times(factor)
            : rates;
    }

    internal int LeadWeeks => Mends(Corrections.StockAndWaste) ? LeadTimeWeeks : 0;

    /// <summary>Weeks that the tables cover: those until goods arrive and those planned for.</summary>
    internal int TableWeeks => LeadWeeks + Weeks;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Weeks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Weeks, WeeksMax);
        ArgumentOutOfRangeException.ThrowIfNegative(LeadTimeWeeks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(LeadTimeWeeks, WeeksMax);
        ArgumentOutOfRangeException.ThrowIfNegative(VaccineReceived);
        if (RateFactors.Values.Any(one => one is not (>= 0 and < double.PositiveInfinity)))
        {
            throw new ArgumentException("Factors of rates are finite and zero or more.");
        }

        if (WastageShare is not (>= 0 and < 1)
            || OxygenUtilisation is not (>= 0 and <= 1)
            || VaccineCoverage is not (null or (>= 0 and <= 1)))
        {
            throw new ArgumentException("Wastage is 0 to below 1; oxygen utilisation and coverage are 0 to 1.");
        }
    }
}
