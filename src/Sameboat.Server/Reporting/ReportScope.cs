using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Sameboat.Server.Reporting;

/// <summary>What a report is asked about.</summary>
/// <param name="FromText">As typed, or empty.</param>
/// <param name="ToText">As typed, or empty.</param>
/// <param name="PlaceText">As typed, or empty.</param>
internal sealed record ReportScope(string FromText, string ToText, string PlaceText)
{
    private const string Form = "yyyy-MM-dd";

    // Longer texts are no day and no code, and would only be kept for nothing.
    private const int TextMax = 10;

    /// <summary>The first day, or null when none or no day was typed.</summary>
    internal DateOnly? From => DayOf(FromText);

    /// <summary>The last day, or null when none or no day was typed.</summary>
    internal DateOnly? To => DayOf(ToText);

    /// <summary>True when something else than a day was typed.</summary>
    internal bool IsFromWrong => FromText.Length > 0 && From is null;

    /// <summary>As <see cref="IsFromWrong"/>.</summary>
    internal bool IsToWrong => ToText.Length > 0 && To is null;

    /// <summary>True when the last day is before the first.</summary>
    internal bool IsBackwards => From > To;

    /// <summary>The place, or null for all and for what is no place.</summary>
    internal Territory? Place =>
        TerritoryCode.TryParse(PlaceText, out var code) && Territories.TryGet(code, out var territory)
            ? territory
            : null;

    /// <summary>True when something else than a known code was typed.</summary>
    internal bool IsPlaceWrong => PlaceText.Length > 0 && Place is null;

    /// <summary>Unique over all scopes.</summary>
    internal string Key => $"report/{FromText}/{ToText}/{PlaceText}";

    /// <summary>Reads it from an address.</summary>
    internal static ReportScope Of(IQueryCollection query) => new(
        Text(query, "from"), Text(query, "to"), Text(query, "place").ToUpperInvariant());

    private static string Text(IQueryCollection query, string name)
    {
        var text = query[name].ToString().Trim();
        return text.Length <= TextMax ? text : text[..TextMax];
    }

    private static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;
}
