using System.Collections.Immutable;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Exchange.Chain.Donations;

/// <summary>All that one donor gave of one product, as one lot.</summary>
/// <param name="Name">Donor and product, as the plans call the lot.</param>
/// <param name="Donor">Who gave it; empty where the record does not say.</param>
/// <param name="Product">The product; empty where the record does not say.</param>
/// <param name="Quantity">Dose-equivalents, above zero.</param>
/// <param name="Pack">Dose-equivalents that travel together, from 1 to the quantity.</param>
/// <param name="DosesPerUnit">Doses in one dose-equivalent, such as 1/2 where one dose suffices.</param>
/// <param name="Origin">The donor's territory; null for a donor that is none, or is not stated.</param>
public sealed record DonatedLot(
    string Name, string Donor, string Product, long Quantity, long Pack, Rational DosesPerUnit, Territory? Origin);

/// <summary>One recipient of the record.</summary>
/// <param name="Territory">The place.</param>
/// <param name="Need">Dose-equivalents for the pack's target share of the population, above zero.</param>
/// <param name="Bought">Dose-equivalents that it bought itself; they count as received.</param>
public sealed record DonationRecipient(Territory Territory, long Need, long Bought);

/// <summary>Units of one lot for one recipient.</summary>
/// <param name="Lot">The lot's place in the pool.</param>
/// <param name="Recipient">The recipient's place in the pool.</param>
/// <param name="Units">Dose-equivalents, above zero.</param>
public readonly record struct DonationFlow(int Lot, int Recipient, Rational Units);

/// <summary>
/// A record of vaccine donations as lots, recipients and the deliveries as they were made, in equivalents of one dose
/// of a two-dose course. docs/methods/donations.md.
/// </summary>
/// <param name="Lots">One for each donor and product, in the order of their names.</param>
/// <param name="Recipients">In the order of the code.</param>
/// <param name="Given">As it happened: one for each lot and recipient between which something was sent.</param>
public sealed record DonatedPool(
    ImmutableArray<DonatedLot> Lots, ImmutableArray<DonationRecipient> Recipients, ImmutableArray<DonationFlow> Given)
{
    private const string Unstated = "not stated";

    /// <summary>The donors that the record names, in ordinal order.</summary>
    public ImmutableArray<string> Donors { get; } =
        [.. Lots.Select(lot => lot.Donor).Where(donor => donor.Length > 0).Distinct()];

    /// <summary>
    /// The pool of a record; null where the pack has no vaccine or no target. Deliveries that recipients bought are not
    /// pooled. Recipients without inhabitants in the tables are left out, with what they were given.
    /// </summary>
    public static DonatedPool? Of(ImmutableArray<Delivery> deliveries, DiseasePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var counted = deliveries.Select(delivery => Counted.Of(delivery, pack)).ToList();
        var recipients = ImmutableArray.CreateBuilder<DonationRecipient>();
        foreach (var place in counted.GroupBy(one => one.Place).OrderBy(place => place.Key))
        {
            var territory = Territories.Get(place.Key);
            var population = pack.CapacityOf(place.Key, territory.Population).Population;
            if (pack.VaccineNeedOf(population) is not { } need)
            {
                return null;
            }

            if (need > 0)
            {
                recipients.Add(new DonationRecipient(
                    territory, need, place.Where(one => one.IsBought).Sum(one => one.Units)));
            }
        }

        var recipientAt = recipients.Index().ToDictionary(one => one.Item.Territory.Code, one => one.Index);
        var pooled = counted
            .Where(one => !one.IsBought && one.Units > 0 && recipientAt.ContainsKey(one.Place))
            .GroupBy(one => (one.Donor, Product: one.Product?.Name ?? ""))
            .OrderBy(lot => lot.Key.Donor, StringComparer.Ordinal)
            .ThenBy(lot => lot.Key.Product, StringComparer.Ordinal)
            .ToList();
        return new DonatedPool(
            [.. pooled.Select(lot => LotOf(lot.Key.Donor, lot.First().Product, lot.Sum(one => one.Units)))],
            recipients.ToImmutable(),
            [.. pooled.SelectMany((lot, at) => lot.GroupBy(one => recipientAt[one.Place])
                .OrderBy(place => place.Key)
                .Select(place => new DonationFlow(at, place.Key, Rational.Of(place.Sum(one => one.Units)))))]);
    }

    private static DonatedLot LotOf(string donor, VaccineProduct? product, long units) => new(
        $"{Word(donor)}: {Word(product?.Name ?? "")}",
        donor,
        product?.Name ?? "",
        units,
        Math.Min(product?.PackEquivalents ?? 1, units),
        product is null ? Rational.One : Rational.Of(product.Doses, product.Equivalents),
        Territories.TryResolveTerritory(donor, out var origin) ? origin : null);

    private static string Word(string text) => text.Length == 0 ? Unstated : text;

    private sealed record Counted(TerritoryCode Place, string Donor, VaccineProduct? Product, long Units, bool IsBought)
    {
        public static Counted Of(Delivery delivery, DiseasePack pack)
        {
            pack.TryFindVaccine(delivery.Product, out var product);
            return new Counted(
                delivery.Recipient,
                delivery.Source == DeliverySource.Unstated ? "" : delivery.Donor,
                product,
                product?.EquivalentsOf(delivery.Doses) ?? delivery.Doses,
                delivery.Source == DeliverySource.Purchased);
        }
    }
}
