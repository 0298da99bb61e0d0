using Sameboat.Server.Workflow;

namespace Sameboat.Server.Requests;

/// <summary>How far the decision about a request has come. A draft is no entry and has no state here.</summary>
internal enum RequestState
{
    /// <summary>Written down, to be looked at by another.</summary>
    Submitted,

    /// <summary>Given back to be mended.</summary>
    Returned,

    /// <summary>Another found it right.</summary>
    Validated,

    /// <summary>The member asks.</summary>
    Published,

    /// <summary>Answered as far as it will be.</summary>
    Closed,

    /// <summary>Found not to be a request of the member.</summary>
    Rejected,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>Its time has passed.</summary>
    Expired,
}

/// <summary>The law of a request; every step is the requester's own.</summary>
internal static class RequestLifecycle
{
    internal static readonly Lifecycle<RequestState> Law = new Lifecycle<RequestState>()
        .Opens("submitted", RequestState.Submitted, RequestState.Submitted, RequestState.Returned)
        .Step("extended", RequestState.Submitted, RequestState.Submitted)
        .Reasoned("returned", Side.Owner, RequestState.Returned, RequestState.Submitted, RequestState.Validated)
        .Step("validated", RequestState.Validated, RequestState.Submitted)
        .Step("published", RequestState.Published, RequestState.Validated)
        .Step("closed", RequestState.Closed, RequestState.Published)
        .Reasoned("rejected", Side.Owner, RequestState.Rejected, RequestState.Submitted, RequestState.Validated)
        .Reasoned("withdrawn", Side.Owner, RequestState.Withdrawn, RequestState.Submitted, RequestState.Returned,
            RequestState.Validated, RequestState.Published)
        .Step("expired", RequestState.Expired, RequestState.Published);
}
