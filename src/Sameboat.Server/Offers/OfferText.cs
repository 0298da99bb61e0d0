using Sameboat.Server.Web;

namespace Sameboat.Server.Offers;

/// <summary>The logistic conditions of an offer in words.</summary>
internal static class OfferText
{
    internal static string Conditions(Words words, OfferRow offer)
    {
        var parts = new List<string>();
        if (offer.Pack > 1)
        {
            parts.Add(words.Format("condition.pack", words.Number(offer.Pack)));
        }

        if (offer.Available is { } available)
        {
            parts.Add(words.Format("condition.available", words.Day(available)));
        }

        if (offer.Expires is { } expires)
        {
            parts.Add(words.Format("condition.expires", words.Day(expires)));
        }

        if (offer.ColdChain)
        {
            parts.Add(words["condition.cold"]);
        }

        if (offer.OnlyFor.Length > 0)
        {
            parts.Add(words.Format("condition.only", string.Join(", ", offer.OnlyFor.Split(' ').Select(words.Place))));
        }

        return string.Join("; ", parts);
    }
}
