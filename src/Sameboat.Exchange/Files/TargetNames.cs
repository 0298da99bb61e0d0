using System.Globalization;
using Sameboat.Epidemics;

namespace Sameboat.Exchange.Files;

/// <summary>The names of what is counted, as files of forecasts, vintages and outcomes write them.</summary>
public static class TargetNames
{
    /// <summary>What a cell with such a name holds, as the end of the sentence «expected ...».</summary>
    internal const string Expected = "case, death or hosp";

    private const string WeeksAhead = " wk ahead inc ";

    /// <summary>The short name: <c>case</c>, <c>death</c> or <c>hosp</c>.</summary>
    public static string Word(Indicator indicator) => indicator switch
    {
        Indicator.Cases => "case",
        Indicator.Deaths => "death",
        Indicator.HospitalAdmissions => "hosp",
        _ => throw new ArgumentOutOfRangeException(nameof(indicator), indicator, "No such indicator."),
    };

    /// <summary>The indicator of a name, short, plural or as the hubs write weekly targets; null for another.</summary>
    public static Indicator? Of(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Trim().ToUpperInvariant() switch
        {
            "CASE" or "CASES" or "INC CASE" or "WK INC CASE" => Indicator.Cases,
            "DEATH" or "DEATHS" or "INC DEATH" or "WK INC DEATH" => Indicator.Deaths,
            "HOSP" or "HOSPITAL_ADMISSIONS" or "INC HOSP" or "WK INC HOSP" => Indicator.HospitalAdmissions,
            _ => null,
        };
    }

    /// <summary>Takes <c>2 wk ahead inc death</c> apart, as the first generation of hubs names targets.</summary>
    internal static bool TryAhead(string name, out int horizon, out Indicator indicator)
    {
        horizon = 0;
        indicator = default;
        var at = name.IndexOf(WeeksAhead, StringComparison.OrdinalIgnoreCase);
        return at > 0
            && int.TryParse(name[..at], NumberStyles.None, CultureInfo.InvariantCulture, out horizon)
            && Of(name[(at + WeeksAhead.Length)..]) is { } found
            && (indicator = found) == found;
    }
}
