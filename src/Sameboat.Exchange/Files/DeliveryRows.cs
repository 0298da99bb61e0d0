using System.Collections.Immutable;
using System.Globalization;

namespace Sameboat.Exchange.Files;

/// <summary>
/// Reads the record of vaccine deliveries by donor of the Humanitarian Data Exchange: a row of HXL tags below the
/// header, doses with commas between the thousands, names with stray white space, months in words.
/// </summary>
internal sealed class DeliveryRows(CsvRows rows, FaultList faults)
{
    private readonly int _country = rows.IndexOf("Country");
    private readonly int _code = rows.IndexOf("ISO3");
    private readonly int _product = rows.IndexOf("Vaccine");
    private readonly int _funder = rows.IndexOf("Funder");
    private readonly int _doses = rows.IndexOf("Doses");
    private readonly int _pipeline = rows.IndexOf("Pipeline");
    private readonly int _when = rows.IndexOf("Date");

    internal Reading<OfferFile> ReadAll()
    {
        var deliveries = ImmutableArray.CreateBuilder<Delivery>();
        while (rows.Read() && deliveries.Count < OfferFileReader.LinesMax)
        {
            if (IsTagRow())
            {
                continue;
            }

            if (ReadDelivery() is { } delivery)
            {
                deliveries.Add(delivery);
            }
        }

        if (deliveries.Count == 0 && faults.IsEmpty)
        {
            faults.Add(Fault.Describe(rows.File, 0, 0, "no delivery", "at least one row below the header"));
        }

        var remarks = Remarks(deliveries);
        return faults.IsEmpty
            ? Reading<OfferFile>.Of(new OfferFile("HDX deliveries", [], deliveries.ToImmutable()), remarks)
            : Reading<OfferFile>.Refused(faults, remarks);
    }

    private static IEnumerable<string> Remarks(IReadOnlyCollection<Delivery> deliveries)
    {
        if (Count(deliveries, delivery => delivery.Product.Length == 0) is { } unnamed)
        {
            yield return $"{unnamed} do not name the vaccine.";
        }

        if (Count(deliveries, delivery => delivery.Source == DeliverySource.Purchased) is { } bought)
        {
            yield return $"{bought} were bought by the recipient and are no donations.";
        }

        if (Count(deliveries, delivery => delivery.Source == DeliverySource.Unstated) is { } unstated)
        {
            yield return $"{unstated} do not say who paid.";
        }
    }

    private static string? Count(IReadOnlyCollection<Delivery> deliveries, Func<Delivery, bool> which)
    {
        var matching = deliveries.Where(which).ToList();
        var doses = matching.Sum(delivery => delivery.Doses);
        return matching.Count == 0 ? null : FormattableString.Invariant(
            $"{matching.Count:N0} of {deliveries.Count:N0} deliveries ({doses:N0} doses)");
    }

    private static DeliverySource SourceOf(string funder) => funder.ToUpperInvariant() switch
    {
        "" or "UNKNOWN" => DeliverySource.Unstated,
        "PROCURED" => DeliverySource.Purchased,
        "GLOBAL" => DeliverySource.SharedFacility,
        _ => DeliverySource.Donor,
    };

    private bool IsTagRow() => rows.Cell(_country).StartsWith("#"u8) || rows.Cell(_code).StartsWith("#"u8);

    private Delivery? ReadDelivery()
    {
        var funder = rows.Text(_funder);
        var place = ReadRecipient();
        var doses = ReadDoses();
        return place is null || doses is null
            ? null
            : new Delivery(place.Code, rows.Text(_country), funder, SourceOf(funder), rows.Text(_product), doses.Value,
                rows.Text(_pipeline), rows.Text(_when), rows.Line);
    }

    private Territory? ReadRecipient()
    {
        if (Territories.TryResolveTerritory(rows.Text(_code), out var territory)
            || (rows.Cell(_code).IsEmpty && Territories.TryResolveTerritory(rows.Text(_country), out territory)))
        {
            return territory;
        }

        rows.Refuse(_code, "an ISO 3166-1 code of three letters, such as KEN");
        return null;
    }

    private long? ReadDoses()
    {
        // A comma here can only part thousands, since doses are whole.
        var text = rows.Text(_doses).Replace(",", "", StringComparison.Ordinal);
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var doses)
            && doses is > 0 and <= OfferFileReader.QuantityMax)
        {
            return doses;
        }

        rows.Refuse(_doses, "a whole number of doses above 0, such as 1,200,000");
        return null;
    }
}
