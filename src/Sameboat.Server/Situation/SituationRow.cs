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
}
