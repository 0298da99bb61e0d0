using System.Diagnostics.CodeAnalysis;

namespace Sameboat;

/// <summary>
/// What a published place name or code stands for: a territory, or a row that publishers list among countries and
/// that is none (a ship, an event, a total of several territories).
/// </summary>
/// <param name="Territory">The territory; null for a row that is none.</param>
/// <param name="Remark">For a row that is none, what it is, in a few words of English; otherwise empty.</param>
public readonly record struct PlaceMatch(Territory? Territory, string Remark)
{
    /// <summary>False for a known row that is no territory, and for <c>default</c>.</summary>
    [MemberNotNullWhen(true, nameof(Territory))]
    public bool IsTerritory => Territory is not null;
}
