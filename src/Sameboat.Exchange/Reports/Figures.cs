using System.Globalization;
using Sameboat.Epidemics;

namespace Sameboat.Exchange.Reports;

/// <summary>How numbers read on the page: the same everywhere, whatever the machine's own habits.</summary>
internal static class Figures
{
    /// <summary>Stands where there is nothing to say.</summary>
    public const string None = "–";

    private const string Space = "\u00A0";
    private const decimal Thousand = 1_000;
    private const decimal Million = 1_000_000;
    private const decimal Billion = 1_000_000_000;
    private const int HundredthsOfPercent = 10_000;
    private const double SurelyFrom = 0.9995;
    private const double LongDays = 100;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static string Count(long count) => count.ToString("N0", Invariant);

    /// <summary>An estimate of persons or units, to the nearest whole.</summary>
    public static string Rounded(double estimate) => estimate.ToString("N0", Invariant);

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", Invariant);

    public static string DayInWords(DateOnly day) => day.ToString("d MMMM yyyy", Invariant);

    /// <summary>Part of a whole in per cent, exact and rounded down, so that no need looks met that is not.</summary>
    public static string Share(long part, long whole) =>
        whole <= 0 ? None : Percent((long)((Int128)part * HundredthsOfPercent / whole), part > 0);

    /// <summary>The same to hundredths of a per cent, as the reasons have it.</summary>
    public static string FineShare(long part, long whole) => part >= whole || part <= 0
        ? Share(part, whole)
        : FinePercent((long)((Int128)part * HundredthsOfPercent / whole));

    /// <summary>The same of a fraction, 0 upwards.</summary>
    public static string FineShare(Rational share) => share >= Rational.One || share <= Rational.Zero
        ? Share(share.ToDouble())
        : FinePercent((long)(share * Rational.Of(HundredthsOfPercent)).Floor());

    /// <summary>The same of a mean or a median of shares, 0 upwards.</summary>
    public static string Share(double share)
    {
        const double OfRounding = 1e-9;
        return Percent((long)((share + OfRounding) * HundredthsOfPercent), share > 0);
    }

    /// <summary>A bound of classes, round by choice: «20 %».</summary>
    public static string RoundShare(double share) => (100 * share).ToString("0.##", Invariant) + Space + "%";

    /// <summary>Change from one number to another in per cent, with its sign; nothing where it began at zero.</summary>
    public static string Change(double before, double now) =>
        before <= 0 ? None : Signed(Math.Round(100 * (now - before) / before));

    public static string Probability(double probability) => probability switch
    {
        >= SurelyFrom => $">{Space}99.9{Space}%",
        <= 1 - SurelyFrom => $"<{Space}0.1{Space}%",
        _ => (100 * probability).ToString("0.#", Invariant) + Space + "%",
    };

    public static string Ratio(double ratio) => ratio.ToString("0.00", Invariant);

    public static string Ratio(double low, double high) => $"{Ratio(low)}–{Ratio(high)}";

    public static string Between(double low, double high) => $"{Rounded(low)}–{Rounded(high)}";

    /// <summary>A rate per 100,000: few digits, more of them where it is small.</summary>
    public static string Rate(double rate) =>
        rate.ToString(rate switch { 0 => "0", < 10 => "0.0", _ => "N0" }, Invariant);

    /// <summary>Doubling where positive, halving where negative.</summary>
    public static string DoublingTime(double? days) => days switch
    {
        null => None,
        > 0 => $"doubles in {Days(days.Value)}",
        _ => $"halves in {Days(-days.Value)}",
    };

    /// <summary>US dollars in words short enough for a sentence.</summary>
    public static string Money(decimal dollars) => "US$" + Space + dollars switch
    {
        >= Billion => (dollars / Billion).ToString("N2", Invariant) + " billion",
        >= Million => (dollars / Million).ToString("N1", Invariant) + " million",
        >= Thousand => decimal.Round(dollars).ToString("N0", Invariant),
        _ => dollars.ToString("N0", Invariant),
    };

    /// <summary>A number with its noun: «1 place», «12 places».</summary>
    public static string Many(long count, string one, string many) =>
        $"{Count(count)} {(count == 1 ? one : many)}";

    public static string NameOf(TerritoryCode place) => Territories.Get(place).EnglishName;

    /// <summary>Letters with marks among those without, as a reader looks for them.</summary>
    public static string SortKey(string name)
    {
        const string Marked = "ÅÇÉÔÕÜàâãåçèéêëíïñóôõöúü";
        const string Plain = "ACEOOUaaaaceeeeiinoooouu";
        return string.Concat(name.Select(letter =>
            Marked.IndexOf(letter, StringComparison.Ordinal) is var at and >= 0 ? Plain[at] : letter));
    }

    public static string Places(long count) => Many(count, "place", "places");

    /// <summary>A few names in a sentence; the others are counted.</summary>
    public static string Names(IReadOnlyList<string> names, int most)
    {
        var shown = names.Count <= most ? names.Count : most - 1;
        var others = names.Count - shown;
        var list = string.Join(", ", names.Take(shown));
        return others > 0 ? $"{list} and {Many(others, "other", "others")}"
            : shown < 2 ? list
            : $"{string.Join(", ", names.Take(shown - 1))} and {names[shown - 1]}";
    }

    public static string Words(Trend trend) => trend switch
    {
        Trend.Growing => "growing",
        Trend.Declining => "declining",
        Trend.Stable => "no clear trend",
        _ => "too few cases",
    };

    private static string Days(double days) =>
        days.ToString(days < LongDays ? "0.0" : "0", Invariant) + Space + "days";

    private static string Signed(double percent) => percent switch
    {
        > 0 => $"+{percent.ToString("N0", Invariant)}{Space}%",
        < 0 => $"−{(-percent).ToString("N0", Invariant)}{Space}%",
        _ => $"±0{Space}%",
    };

    private static string FinePercent(long hundredths) =>
        hundredths == 0 ? Percent(0, isSome: true) : (hundredths / 100m).ToString("0.00", Invariant) + Space + "%";

    private static string Percent(long hundredths, bool isSome) => hundredths switch
    {
        0 => isSome ? $"<{Space}0.01{Space}%" : $"0{Space}%",
        < 100 => (hundredths / 100m).ToString("0.00", Invariant) + Space + "%",
        >= HundredthsOfPercent when hundredths % 100 == 0 => (hundredths / 100).ToString("N0", Invariant) + Space + "%",
        _ => (Math.Floor(hundredths / 10m) / 10m).ToString("0.0", Invariant) + Space + "%",
    };
}
