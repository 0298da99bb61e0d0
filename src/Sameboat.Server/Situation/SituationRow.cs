using Sameboat.Server.Storage;

namespace Sameboat.Server.Situation;

/// <summary>The counts of one report: one place, consecutive days. Counts of people, never a person.</summary>
internal sealed class SituationRow : IProjectedRow
{
    public required string Subject { get; init; }

    public required string Outbreak { get; init; }

    public required string Member { get; init; }

    public required string Place { get; init; }

    /// <summary>Day number (days since 0001-01-01) of the first count.</summary>
    public required int First { get; init; }

    /// <summary>New cases by day, comma-separated; an empty field is a day not reported.</summary>
    public required string Cases { get; init; }

    /// <summary>New deaths by day, in the same form.</summary>
    public required string Deaths { get; init; }

    /// <summary>Where the counts come from in the author's words, or empty.</summary>
    public string Source { get; init; } = "";

    /// <summary>True when the author gives them as the official ones; they are only for a place it answers for.
    /// </summary>
    public bool Official { get; init; } = true;

    /// <summary>True for a preliminary count that will be revised.</summary>
    public bool Preliminary { get; init; }

    /// <summary>All cases of the outbreak there up to the last day of the report, or null.</summary>
    public long? CumulativeCases { get; init; }

    /// <summary>All deaths in the same way.</summary>
    public long? CumulativeDeaths { get; init; }
}
