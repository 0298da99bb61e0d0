namespace Sameboat.Exchange.Chain;

/// <summary>Units of the disease packs as a reader says them.</summary>
internal static class UnitWords
{
    /// <summary>The plural of a unit as it follows a number.</summary>
    public static string Plural(string unit) => unit switch
    {
        "each" => "pieces",
        "m3" => "m³",
        "kg" => "kg",
        "USD" => "US dollars",
        _ => unit + "s",
    };
}
