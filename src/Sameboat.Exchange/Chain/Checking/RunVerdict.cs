using System.Collections.Immutable;

namespace Sameboat.Exchange.Chain.Checking;

/// <summary>One part of a check that held.</summary>
/// <param name="Name">What was checked, in a few words.</param>
/// <param name="Detail">How much of it, in numbers.</param>
public sealed record CheckedPart(string Name, string Detail);

/// <summary>What a check of a run's folder came to.</summary>
/// <param name="Held">The parts that held, in the order of checking.</param>
/// <param name="FailedPart">The part that did not hold; null when all did.</param>
/// <param name="Failures">
/// What did not hold first, a line each: one line, or one for each fault where a file cannot be read.
/// </param>
/// <param name="IsSignerKnown">True when the signature was checked against a key given by the reader.</param>
public sealed record RunVerdict(
    ImmutableArray<CheckedPart> Held, string? FailedPart, ImmutableArray<string> Failures, bool IsSignerKnown)
{
    /// <summary>True when everything held.</summary>
    public bool Holds => FailedPart is null;
}
