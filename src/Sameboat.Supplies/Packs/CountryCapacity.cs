namespace Sameboat.Supplies;

/// <summary>What a place has to treat, test and staff with.</summary>
/// <param name="Place">ISO 3166-1 alpha-3.</param>
/// <param name="Population">Persons, zero or more.</param>
public sealed record CountryCapacity(TerritoryCode Place, long Population)
{
    /// <summary>One sentence: where the figures come from, and which were filled in.</summary>
    public string Basis { get; init; } = "";
}
