using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Files;
using Sameboat.Server.Members;
using Sameboat.Server.Offers;
using Sameboat.Server.Outbreaks;
using Sameboat.Server.Refusals;
using Sameboat.Server.Situation;
using Sameboat.Supplies;

namespace Sameboat.Server.Rounds;

/// <summary>
/// What a plan is made of, from the rows of the record: counts, offers that stand, and what places do not accept. The
/// order of the rows does not matter. Pure.
/// </summary>
internal static class RoundInput
{
    // What is taken back, has passed or was never kept is no supply.
    private static readonly string[] Standing =
    [
        nameof(OfferState.Open), nameof(OfferState.UnderReview), nameof(OfferState.Accepted),
        nameof(OfferState.PartlyAccepted),
    ];

    /// <summary>The input of the chain.</summary>
    internal static ChainInput Of(
        string outbreak, IEnumerable<PlaceCounts> counts, IEnumerable<OfferRow> offers,
        IEnumerable<RefusalRow> refusals, IEnumerable<MemberRow> members, StandingPromises promises,
        (DateOnly AsOf, int Weeks) window)
    {
        var places = counts.ToList();

        // A member that has left gives no more than it had promised when it did.
        var known = members.ToList();
        var gone = known.Where(member => member.Left > 0).Select(member => member.Member).ToHashSet();
        return new ChainInput(
            [.. places.Select(place => place.Cases)],
            [.. places.Select(place => place.Deaths)],
            [
                .. promises.LeftOf(offers
                        .Where(offer => offer.Outbreak == outbreak && Standing.Contains(offer.State)
                            && !gone.Contains(offer.Member))
                        .OrderBy(offer => offer.Subject, StringComparer.Ordinal))
                    .Where(one => one.Left >= one.Offer.Pack)
                    .Select((one, index) => ToChain(one.Offer, one.Left, index + 1)),
            ])
        {
            Promised = promises.Coming(window.AsOf, window.Weeks * Sameboat.Weeks.Days),
            Refusals =
            [
                .. RefusalRow.Standing(refusals, known)
                    .Where(row => row.Outbreak.Length == 0 || row.Outbreak == outbreak)
                    .OrderBy(row => row.Subject, StringComparer.Ordinal)
                    .Select(row => new Refusal(
                        TerritoryCode.Parse(row.Place),
                        ItemCode.TryParse(row.Item, out var item) ? item : null,
                        row.Category)),
            ],
        };
    }

    /// <summary>The settings of a round; false where it cannot be held, with the reason in a sentence.</summary>
    internal static bool TrySettings(
        RoundRow round, OutbreakRow? outbreak, [NotNullWhen(true)] out ChainSettings? settings, out string refusal)
    {
        settings = null;
        refusal = outbreak is null ? $"The record has no outbreak «{round.Outbreak}»."
            : !DiseasePacks.Codes.Contains(outbreak.Pack) ? $"No disease pack «{outbreak.Pack}» is carried."
            : round.Weeks > ChainSettings.WeeksMax
                ? $"The round plans for {round.Weeks} weeks; at most {ChainSettings.WeeksMax} can be planned."
            : !ulong.TryParse(round.Seed, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                ? $"The seed «{round.Seed}» is no whole number of 64 bits."
            : "";
        if (refusal.Length > 0)
        {
            return false;
        }

        settings = new ChainSettings(
            DateOnly.FromDayNumber(round.AsOf), round.Weeks,
            ulong.Parse(round.Seed, CultureInfo.InvariantCulture),
            DiseasePacks.Carried(outbreak!.Pack));
        return true;
    }

    private static Offer ToChain(OfferRow offer, long left, int line) => new(
        offer.Lot,
        offer.Member,
        ItemCode.Parse(offer.Item),
        left,
        offer.Unit,
        offer.Pack,
        TerritoryCode.TryParse(offer.Origin, out var origin) ? origin : null,
        offer.Available is { } available ? DateOnly.FromDayNumber(available) : null,
        offer.Expires is { } expires ? DateOnly.FromDayNumber(expires) : null,
        offer.ColdChain,
        [.. offer.OnlyFor.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(TerritoryCode.Parse)],
        line);
}
