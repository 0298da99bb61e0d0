using System.Globalization;
using System.Text.Json;

namespace Sameboat.Allocation;

/// <summary>Certificates as JSON, one document for all items of a round.</summary>
/// <remarks>
/// Fractions are strings <c>n</c> or <c>n/d</c>, the seed is a decimal string because it may pass 2^53, quantities are
/// whole numbers. The form is described in docs/methods/certificates.md.
/// </remarks>
public static class CertificateJson
{
    /// <summary>The version of the form, the member <c>v</c> of the document.</summary>
    public const int Version = 1;

    /// <summary>
    /// Writes the certificates in the order given, as UTF-8; the same certificates give the same bytes.
    /// </summary>
    public static void Write(Stream stream, IEnumerable<ItemCertificate> certificates)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(certificates);
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteNumber("v", Version);
        json.WriteStartArray("items");
        foreach (var certificate in certificates)
        {
            WriteItem(json, certificate);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>As <see cref="Write"/>, into a string.</summary>
    public static string ToText(IEnumerable<ItemCertificate> certificates)
    {
        using var stream = new MemoryStream();
        Write(stream, certificates);
        return System.Text.Encoding.UTF8.GetString(stream.GetBuffer(), 0, checked((int)stream.Length));
    }

    /// <summary>
    /// Reads what <see cref="Write"/> wrote; anything else is one fault, with the place it was found.
    /// </summary>
    public static CertificateReading Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using var document = JsonDocument.Parse(stream, CertificateReader.Options);
            return CertificateReader.Read(document.RootElement);
        }
        catch (JsonException broken)
        {
            return new CertificateReading([], broken.Message);
        }
    }

    /// <summary>As <see cref="Read"/>, from a string.</summary>
    public static CertificateReading FromText(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text));
        return Read(stream);
    }

    /// <summary>The word a certificate uses for a reason, in lower case with hyphens.</summary>
    internal static string Word<T>(T value)
        where T : struct, Enum =>
        string.Concat(value.ToString().Select((letter, at) =>
            char.IsUpper(letter) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    private static void WriteItem(Utf8JsonWriter json, ItemCertificate item)
    {
        var certificate = item.Certificate;
        json.WriteStartObject();
        json.WriteString("item", item.Item.ToString());
        json.WriteString("seed", certificate.Seed.ToString(CultureInfo.InvariantCulture));
        WriteList(json, "claims", certificate.Claims, WriteClaim);
        WriteList(json, "lots", certificate.Lots, WriteLot);
        WriteList(json, "removed", certificate.Removed, WriteRemoved);
        WriteList(json, "levels", certificate.Levels, WriteLevel);
        WriteList(json, "flows", certificate.Flows, WriteFlow);
        WriteList(json, "lines", certificate.Lines, WriteLine);
        WriteList(json, "shares", certificate.Shares, WriteShare);
        WriteIds(json, "lottery", certificate.Lottery);
        json.WriteString("guarantee", Word(certificate.Guarantee));
        json.WriteEndObject();
    }

    private static void WriteList<T>(
        Utf8JsonWriter json, string name, IEnumerable<T> list, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var element in list)
        {
            json.WriteStartObject();
            write(json, element);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteIds(Utf8JsonWriter json, string name, IEnumerable<int> ids)
    {
        json.WriteStartArray(name);
        foreach (var id in ids)
        {
            json.WriteNumberValue(id);
        }

        json.WriteEndArray();
    }

    private static void WriteClaim(Utf8JsonWriter json, Claim claim)
    {
        json.WriteNumber("id", claim.Id);
        json.WriteNumber("need", claim.Need);
        json.WriteNumber("received", claim.Received);
        if (claim.AcceptsAtMost is { } accepts)
        {
            json.WriteNumber("accepts_at_most", accepts);
        }
    }

    private static void WriteLot(Utf8JsonWriter json, Lot lot)
    {
        json.WriteNumber("id", lot.Id);
        json.WriteNumber("quantity", lot.Quantity);
        json.WriteNumber("pack", lot.PackSize);
    }

    private static void WriteRemoved(Utf8JsonWriter json, RemovedLanes removed)
    {
        json.WriteNumber("lot", removed.Lot);
        json.WriteString("reason", Word(removed.Reason));
        WriteIds(json, removed.AllOthers ? "all_but" : "to", removed.Claims);
    }

    private static void WriteLevel(Utf8JsonWriter json, CertificateLevel level)
    {
        if (level.Coverage is { } coverage)
        {
            json.WriteString("coverage", Text(coverage));
        }

        WriteIds(json, "claims", level.Claims);
        WriteIds(json, "lots", level.Lots);
    }

    private static void WriteFlow(Utf8JsonWriter json, CertificateFlow flow)
    {
        json.WriteNumber("lot", flow.Lot);
        json.WriteNumber("claim", flow.Claim);
        json.WriteString("amount", Text(flow.Amount));
    }

    private static void WriteLine(Utf8JsonWriter json, PackLine line)
    {
        json.WriteNumber("lot", line.Lot);
        json.WriteNumber("claim", line.Claim);
        json.WriteNumber("packs", line.Packs);
        json.WriteNumber("quantity", line.Quantity);
    }

    private static void WriteShare(Utf8JsonWriter json, CertificateShare share)
    {
        json.WriteNumber("claim", share.Claim);
        json.WriteString("coverage", Text(share.FairCoverage));
        json.WriteNumber("packed", share.Packed);
        json.WriteString("gap", Text(share.Gap));
    }

    private static string Text(CertificateFraction fraction) => fraction.Denominator.IsOne
        ? fraction.Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{fraction.Numerator}/{fraction.Denominator}");
}
