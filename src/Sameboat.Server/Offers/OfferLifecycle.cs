using Sameboat.Server.Workflow;

namespace Sameboat.Server.Offers;

/// <summary>How far the decision about an offer has come.</summary>
internal enum OfferState
{
    /// <summary>On the table.</summary>
    Open,

    /// <summary>A plan counts on it.</summary>
    UnderReview,

    /// <summary>All of it is promised.</summary>
    Accepted,

    /// <summary>Some of it is promised.</summary>
    PartlyAccepted,

    /// <summary>Nobody takes it.</summary>
    Declined,

    /// <summary>What was promised has been given.</summary>
    Fulfilled,

    /// <summary>Taken back before it was promised.</summary>
    Withdrawn,

    /// <summary>Its time has passed.</summary>
    Expired,

    /// <summary>A promise not kept; counted.</summary>
    Lapsed,
}

/// <summary>The law of an offer; every step is the donor's own.</summary>
internal static class OfferLifecycle
{
    internal static readonly Lifecycle<OfferState> Law = new Lifecycle<OfferState>()
        .Opens("published", OfferState.Open, OfferState.Open)
        .Step("reviewed", OfferState.UnderReview, OfferState.Open)
        .Step("accepted", OfferState.Accepted, OfferState.Open, OfferState.UnderReview)
        .OrTo(OfferState.PartlyAccepted)
        .Reasoned("declined", Side.Owner, OfferState.Declined, OfferState.Open, OfferState.UnderReview)
        .Step("fulfilled", OfferState.Fulfilled, OfferState.Accepted, OfferState.PartlyAccepted)
        .Reasoned("withdrawn", Side.Owner, OfferState.Withdrawn, OfferState.Open, OfferState.UnderReview)
        .Step("expired", OfferState.Expired, OfferState.Open, OfferState.UnderReview)
        .Reasoned("lapsed", Side.Owner, OfferState.Lapsed, OfferState.Accepted, OfferState.PartlyAccepted);
}
