using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Sameboat.Server.Web;

/// <summary>
/// The strings of the pages in one culture, and how that culture writes numbers, days and places. A culture is one
/// file in <c>Web/Catalogues</c>; a page names its strings by key and never holds one itself.
/// </summary>
internal sealed class Words
{
    private const string Folder = "catalogues/";
    private const string Extension = ".json";

    private static readonly FrozenDictionary<string, Words> All = Read();

    private readonly FrozenDictionary<string, string> _texts;
    private readonly NumberFormatInfo _numbers;

    private Words(string culture, FrozenDictionary<string, string> texts)
    {
        Culture = culture;
        _texts = texts;
        _numbers = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        _numbers.NumberGroupSeparator = this["number.group"];
        _numbers.NumberDecimalSeparator = this["number.decimal"];
    }

    /// <summary>The culture when a reader names none.</summary>
    internal const string DefaultCulture = "en";

    /// <summary>BCP 47, as it stands in the path.</summary>
    internal string Culture { get; }

    /// <summary>ltr or rtl.</summary>
    internal string Direction => this["direction"];

    /// <summary>The keys, for a test that none is missing and none is left over.</summary>
    internal IEnumerable<string> Keys => _texts.Keys;

    /// <summary>The text of a key.</summary>
    /// <exception cref="KeyNotFoundException">The catalogue lacks the key.</exception>
    internal string this[string key] => _texts.TryGetValue(key, out var text)
        ? text
        : throw new KeyNotFoundException($"The catalogue {Culture} lacks «{key}».");

    /// <summary>The text of a key, or null where the catalogue has none: for words that others made.</summary>
    internal string? Find(string key) => _texts.GetValueOrDefault(key);

    /// <summary>The cultures that are carried.</summary>
    internal static IEnumerable<string> Cultures => All.Keys;

    /// <summary>The words of a culture, or null where it is not carried.</summary>
    internal static Words? Of(string culture) => All.GetValueOrDefault(culture);

    /// <summary>The text of a key with its places {0}, {1}, ... filled.</summary>
    internal string Format(string key, params object?[] arguments) =>
        string.Format(CultureInfo.InvariantCulture, this[key], arguments);

    /// <summary>
    /// The text of <c>key.</c> and the plural form that the culture has for the number, which stands in its place {0}.
    /// </summary>
    internal string Count(string key, long count)
    {
        var form = $"{key}.{PluralForms.Of(Culture, count)}";
        return Format(_texts.ContainsKey(form) ? form : $"{key}.other", Number(count));
    }

    /// <summary>A whole number with its thousands grouped.</summary>
    internal string Number(long number) => number.ToString("N0", _numbers);

    /// <summary>An estimate to two places, or a dash where there is none.</summary>
    internal string Estimate(double? value) => value?.ToString("0.00", _numbers) ?? this["none"];

    /// <summary>A count that was estimated, rounded to whole ones.</summary>
    internal string Rounded(double value) => Math.Round(value).ToString("N0", _numbers);

    /// <summary>A share of one in per cent: one place below ten, none above.</summary>
    internal string Percent(double share) => Format(
        "percent", (share * 100).ToString(share < 0.0995 ? "0.#" : "0", _numbers));

    /// <summary>A change in per cent with its sign.</summary>
    internal string Change(double share) => Format(
        "percent", (share * 100).ToString("+0;−0;0", _numbers));

    /// <summary>A day by its number.</summary>
    internal string Day(int dayNumber) => Day(DateOnly.FromDayNumber(dayNumber));

    /// <summary>As the other overload.</summary>
    internal string Day(DateOnly day) => day.ToString(this["day.form"], CultureInfo.InvariantCulture);

    /// <summary>An instant in UTC to the minute.</summary>
    internal string Instant(DateTimeOffset instant) =>
        instant.ToString(this["instant.form"], CultureInfo.InvariantCulture);

    /// <summary>A territory's name, or the code itself where the table lacks it.</summary>
    internal string Place(string code) =>
        TerritoryCode.TryParse(code, out var place) && Territories.TryGet(place, out var territory)
            ? territory.Names[Culture]
            : code;

    private static FrozenDictionary<string, Words> Read()
    {
        var assembly = typeof(Words).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var texts = JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!;
                return new Words(name[Folder.Length..^Extension.Length], texts.ToFrozenDictionary());
            })
            .ToFrozenDictionary(words => words.Culture, StringComparer.Ordinal);
    }
}
