using Sameboat.Server.Storage;

namespace Sameboat.Server.Situation;

/// <summary>What the epidemic engine says of one place on one day, with the forecast it made.</summary>
internal sealed class AssessmentRow : IProjectedRow
{
    public required string Subject { get; init; }

    public required string Outbreak { get; init; }

    public required string Member { get; init; }

    public required string Place { get; init; }

    /// <summary>Day number of the last day the engine saw.</summary>
    public required int AsOf { get; init; }

    /// <summary>Growing, Stable, Declining or TooFew.</summary>
    public required string Trend { get; init; }

    /// <summary>Posterior mean of R on the last window, or null when the cases are too few.</summary>
    public required double? Reproduction { get; init; }

    /// <summary>The 2.5 % quantile of the same posterior.</summary>
    public required double? ReproductionLow { get; init; }

    /// <summary>The 97.5 % quantile of the same posterior.</summary>
    public required double? ReproductionHigh { get; init; }

    /// <summary>P(R > 1), 0 to 1.</summary>
    public required double? ProbabilityAboveOne { get; init; }

    /// <summary>Days for cases to double; negative for days to halve.</summary>
    public required double? DoublingDays { get; init; }

    /// <summary>R by day: one line a day, <c>day number;five quantiles</c> (2.5, 25, 50, 75, 97.5 %).</summary>
    public required string ReproductionPath { get; init; }

    /// <summary>
    /// Forecast weeks of cases: one line a week, <c>day number of the week's end;quantile,quantile,...</c>.
    /// </summary>
    public required string Forecast { get; init; }
}
