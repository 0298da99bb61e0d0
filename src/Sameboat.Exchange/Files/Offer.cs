using System.Collections.Immutable;

namespace Sameboat.Exchange.Files;

/// <summary>One lot of one item that a donor offers, as a line of an offers file states it.</summary>
/// <param name="Lot">The donor's own name of the lot, 1 to 100 characters, unique in the file.</param>
/// <param name="Donor">Who offers it, 1 to 200 characters, as written.</param>
/// <param name="Item">The item, as the caller's catalogue knows it.</param>
/// <param name="Quantity">Units offered, from 1 to <see cref="OfferFileReader.QuantityMax"/>.</param>
/// <param name="Unit">The item's unit.</param>
/// <param name="Pack">Units that travel together, from 1 to the quantity.</param>
/// <param name="Origin">Where the lot is; null where the file does not say.</param>
/// <param name="Available">First day on which it can leave; null for at once.</param>
/// <param name="Expires">Last day on which it may be used; null where it does not expire.</param>
/// <param name="ColdChain">True when it must be kept cold.</param>
/// <param name="OnlyFor">The only territories it may go to; empty for every territory.</param>
/// <param name="Line">Line of the file on which the lot stands, counted from 1.</param>
public sealed record Offer(
    string Lot,
    string Donor,
    ItemCode Item,
    long Quantity,
    string Unit,
    long Pack,
    TerritoryCode? Origin,
    DateOnly? Available,
    DateOnly? Expires,
    bool ColdChain,
    ImmutableArray<TerritoryCode> OnlyFor,
    long Line);

/// <summary>What the caller's catalogue knows of an item that an offers file names.</summary>
/// <param name="Code">The item's code.</param>
/// <param name="Unit">The unit in which its quantities are counted.</param>
/// <param name="Pack">Units that travel together where the file does not say; at least 1.</param>
/// <param name="ColdChain">Whether it must be kept cold where the file does not say.</param>
public readonly record struct KnownItem(ItemCode Code, string Unit, long Pack = 1, bool ColdChain = false);

/// <summary>What a file of offers held.</summary>
/// <param name="Format">
/// <c>offers</c> for the own form, <c>HDX deliveries</c> for the record of vaccine donations.
/// </param>
/// <param name="Offers">The lots in the order of the file; empty for deliveries.</param>
/// <param name="Deliveries">What was delivered by whom to whom, in the order of the file; empty for offers.</param>
public sealed record OfferFile(string Format, ImmutableArray<Offer> Offers, ImmutableArray<Delivery> Deliveries);

/// <summary>How a delivery was paid for, as far as the record tells.</summary>
public enum DeliverySource
{
    /// <summary>A named donor gave it.</summary>
    Donor,

    /// <summary>The shared facility gave it out of what all had paid in (<c>Global</c> in the record).</summary>
    SharedFacility,

    /// <summary>The recipient bought it (<c>Procured</c> in the record).</summary>
    Purchased,

    /// <summary>The record does not say.</summary>
    Unstated,
}

/// <summary>One line of the record of vaccine deliveries that the Humanitarian Data Exchange publishes.</summary>
/// <param name="Recipient">Who received it.</param>
/// <param name="RecipientName">The recipient as the record writes it.</param>
/// <param name="Donor">Who paid, as the record writes it; empty where it does not say.</param>
/// <param name="Source">How it was paid for.</param>
/// <param name="Product">The vaccine as the record writes it; empty where it does not say.</param>
/// <param name="Doses">Doses delivered, at least 1.</param>
/// <param name="Pipeline">The channel, such as <c>COVAX</c>; empty where the record does not say.</param>
/// <param name="When">The month as the record writes it, in words of many forms; empty where it does not say.</param>
/// <param name="Line">Line of the file, counted from 1.</param>
public sealed record Delivery(
    TerritoryCode Recipient,
    string RecipientName,
    string Donor,
    DeliverySource Source,
    string Product,
    long Doses,
    string Pipeline,
    string When,
    long Line);
