using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>What is known of one place on a day: a daily series for each indicator that it reports.</summary>
/// <param name="Name">The name by which the place is told from others, such as a code; not empty.</param>
/// <param name="Series">At most one series of each indicator, in any order; <c>default</c> is read as none.</param>
/// <exception cref="ArgumentException">An empty name, or two series of one indicator.</exception>
public sealed record PlaceCounts(string Name, ImmutableArray<CountSeries> Series)
{
    /// <summary>As given; see the parameter of the same name.</summary>
    public string Name { get; init; } = string.IsNullOrWhiteSpace(Name)
        ? throw new ArgumentException("A place has a name.", nameof(Name))
        : Name;

    /// <summary>The series, never <c>default</c>; see the parameter of the same name.</summary>
    public ImmutableArray<CountSeries> Series { get; init; } = Checked(Series);

    /// <summary>The series of an indicator, or null.</summary>
    public CountSeries? Of(Indicator indicator) =>
        Series.FirstOrDefault(series => series.Indicator == indicator);

    private static ImmutableArray<CountSeries> Checked(ImmutableArray<CountSeries> series)
    {
        ImmutableArray<CountSeries> given = series.IsDefault ? [] : series;
        return given.DistinctBy(one => one.Indicator).Count() == given.Length
            ? given
            : throw new ArgumentException("A place has at most one series of each indicator.", nameof(series));
    }
}
