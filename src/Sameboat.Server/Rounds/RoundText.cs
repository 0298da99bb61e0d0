using Sameboat.Allocation;
using Sameboat.Server.Web;

namespace Sameboat.Server.Rounds;

/// <summary>The small texts of a plan.</summary>
internal static class RoundText
{
    /// <summary>A level's share of need, exact and in per cent; none stands for the whole need.</summary>
    internal static string Share(Words words, CertificateFraction? coverage) => coverage is { } share
        ? words.Format(
            "fraction", share.Numerator, share.Denominator,
            words.Percent((double)share.Numerator / (double)share.Denominator))
        : words["level.all"];

    /// <summary>How much comes from which lot.</summary>
    internal static string Lots(Words words, IEnumerable<PlanLineRow> lines) =>
        string.Join("; ", lines.Select(line => words.Format("line.lot", line.Lot, words.Number(line.Quantity))));
}
