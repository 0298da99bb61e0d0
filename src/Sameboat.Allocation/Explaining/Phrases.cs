using System.Globalization;
using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>Numbers and lists as the sentences write them.</summary>
internal static class Phrases
{
    private const int PartsOfPerCent = 100;

    private const string Tiny = "less than 0.01 %";

    public static string Number(BigInteger number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A quantity that need not be whole, rounded down to hundredths.</summary>
    public static string Number(Rational number)
    {
        var hundredths = (number * Rational.Of(PartsOfPerCent)).Floor();
        var whole = BigInteger.DivRem(hundredths, PartsOfPerCent, out var rest);
        return Number(whole) + Decimals((int)rest);
    }

    /// <summary>A share in per cent, rounded down to hundredths of a per cent, so that «100 %» means all.</summary>
    public static string Percent(Rational share) => share > Rational.Zero && Floor(share).IsZero
        ? Tiny
        : Number(share * Rational.Of(100)) + " %";

    public static string Percent(BigInteger part, BigInteger whole) => Percent(Rational.Of(part, whole));

    /// <summary>What nobody can have: «more than 12 %».</summary>
    public static string MoreThan(BigInteger part, BigInteger whole) => Percent(part, whole) is var percent
        && percent == Tiny ? "as much as 0.01 %" : $"more than {percent}";

    /// <summary>«A», «A and B», «A, B and C», «A, B, C and 9 more».</summary>
    public static string List(IReadOnlyList<string> items)
    {
        if (items.Count > Reasons.NamesMax)
        {
            var more = Number(items.Count - Reasons.NamesMax);
            return $"{string.Join(", ", items.Take(Reasons.NamesMax))} and {more} more";
        }

        return items.Count < 2
            ? string.Concat(items)
            : $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}";
    }

    /// <summary>The names of the first few ids, the others counted; names beyond the few are never asked for.</summary>
    public static string List(IReadOnlyList<int> ids, Func<int, string> name) =>
        List([.. ids.Select((id, at) => at < Reasons.NamesMax ? name(id) : "")]);

    public static string Lots(IReadOnlyList<int> ids, ReasonWords words) =>
        (ids.Count == 1 ? "lot " : "lots ") + List(ids, words.Lot);

    public static string Packs(IEnumerable<(long Packs, long Size)> packs, string unit)
    {
        var sizes = packs.GroupBy(pack => pack.Size).OrderByDescending(size => size.Key).ToList();
        return sizes is [{ Key: 1 }]
            ? $"single {unit}"
            : List([.. sizes.Select(size =>
            {
                var count = size.Sum(pack => pack.Packs);
                return $"{Number(count)} {(count == 1 ? "pack" : "packs")} of {Number(size.Key)}";
            })]);
    }

    public static string Because(LaneRemoval reason) => reason switch
    {
        LaneRemoval.ExpiredOnArrival => "would be expired on arrival",
        LaneRemoval.Earmarked => "is earmarked for others",
        LaneRemoval.ColdChain => "needs a cold chain that is missing",
        LaneRemoval.NotRegistered => "is not registered there",
        LaneRemoval.RouteClosed => "has no open route",
        LaneRemoval.NotAccepted => "is not accepted there",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, "No reason of the closed list."),
    };

    private static BigInteger Floor(Rational share) => (share * Rational.Of(100 * PartsOfPerCent)).Floor();

    private static string Decimals(int hundredths) => hundredths == 0
        ? ""
        : "." + hundredths.ToString("00", CultureInfo.InvariantCulture).TrimEnd('0');
}
