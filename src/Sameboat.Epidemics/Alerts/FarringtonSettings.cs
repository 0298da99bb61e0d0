namespace Sameboat.Epidemics;

/// <summary>How Farrington's upper bound is made from the fitted level.</summary>
public enum FarringtonThreshold
{
    /// <summary>Counts to the power 2/3 are taken as normal.</summary>
    Delta,

    /// <summary>The quantile of the negative binomial with the fitted mean and dispersion.</summary>
    NegativeBinomial,
}

/// <summary>What the flexible Farrington detector is run with; the defaults are those of 1996.</summary>
public sealed record FarringtonSettings
{
    /// <summary>Level, weeks of the season alone, three years back.</summary>
    public static FarringtonSettings Usual { get; } = new();

    /// <summary>
    /// As Noufaily et al. 2012 improved it: all weeks of the years, in ten periods, but the last half year; negative
    /// binomial bound, the trend always kept.
    /// </summary>
    public static FarringtonSettings Improved { get; } = new()
    {
        Periods = 10, WeeksLeftOut = 26, TrendBelow = 1, Threshold = FarringtonThreshold.NegativeBinomial,
    };

    /// <summary>Years looked back, at least 1.</summary>
    public int Years { get; init; } = 3;

    /// <summary>Weeks either side of the same week in those years, 0 to 12.</summary>
    public int HalfWindow { get; init; } = 3;

    /// <summary>Values in a year, at least 2; 52 = weeks.</summary>
    public int PerYear { get; init; } = 52;

    /// <summary>
    /// Periods of the year with a level each, 1 to 20; 1 = only the weeks about the same week are looked at.
    /// </summary>
    public int Periods { get; init; } = 1;

    /// <summary>Last weeks left out of the past where there are periods, at least 1.</summary>
    public int WeeksLeftOut { get; init; } = 26;

    /// <summary>One-sided level of the bound, above 0 and below 1.</summary>
    public double Alpha { get; init; } = 0.01;

    /// <summary>A trend is kept where its p-value is below this, 0 to 1; 1 = always.</summary>
    public double TrendBelow { get; init; } = 0.05;

    /// <summary>Standardised residuals above this are taken for past outbreaks and weigh less; above 0.</summary>
    public double OutbreakAbove { get; init; } = 2.58;

    /// <summary>The bound.</summary>
    public FarringtonThreshold Threshold { get; init; } = FarringtonThreshold.Delta;

    /// <summary>Fewest cases in the last four weeks for an alarm; below there is no bound. At least 0.</summary>
    public int CasesMin { get; init; } = 5;

    internal void Check()
    {
        if (Years < 1 || HalfWindow is < 0 or > 12 || PerYear < 2 || Periods is < 1 or > 20 || WeeksLeftOut < 1
            || !(TrendBelow is >= 0 and <= 1) || !(OutbreakAbove > 0) || CasesMin < 0
            || ((2 * HalfWindow) + 1 + Periods - 1 > PerYear))
        {
            throw new ArgumentException("A setting of the Farrington detector is outside its range.");
        }
    }
}
