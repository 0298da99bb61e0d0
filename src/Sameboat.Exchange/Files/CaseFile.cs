using System.Collections.Immutable;
using Sameboat.Epidemics;

namespace Sameboat.Exchange.Files;

/// <summary>Daily counts by territory, as a file of case counts holds them.</summary>
/// <param name="Format">The form that was recognised, such as <c>long</c> or <c>WHO</c>; see the guide.</param>
/// <param name="Cases">
/// New cases, one series for each territory that reported any day, in the order of the code.
/// </param>
/// <param name="Deaths">New deaths, likewise; empty where the file has none.</param>
/// <param name="Weekly">True when the file counts weeks, which were spread evenly over their seven days.</param>
public sealed record CaseFile(
    string Format,
    ImmutableArray<CountSeries> Cases,
    ImmutableArray<CountSeries> Deaths,
    bool Weekly);
