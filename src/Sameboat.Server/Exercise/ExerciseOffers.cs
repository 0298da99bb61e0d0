using Sameboat.Exchange.Files;
using Sameboat.Record;
using Sameboat.Server.Offers;
using Sameboat.Server.Record;
using Sameboat.Supplies;

namespace Sameboat.Server.Exercise;

/// <summary>
/// What the members of the exercise offer: the file <c>Exercise/offers.csv</c> of this program, in the form in which
/// anybody may hand in offers, and read by the same reader.
/// </summary>
internal static class ExerciseOffers
{
    private const string Resource = "exercise/offers.csv";

    /// <summary>One entry for each lot, in the log of its donor.</summary>
    /// <exception cref="InvalidDataException">The carried file has a fault.</exception>
    internal static IEnumerable<Entry> Entries(DiseasePack pack, EntryStamp stamp)
    {
        var stream = typeof(ExerciseOffers).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"{Resource} is not carried.");
        var reading = OfferFileReader.Read(stream, Resource, code => Find(pack, code));
        if (reading.Value is not { } file)
        {
            throw new InvalidDataException(string.Join('\n', reading.Faults));
        }

        return file.Offers.Select((offer, index) => stamp.Entry(
            MemberId.Parse(offer.Donor),
            OfferFold.Kind,
            EntityName.Of("offer", MemberId.Parse(offer.Donor), $"lot-{index + 1:000}").ToString(),
            OfferFold.Statement(ToRow(offer, pack), exercise: true)));
    }

    private static KnownItem? Find(DiseasePack pack, string code) =>
        pack.TryFindItem(code, out var item)
            ? new KnownItem(item.Code, item.Unit, item.PackSize, item.Kind == ItemKind.Vaccine)
            : null;

    private static OfferRow ToRow(Offer offer, DiseasePack pack) => new()
    {
        Subject = "",
        Outbreak = ExerciseScript.Outbreak,
        Member = offer.Donor,
        Kind = KindOf(offer.Item, pack).ToString(),
        Lot = offer.Lot,
        Item = offer.Item.ToString(),
        Unit = offer.Unit,
        Quantity = offer.Quantity,
        Pack = offer.Pack,
        Origin = offer.Origin?.ToString() ?? "",
        Available = offer.Available?.DayNumber,
        Expires = offer.Expires?.DayNumber,
        ColdChain = offer.ColdChain,
        OnlyFor = string.Join(' ', offer.OnlyFor),
    };

    private static OfferKind KindOf(ItemCode code, DiseasePack pack) =>
        pack.TryFindItem(code.ToString(), out var item)
            ? item.Kind switch
            {
                ItemKind.Team => OfferKind.Team,
                ItemKind.Funds => OfferKind.Funds,
                _ => OfferKind.Goods,
            }
            : OfferKind.Goods;
}
