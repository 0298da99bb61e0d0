namespace Sameboat.Server.Web;

/// <summary>
/// The plural form that a whole number takes in a culture, by the names of CLDR: zero, one, two, few, many, other.
/// </summary>
/// <remarks>
/// Unicode CLDR 48, supplemental plurals, cardinal rules for whole numbers (UTS 35 part 3, "Language Plural Rules").
/// </remarks>
internal static class PluralForms
{
    private const long Million = 1_000_000;

    /// <summary>The form's name.</summary>
    /// <param name="culture">A culture that the catalogues carry; another takes <c>other</c>.</param>
    /// <param name="count">Any whole number; its sign does not matter.</param>
    internal static string Of(string culture, long count)
    {
        var number = UInt128.CreateTruncating(Int128.Abs(count));
        var hundred = (int)(number % 100);
        var isMillions = number != 0 && number % Million == 0;
        return culture switch
        {
            "en" => number == 1 ? "one" : "other",
            "fr" => number <= 1 ? "one" : isMillions ? "many" : "other",
            "es" => number == 1 ? "one" : isMillions ? "many" : "other",
            "ru" => Russian(hundred),
            "ar" => number <= 2 ? ((string[])["zero", "one", "two"])[(int)number] : Arabic(hundred),
            _ => "other",
        };
    }

    private static string Russian(int hundred) => (hundred % 10, hundred) switch
    {
        (_, >= 11 and <= 14) => "many",
        (1, _) => "one",
        (>= 2 and <= 4, _) => "few",
        _ => "many",
    };

    private static string Arabic(int hundred) => hundred switch
    {
        >= 3 and <= 10 => "few",
        >= 11 => "many",
        _ => "other",
    };
}
