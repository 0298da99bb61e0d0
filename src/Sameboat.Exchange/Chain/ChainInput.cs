using System.Collections.Immutable;
using Sameboat.Epidemics;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>What a run of the chain starts from.</summary>
/// <param name="Cases">Daily cases, one series a place.</param>
/// <param name="Deaths">Daily deaths of some of these places.</param>
/// <param name="Offers">Lots of goods, teams and funds, their items known to the disease pack.</param>
/// <param name="Population">Shares by population in place of needs by cases; null in an ordinary run.</param>
public sealed record ChainInput(
    ImmutableArray<CountSeries> Cases,
    ImmutableArray<CountSeries> Deaths,
    ImmutableArray<Offer> Offers,
    DeliveryPool? Population = null)
{
    /// <summary>What places do not accept; their lanes are closed.</summary>
    public ImmutableArray<Refusal> Refusals { get; init; } = [];

    /// <summary>
    /// Units of an item that a place has been promised before, zero or more: they count as received. None by default.
    /// </summary>
    public ImmutableDictionary<(TerritoryCode Place, ItemCode Item), long> Promised { get; init; } =
        ImmutableDictionary<(TerritoryCode Place, ItemCode Item), long>.Empty;
}

/// <summary>An item, or all items of a category, that a place asks not to be sent.</summary>
/// <param name="Place">The place.</param>
/// <param name="Item">The item; null for all items of the category.</param>
/// <param name="Category">A category of the disease pack; empty where an item is named.</param>
public sealed record Refusal(TerritoryCode Place, ItemCode? Item, string Category)
{
    /// <summary>Whether it speaks of an item.</summary>
    public bool Covers(PackItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Item == item.Code || (Item is null && Category == item.Category);
    }
}
