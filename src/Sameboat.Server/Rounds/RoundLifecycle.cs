using Sameboat.Server.Workflow;

namespace Sameboat.Server.Rounds;

/// <summary>How far a round has come.</summary>
internal enum RoundState
{
    /// <summary>Announced.</summary>
    Open,

    /// <summary>The checkpoint of every log that counts is named, so that anyone can replay the round.</summary>
    InputsFrozen,

    /// <summary>A plan is on the table. It binds nobody until the parties to each line accept it.</summary>
    Proposed,

    /// <summary>Looked at.</summary>
    InReview,

    /// <summary>Given back to be mended.</summary>
    Returned,

    /// <summary>The convener stands by it.</summary>
    Decided,

    /// <summary>Put to the parties, line by line.</summary>
    AwaitingAcceptance,

    /// <summary>Every line was accepted.</summary>
    Accepted,

    /// <summary>Some lines were; what the others held may be allocated anew, which puts the round back to
    /// <see cref="Proposed"/>.</summary>
    PartlyAccepted,

    /// <summary>No line was.</summary>
    Declined,

    /// <summary>What was accepted has been sent.</summary>
    Executed,

    /// <summary>Accounted for.</summary>
    Closed,
}

/// <summary>The law of a round; every step is its convener's own.</summary>
internal static class RoundLifecycle
{
    internal static readonly Lifecycle<RoundState> Law = new Lifecycle<RoundState>()
        .Opens("opened", RoundState.Open, RoundState.Open)
        .Step("frozen", RoundState.InputsFrozen, RoundState.Open)
        .Step("proposed", RoundState.Proposed, RoundState.InputsFrozen, RoundState.Returned)
        .Step("reviewed", RoundState.InReview, RoundState.Proposed)
        .Reasoned("returned", Side.Owner, RoundState.Returned, RoundState.InReview)
        .Reasoned("decided", Side.Owner, RoundState.Decided, RoundState.InReview)
        .Step("submitted", RoundState.AwaitingAcceptance, RoundState.Decided)
        .Step("settled", RoundState.Accepted, RoundState.AwaitingAcceptance)
        .OrTo(RoundState.PartlyAccepted, RoundState.Declined)
        .Step("reallocated", RoundState.Proposed, RoundState.PartlyAccepted, RoundState.Declined)
        .Step("executed", RoundState.Executed, RoundState.Accepted, RoundState.PartlyAccepted)
        .Step("closed", RoundState.Closed, RoundState.Executed, RoundState.Declined);

    /// <summary>The states in which no plan is on the table yet, by their names.</summary>
    internal static readonly string[] WithoutPlan = [nameof(RoundState.Open), nameof(RoundState.InputsFrozen)];
}
