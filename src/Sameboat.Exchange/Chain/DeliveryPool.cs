using System.Collections.Immutable;
using System.Globalization;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain;

/// <summary>What one recipient was given, and holds besides.</summary>
/// <param name="Place">The recipient.</param>
/// <param name="Given">Dose-equivalents given out of the pool, as it happened.</param>
/// <param name="Bought">Dose-equivalents it bought itself; they count towards coverage and are not pooled.</param>
public sealed record RecipientShare(TerritoryCode Place, long Given, long Bought);

/// <summary>
/// Vaccine donations as they were made, pooled by donor and product, so that a fair plan of the same pool can be set
/// beside them. Everything is counted in equivalents of one dose of a two-dose course.
/// </summary>
/// <param name="Item">The vaccine item of the pack.</param>
/// <param name="Offers">One lot for each donor and product.</param>
/// <param name="Shares">One for each recipient in the record, in the order of the code.</param>
/// <param name="Remarks">What was decided on the way, for the reader.</param>
public sealed record DeliveryPool(
    PackItem Item,
    ImmutableArray<Offer> Offers,
    ImmutableArray<RecipientShare> Shares,
    ImmutableArray<string> Remarks)
{
    private const string UnstatedDonor = "donor not stated";
    private const string UnstatedProduct = "product not stated";

    /// <summary>Pools the donations of a record of deliveries; null when the pack carries no vaccine.</summary>
    public static DeliveryPool? Of(ImmutableArray<Delivery> deliveries, DiseasePack pack)
    {
        var item = pack.Items.FirstOrDefault(one => one.Kind == ItemKind.Vaccine);
        if (item is null)
        {
            return null;
        }

        var remarks = ImmutableArray.CreateBuilder<string>();
        var counted = deliveries.Select(delivery => Count(delivery, pack)).ToList();
        Remark(remarks, counted.Where(one => one.ProductUnknown).Sum(one => one.Delivery.Doses),
            "doses of a product that is not stated or not known are counted as one dose of a two-dose course");
        Remark(remarks, counted.Where(one => one.IsPurchase).Sum(one => one.Delivery.Doses),
            "doses that recipients bought count towards their coverage and are not pooled");
        var offers = counted.Where(one => !one.IsPurchase)
            .GroupBy(one => (one.Donor, one.Product))
            .OrderBy(pool => pool.Key.Donor, StringComparer.Ordinal)
            .ThenBy(pool => pool.Key.Product, StringComparer.Ordinal)
            .Select(pool => OfferOf(item, pool.Key.Donor, pool.Key.Product, pool.Sum(one => one.Equivalents),
                pool.First().Pack))
            .Where(offer => offer.Quantity > 0);
        var shares = counted.GroupBy(one => one.Delivery.Recipient)
            .OrderBy(place => place.Key)
            .Select(place => new RecipientShare(
                place.Key,
                place.Where(one => !one.IsPurchase).Sum(one => one.Equivalents),
                place.Where(one => one.IsPurchase).Sum(one => one.Equivalents)));
        return new DeliveryPool(item, [.. offers], [.. shares], remarks.ToImmutable());
    }

    private static void Remark(ImmutableArray<string>.Builder remarks, long doses, string sentence)
    {
        if (doses > 0)
        {
            remarks.Add(string.Create(CultureInfo.InvariantCulture, $"{doses:N0} {sentence}"));
        }
    }

    private static CountedDelivery Count(Delivery delivery, DiseasePack pack)
    {
        var known = pack.TryFindVaccine(delivery.Product, out var product);
        var name = product?.Name ?? UnstatedProduct;
        var donor = delivery.Donor.Length == 0 ? UnstatedDonor : delivery.Donor;
        var equivalents = product?.EquivalentsOf(delivery.Doses) ?? delivery.Doses;
        return new CountedDelivery(delivery, donor, name, equivalents, product?.Equivalents ?? 1, !known);
    }

    private static Offer OfferOf(PackItem item, string donor, string product, long quantity, long pack) => new(
        $"{donor}: {product}", donor, item.Code, quantity - (quantity % pack), item.Unit, pack, null, null, null,
        ColdChain: true, [], 0);

    private sealed record CountedDelivery(
        Delivery Delivery, string Donor, string Product, long Equivalents, long Pack, bool ProductUnknown)
    {
        public bool IsPurchase => Delivery.Source == DeliverySource.Purchased;
    }
}
