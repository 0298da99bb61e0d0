using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sameboat.Server.Record;

/// <summary>
/// Reads the body of an entry that anyone may have written: a member that is absent or of another type answers null,
/// and a number is never taken for a text.
/// </summary>
internal static class EntryBody
{
    private const string DayForm = "yyyy-MM-dd";

    /// <summary>A text without U+0000, which PostgreSQL stores in no column: one entry would stop every fold.</summary>
    internal static string? Text(this JsonObject body, string name) =>
        body[name] is JsonValue value
        && value.GetValueKind() == JsonValueKind.String
        && value.GetValue<string>() is var text
        && !text.Contains('\0', StringComparison.Ordinal)
            ? text
            : null;

    internal static bool Flag(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>A whole number of 0 or more.</summary>
    internal static long? Count(this JsonObject body, string name) =>
        Whole(body[name]) is >= 0 and var count ? count : null;

    /// <summary>A whole number of any sign, read from its text: the node may hold an int or a parsed number.</summary>
    internal static long? Whole(JsonNode? node) =>
        node is JsonValue value
        && value.GetValueKind() == JsonValueKind.Number
        && long.TryParse(
            value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null;

    /// <summary>A decimal written as a string, finite.</summary>
    internal static double? Decimal(this JsonObject body, string name) => Decimal(body[name]);

    /// <summary>As the other overload, of the value itself.</summary>
    internal static double? Decimal(JsonNode? node) =>
        node is JsonValue text
        && text.GetValueKind() == JsonValueKind.String
        && double.TryParse(text.GetValue<string>(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
        && double.IsFinite(value)
            ? value
            : null;

    internal static DateOnly? Day(this JsonObject body, string name) =>
        DateOnly.TryParseExact(body.Text(name), DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : null;

    internal static TerritoryCode? Place(this JsonObject body, string name) =>
        TerritoryCode.TryParse(body.Text(name), out var place) ? place : null;

    internal static ItemCode? Item(this JsonObject body, string name) =>
        ItemCode.TryParse(body.Text(name), out var item) ? item : null;

    internal static IReadOnlyList<JsonObject>? Objects(this JsonObject body, string name)
    {
        if (body[name] is not JsonArray array)
        {
            return null;
        }

        var objects = array.OfType<JsonObject>().ToList();
        return objects.Count == array.Count ? objects : null;
    }

    internal static string Written(this DateOnly day) => day.ToString(DayForm, CultureInfo.InvariantCulture);

    /// <summary>An estimate as a decimal string of six significant digits, the form amounts have in an entry.</summary>
    internal static string Written(this double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
