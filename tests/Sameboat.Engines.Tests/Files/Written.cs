using System.Text;
using Sameboat.Exchange.Files;

namespace Sameboat.Engines.Tests.Files;

/// <summary>Reads files that a test writes as text.</summary>
internal static class Written
{
    internal static Reading<CaseFile> Cases(string text) => Cases(Encoding.UTF8.GetBytes(text));

    internal static Reading<CaseFile> Cases(byte[] bytes) => CaseFileReader.Read(new MemoryStream(bytes), "cases.csv");

    internal static Reading<OfferFile> Offers(string text) => Offers(Encoding.UTF8.GetBytes(text));

    internal static Reading<OfferFile> Offers(byte[] bytes) =>
        OfferFileReader.Read(new MemoryStream(bytes), "offers.csv", Find);

    internal static string[] FaultsOf<T>(Reading<T> reading)
        where T : class => [.. reading.Faults.Lines()];

    internal static KnownItem? Find(string name) => name.ToLowerInvariant() switch
    {
        "gown" => new KnownItem(ItemCode.Parse("gown"), "piece", 50),
        "vaccine" => new KnownItem(ItemCode.Parse("vaccine"), "dose", 10, ColdChain: true),
        _ => null,
    };
}
