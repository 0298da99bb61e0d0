namespace Sameboat.Supplies;

/// <summary>Turns cases into what is needed to find, treat and protect.</summary>
/// <remarks>docs/methods/need-parity.md has the equations, need-corrected.md what is mended in them.</remarks>
public static class NeedEstimator
{
    /// <summary>The need of one place over the planned weeks.</summary>
    /// <param name="pack">The disease.</param>
    /// <param name="capacity">What the place has.</param>
    /// <param name="cases">History and forecast; must reach the end of the planned weeks.</param>
    /// <param name="settings">What is asked.</param>
    /// <exception cref="ArgumentException">The cases do not cover the weeks, or a setting is out of range.</exception>
    public static NeedEstimate Estimate(
        DiseasePack pack, CountryCapacity capacity, WeeklyCases cases, NeedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(cases);
        return Estimate(pack, capacity, new CasePaths(cases, cases, cases), settings);
    }

    /// <summary>As above under three runs of cases; the lines carry the low and high quantity too.</summary>
    /// <inheritdoc cref="Estimate(DiseasePack, CountryCapacity, WeeklyCases, NeedSettings)"/>
    public static NeedEstimate Estimate(
        DiseasePack pack, CountryCapacity capacity, CasePaths cases, NeedSettings settings)
    {
        ArgumentNullException.ThrowIfNull(pack);
        ArgumentNullException.ThrowIfNull(capacity);
        ArgumentNullException.ThrowIfNull(cases);
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        foreach (var path in new[] { cases.Low, cases.Median, cases.High })
        {
            path.Check(settings);
        }

        if (settings.Mode == NeedMode.Parity && WhyNotComputable(capacity) is { } why)
        {
            return Stopped(capacity, why);
        }

        if (settings.Mode == NeedMode.Parity && !HasPlannedWeek(pack, cases.Median, settings))
        {
            return Stopped(capacity, "no week of cases begins on or after the start");
        }

        var median = NeedRun.Of(pack, capacity, cases.Median, settings);
        if (settings.Mode == NeedMode.Parity && median.Tables.Patients.Sum(week => week.Beds) == 0)
        {
            return Stopped(
                capacity, "it divides by the beds in use, and no bed is in use in the planned weeks");
        }

        NeedRun Run(WeeklyCases path) =>
            ReferenceEquals(path, cases.Median) ? median : NeedRun.Of(pack, capacity, path, settings);
        return new NeedEstimate
        {
            Place = capacity.Place,
            Lines = NeedLines.Of(pack, capacity, settings, Run(cases.Low), median, Run(cases.High)),
            Tables = median.Tables,
        };
    }

    private static string? WhyNotComputable(CountryCapacity capacity)
    {
        string[] needed = ["beds", CapacityTable.IntensiveCareColumn, CapacityTable.PlatformsFigure];
        return needed.FirstOrDefault(figure => !capacity.Reports(figure)) is { } missing
            ? $"its tables have no {missing.Replace('_', ' ')} there"
            : capacity.ToolStops;
    }

    private static bool HasPlannedWeek(DiseasePack pack, WeeklyCases cases, NeedSettings settings) =>
        CaseSteps.Weeks(pack.Figures.Parameters, cases, settings).Any(week => week.WeekBegins >= settings.Start);

    private static NeedEstimate Stopped(CountryCapacity capacity, string why) => new()
    {
        Place = capacity.Place,
        Lines = [],
        NotComputable = $"WHO's tool stops for {capacity.Place}: {why}.",
    };
}
