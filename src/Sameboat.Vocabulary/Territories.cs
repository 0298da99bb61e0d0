using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sameboat;

/// <summary>
/// The carried table of territories: the 249 codes of ISO 3166-1, and one user-assigned code (XKK, Kosovo) by which
/// the Unicode CLDR carries a place that publishers of case counts report. Names and codes imply no opinion on the
/// legal status of any territory. Source and licence: data/territories/SOURCE.md.
/// </summary>
public static class Territories
{
    private const string UserAssigned = "user-assigned";
    private const int FirstNameField = 7;

    /// <summary>The cultures that every territory has a name in, English first.</summary>
    public static ImmutableArray<string> Cultures { get; } = ["en", "zh-Hans", "zh-Hant", "fr", "es", "ar", "ru"];

    // Below the cultures, which the reading needs: static members are set in the order of the text.
    private static Table Carried { get; } = Table.Read();

    /// <summary>Every territory, in the order of the code.</summary>
    public static ImmutableArray<Territory> All => Carried.All;

    /// <summary>The territory of a code, or of another code that publishers use for it (XKS and XKX for XKK).</summary>
    /// <returns>False where the code is not in the table.</returns>
    public static bool TryGet(TerritoryCode code, [NotNullWhen(true)] out Territory? territory)
    {
        if (Carried.ByCode.TryGetValue(code, out territory))
        {
            return true;
        }

        territory = Index.ByText.GetValueOrDefault(code.ToString()).Territory;
        return territory is not null;
    }

    /// <summary>As <see cref="TryGet"/>, for a code that is known to be in the table.</summary>
    /// <exception cref="KeyNotFoundException">The code is not in the table.</exception>
    public static Territory Get(TerritoryCode code) =>
        TryGet(code, out var territory)
            ? territory
            : throw new KeyNotFoundException($"{code} is not a code of ISO 3166-1.");

    /// <summary>True for a code that ISO 3166-1 leaves to its users; false for its own codes and unknown ones.</summary>
    public static bool IsUserAssigned(TerritoryCode code) => Carried.UserAssigned.Contains(code);

    /// <summary>
    /// Resolves a text as publishers write it: alpha-3, alpha-2, M49 number (leading zeros may be missing), a name in
    /// one of the <see cref="Cultures"/>, or an alias. Case, surrounding and doubled white space, and the kind of
    /// apostrophe do not matter.
    /// </summary>
    /// <returns>False for an unknown text. True also for a known row that is no territory: see the match.</returns>
    public static bool TryResolve([NotNullWhen(true)] string? text, out PlaceMatch match)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            match = default;
            return false;
        }

        return Index.ByText.TryGetValue(text, out match) || Index.ByText.TryGetValue(Fold(text), out match);
    }

    /// <summary>As <see cref="TryResolve"/>, answering false also for a known row that is no territory.</summary>
    public static bool TryResolveTerritory(
        [NotNullWhen(true)] string? text, [NotNullWhen(true)] out Territory? territory)
    {
        TryResolve(text, out var match);
        territory = match.Territory;
        return territory is not null;
    }

    private static string Fold(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var folded = string.Join(' ', words).Replace('’', '\'');
        return folded.Length < 3 && folded.All(char.IsAsciiDigit) ? folded.PadLeft(3, '0') : folded;
    }

    /// <summary>The table by code, which every start needs.</summary>
    private sealed record Table(
        ImmutableArray<Territory> All,
        FrozenDictionary<TerritoryCode, Territory> ByCode,
        FrozenSet<TerritoryCode> UserAssigned,
        ImmutableArray<string> OtherNames)
    {
        internal static Table Read()
        {
            var all = ImmutableArray.CreateBuilder<Territory>();
            var others = ImmutableArray.CreateBuilder<string>();
            var userAssigned = new List<TerritoryCode>();
            foreach (var row in CarriedTable.Rows("territories/territories.csv"))
            {
                var territory = TerritoryOf(row);
                all.Add(territory);
                others.Add(row[^1]);
                if (row[3] == Territories.UserAssigned)
                {
                    userAssigned.Add(territory.Code);
                }
            }

            return new Table(
                all.ToImmutable(),
                all.ToFrozenDictionary(territory => territory.Code),
                userAssigned.ToFrozenSet(),
                others.ToImmutable());
        }

        private static Territory TerritoryOf(string[] row) => new(
            TerritoryCode.Parse(row[0]),
            row[1],
            row[2],
            Cultures.Select((culture, at) => KeyValuePair.Create(culture, row[FirstNameField + at])).ToFrozenDictionary(),
            long.Parse(row[4], NumberStyles.None, CultureInfo.InvariantCulture),
            double.Parse(row[5], NumberStyles.Float, CultureInfo.InvariantCulture),
            double.Parse(row[6], NumberStyles.Float, CultureInfo.InvariantCulture));
    }

    /// <summary>The table by text, made when a text is first resolved.</summary>
    private static class Index
    {
        internal static readonly FrozenDictionary<string, PlaceMatch> ByText = Make();

        private static FrozenDictionary<string, PlaceMatch> Make()
        {
            // What is added first stays: codes before names, English before the other languages, aliases last.
            var texts = new Dictionary<string, PlaceMatch>(StringComparer.OrdinalIgnoreCase);
            foreach (var territory in All)
            {
                var match = new PlaceMatch(territory, "");
                texts.Add(territory.Code.ToString(), match);
                texts.Add(territory.Alpha2, match);
                if (territory.M49.Length > 0)
                {
                    texts.Add(territory.M49, match);
                }
            }

            foreach (var culture in Cultures)
            {
                foreach (var territory in All)
                {
                    texts.TryAdd(Fold(territory.Names[culture]), new PlaceMatch(territory, ""));
                }
            }

            foreach (var (territory, others) in All.Zip(Carried.OtherNames))
            {
                foreach (var name in others.Split('|', StringSplitOptions.RemoveEmptyEntries))
                {
                    texts.TryAdd(Fold(name), new PlaceMatch(territory, ""));
                }
            }

            foreach (var row in CarriedTable.Rows("territories/aliases.csv"))
            {
                var territory = row[1].Length == 0 ? null : Carried.ByCode[TerritoryCode.Parse(row[1])];
                texts.TryAdd(Fold(row[0]), new PlaceMatch(territory, territory is null ? row[3] : ""));
            }

            return texts.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        }
    }
}
