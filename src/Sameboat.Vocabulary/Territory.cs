using System.Collections.Frozen;

namespace Sameboat;

/// <summary>A place of ISO 3166-1 as the carried table has it. Kept apart from <see cref="MemberId"/>.</summary>
/// <param name="Code">ISO 3166-1 alpha-3.</param>
/// <param name="Alpha2">ISO 3166-1 alpha-2, two upper-case letters.</param>
/// <param name="M49">The United Nations' M49 number, three digits, or empty where it has none.</param>
/// <param name="Names">Display name by culture: en, zh-Hans, zh-Hant, fr, es, ar, ru; none missing.</param>
/// <param name="Population">Persons, as the carried table's source counts them; zero where nobody lives.</param>
/// <param name="Latitude">Of the centroid, degrees north, -90 to 90.</param>
/// <param name="Longitude">Of the centroid, degrees east, -180 to 180.</param>
public sealed record Territory(
    TerritoryCode Code,
    string Alpha2,
    string M49,
    FrozenDictionary<string, string> Names,
    long Population,
    double Latitude,
    double Longitude)
{
    /// <summary>The name in English.</summary>
    public string EnglishName => Names["en"];
}
