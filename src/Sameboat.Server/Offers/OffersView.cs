using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Storage;

namespace Sameboat.Server.Offers;

/// <summary>An offer with what the plan takes of it.</summary>
internal sealed record OfferLine(OfferRow Offer, string Donor, long Planned);

/// <summary>Every offer of the outbreak.</summary>
internal sealed record OffersView(OutbreakRow Outbreak, ImmutableArray<OfferLine> Lines)
{
    internal static async Task<OffersView?> ReadAsync(NodeContext db, CancellationToken cancellation)
    {
        if (await CurrentOutbreak.ReadAsync(db, cancellation) is not { } outbreak)
        {
            return null;
        }

        var round = (await CurrentOutbreak.RoundAsync(db, outbreak, cancellation))?.Subject;
        var planned = await db.PlanLines
            .Where(line => line.Round == round)
            .GroupBy(line => new { line.Donor, line.Lot })
            .Select(lot => new { lot.Key.Donor, lot.Key.Lot, Quantity = lot.Sum(line => line.Quantity) })
            .ToDictionaryAsync(lot => (lot.Donor, lot.Lot), lot => lot.Quantity, cancellation);
        var names = await db.Members.ToDictionaryAsync(member => member.Member, member => member.Name, cancellation);
        var offers = await db.Offers.AsNoTracking()
            .Where(offer => offer.Outbreak == outbreak.Subject)
            .OrderBy(offer => offer.Subject)
            .ToListAsync(cancellation);
        return new OffersView(
            outbreak,
            [
                .. offers.Select(offer => new OfferLine(
                    offer,
                    names.GetValueOrDefault(offer.Member, offer.Member),
                    planned.GetValueOrDefault((offer.Member, offer.Lot)))),
            ]);
    }
}
