using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>The names that reasons use; the allocation itself knows none.</summary>
/// <param name="Claim">The name of a claim's recipient, by claim id.</param>
/// <param name="Lot">The name of a lot, by lot id, as it reads after the word «lot».</param>
/// <param name="Unit">The plural of the unit, as it reads after a number: «gowns», «doses».</param>
public sealed record ReasonWords(Func<int, string> Claim, Func<int, string> Lot, string Unit);

/// <summary>Why everyone gets what they get: one plain sentence each, in numbers that a person can add up.</summary>
/// <remarks>
/// Made from the certificate alone. Percentages are rounded down to hundredths of a per cent; all other numbers are
/// exact. At most <see cref="NamesMax"/> names are listed, the others are counted.
/// </remarks>
public static class Reasons
{
    /// <summary>The most names in one list.</summary>
    public const int NamesMax = 3;

    /// <summary>One sentence for each claim, by claim id.</summary>
    /// <param name="certificate">A certificate that a checker accepts; another may throw or speak untruth.</param>
    /// <param name="words">The names to use.</param>
    public static ImmutableSortedDictionary<int, string> ForClaims(
        AllocationCertificate certificate, ReasonWords words)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(words);
        var facts = new PlanFacts(certificate);
        var sentences = new ClaimSentences(facts, words);
        return certificate.Claims.ToImmutableSortedDictionary(claim => claim.Id, sentences.For);
    }

    /// <summary>One sentence for each lot, by lot id: where it goes, what stays and why.</summary>
    /// <param name="certificate">A certificate that a checker accepts; another may throw or speak untruth.</param>
    /// <param name="words">The names to use.</param>
    public static ImmutableSortedDictionary<int, string> ForLots(
        AllocationCertificate certificate, ReasonWords words)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(words);
        var facts = new PlanFacts(certificate);
        var sentences = new LotSentences(facts, words);
        return certificate.Lots.ToImmutableSortedDictionary(lot => lot.Id, sentences.For);
    }
}
