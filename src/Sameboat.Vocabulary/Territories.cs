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
        var letters = code.ToString();
        if (!Carried.ByCode.TryGetValue(letters, out territory))
        {
            territory = Index.ByText.GetValueOrDefault(letters) as Territory;
        }

        return territory is not null;
    }

    /// <summary>As <see cref="TryGet"/>, for a code that is known to be in the table.</summary>
    /// <exception cref="KeyNotFoundException">The code is not in the table.</exception>
    public static Territory Get(TerritoryCode code) =>
        TryGet(code, out var territory)
            ? territory
            : throw new KeyNotFoundException($"{code} is not a code of ISO 3166-1.");

    /// <summary>True for a code that ISO 3166-1 leaves to its users; false for its own and unknown ones.</summary>
    public static bool IsUserAssigned(TerritoryCode code) => Carried.UserAssigned.Contains(code.ToString());

    /// <summary>
    /// Resolves a text as publishers write it: alpha-3, alpha-2, M49 number (leading zeros may be missing), a name in
    /// one of the <see cref="Cultures"/>, or an alias. Case, surrounding and doubled white space, and the kind of
    /// apostrophe do not matter.
    /// </summary>
    /// <returns>False for an unknown text. True also for a known row that is no territory: see the match.</returns>
    public static bool TryResolve([NotNullWhen(true)] string? text, out PlaceMatch match)
    {
        match = default;
        if (string.IsNullOrWhiteSpace(text)
            || !(Index.ByText.TryGetValue(text, out var found) || Index.ByText.TryGetValue(Fold(text), out found)))
        {
            return false;
        }

        match = new PlaceMatch(found as Territory, found as string ?? "");
        return true;
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
        var folded = text.Trim().Replace('’', '\'');
        if (folded.Contains("  ", StringComparison.Ordinal) || folded.AsSpan().ContainsAny("\t\u00a0\u202f"))
        {
            folded = string.Join(' ', folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        return folded.Length < 3 && folded.All(char.IsAsciiDigit) ? folded.PadLeft(3, '0') : folded;
    }

    /// <summary>The table by code, which every start needs.</summary>
    /// <remarks>
    /// Keys are strings and values are classes all through: the runtime carries compiled code for such dictionaries,
    /// and has to compile it at the start for others.
    /// </remarks>
    private sealed record Table(
        ImmutableArray<Territory> All,
        FrozenDictionary<string, Territory> ByCode,
        HashSet<string> UserAssigned,
        List<string> OtherNames)
    {
        internal static Table Read()
        {
            var all = ImmutableArray.CreateBuilder<Territory>();
            var byCode = new Dictionary<string, Territory>();
            var others = new List<string>();
            var userAssigned = new HashSet<string>();
            foreach (var row in CarriedTable.Rows("territories/territories.csv"))
            {
                var territory = TerritoryOf(row);
                all.Add(territory);
                byCode.Add(row[0], territory);
                others.Add(row[^1]);
                if (row[3] == Territories.UserAssigned)
                {
                    userAssigned.Add(row[0]);
                }
            }

            return new Table(all.ToImmutable(), byCode.ToFrozenDictionary(), userAssigned, others);
        }

        private static Territory TerritoryOf(string[] row)
        {
            var names = new Dictionary<string, string>();
            for (var at = 0; at < Cultures.Length; at++)
            {
                names.Add(Cultures[at], row[FirstNameField + at]);
            }

            return new Territory(
                TerritoryCode.Parse(row[0]),
                row[1],
                row[2],
                names.ToFrozenDictionary(),
                long.Parse(row[4], NumberStyles.None, CultureInfo.InvariantCulture),
                double.Parse(row[5], NumberStyles.Float, CultureInfo.InvariantCulture),
                double.Parse(row[6], NumberStyles.Float, CultureInfo.InvariantCulture));
        }
    }

    /// <summary>By text, made when one is first resolved: a territory, or the remark on what is none.</summary>
    private static class Index
    {
        internal static readonly FrozenDictionary<string, object> ByText = Make();

        private static FrozenDictionary<string, object> Make()
        {
            // What is added first stays: codes before names, English before the other languages, aliases last.
            var texts = new Dictionary<string, object>(StringComparer.OrdinalIgnoreCase);
            foreach (var territory in All)
            {
                texts.Add(territory.Code.ToString(), territory);
                texts.Add(territory.Alpha2, territory);
                if (territory.M49.Length > 0)
                {
                    texts.Add(territory.M49, territory);
                }
            }

            foreach (var culture in Cultures)
            {
                foreach (var territory in All)
                {
                    texts.TryAdd(Fold(territory.Names[culture]), territory);
                }
            }

            for (var at = 0; at < All.Length; at++)
            {
                foreach (var name in Carried.OtherNames[at].Split('|', StringSplitOptions.RemoveEmptyEntries))
                {
                    texts.TryAdd(Fold(name), All[at]);
                }
            }

            foreach (var row in CarriedTable.Rows("territories/aliases.csv"))
            {
                texts.TryAdd(Fold(row[0]), row[1].Length == 0 ? row[3] : Carried.ByCode[row[1]]);
            }

            return texts.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        }
    }
}
