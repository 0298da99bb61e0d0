using System.Collections.Immutable;

namespace Sameboat.Epidemics;

/// <summary>
/// A series made fit for estimation, with the series as published beside it and every difference listed.
/// Estimation only: what is shown as reported is <see cref="Reported"/>.
/// </summary>
/// <param name="Reported">The series as published, untouched.</param>
/// <param name="Counts">Persons a day, aligned with the reported counts; every one finite and at least 0.</param>
/// <param name="Changes">By rule in order of application, then by day. Empty where nothing was changed.</param>
public sealed record CleanSeries(
    CountSeries Reported, ImmutableArray<double> Counts, ImmutableArray<CleaningChange> Changes);
