using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>Weekly totals foreseen for many places together from what was known on a day.</summary>
/// <param name="LastDay">Last day whose counts were used; weeks ahead begin the day after.</param>
/// <param name="Places">One element for each place and indicator, in the order of the places given.</param>
public sealed record PanelForecast(DateOnly LastDay, ImmutableArray<PlaceForecast> Places);

/// <summary>Weekly totals foreseen for one place and indicator.</summary>
/// <param name="Name">The place's name as given.</param>
/// <param name="Indicator">What is counted.</param>
/// <param name="Weeks">One element a week, from horizon 1.</param>
/// <param name="ErrorPaths">
/// Past errors of this forecaster for the indicator over as many weeks, one path for each place and origin that has
/// come true, on the scale of the errors; shared by all places, empty where none has.
/// </param>
public sealed record PlaceForecast(
    string Name,
    Indicator Indicator,
    ImmutableArray<WeekForecast> Weeks,
    ImmutableArray<ImmutableArray<double>> ErrorPaths)
{
    /// <summary>
    /// Joint trajectories, persons a week: each column has the quantiles of its week, and weeks depend on each other as
    /// past errors did. Sums over weeks are taken from these, never from quantiles.
    /// </summary>
    /// <returns>One row of weeks for each error path, or <see cref="JointPaths.CountMin"/> that rank alike in every
    /// week where there are too few.</returns>
    public ImmutableArray<ImmutableArray<double>> Trajectories() => JointPaths.Of(Weeks, ErrorPaths);
}
