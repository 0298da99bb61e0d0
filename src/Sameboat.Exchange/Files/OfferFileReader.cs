namespace Sameboat.Exchange.Files;

/// <summary>
/// Reads files of offers: the own form <c>lot,donor,item,quantity,unit,pack,origin,available,expires,cold_chain,
/// only_for</c>, of which the first four columns are needed, and the record of vaccine deliveries by donor that the
/// Humanitarian Data Exchange publishes, recognised by its header. A file with any fault is refused as a whole. See
/// docs/guide/offers-file.md.
/// </summary>
public static class OfferFileReader
{
    /// <summary>The largest quantity of one lot, in units.</summary>
    public const long QuantityMax = CellValue.WholeMax;

    /// <summary>The most lots, or deliveries, of one file.</summary>
    public const int LinesMax = 100_000;

    private static readonly string[] Needed = ["lot", "donor", "item", "quantity"];
    private static readonly string[] OfDeliveries = ["Country", "ISO3", "Vaccine", "Funder", "Doses"];

    /// <summary>Reads a file, or standard input for <c>-</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="findItem">
    /// Finds an item by its code or name as the file writes it; null for an unknown one. Not asked for deliveries.
    /// </param>
    public static Reading<OfferFile> Read(string path, Func<string, KnownItem?> findItem)
    {
        ArgumentNullException.ThrowIfNull(findItem);
        var faults = new FaultList();
        var stream = InputSource.Open(path, faults);
        return stream is null
            ? Reading<OfferFile>.Refused(faults, [])
            : Read(stream, InputSource.NameOf(path), findItem);
    }

    /// <summary>Reads a stream, which is closed.</summary>
    /// <param name="stream">The bytes of the file.</param>
    /// <param name="fileName">The name by which faults call it.</param>
    /// <param name="findItem">As for a path.</param>
    public static Reading<OfferFile> Read(Stream stream, string fileName, Func<string, KnownItem?> findItem)
    {
        ArgumentNullException.ThrowIfNull(findItem);
        var faults = new FaultList();
        using var rows = CsvRows.Begin(stream, fileName, faults);
        if (rows is null)
        {
            return Reading<OfferFile>.Refused(faults, []);
        }

        if (OfDeliveries.All(column => rows.IndexOf(column) >= 0))
        {
            return new DeliveryRows(rows, faults).ReadAll();
        }

        var missing = Needed.Where(column => rows.IndexOf(column) < 0).Select(column => $"«{column}»").ToList();
        if (missing.Count == 0)
        {
            return new OfferRows(rows, faults, findItem).ReadAll();
        }

        faults.Add(Fault.Describe(fileName, 1, 0, $"no column {string.Join(", ", missing)}",
            $"a header with {string.Join(',', Needed)} and, if wanted, unit,pack,origin,available,expires,cold_chain,"
            + $"only_for; or the deliveries of HDX with {string.Join(',', OfDeliveries)}"));
        return Reading<OfferFile>.Refused(faults, []);
    }
}
