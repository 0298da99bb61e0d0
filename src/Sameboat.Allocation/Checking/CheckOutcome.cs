namespace Sameboat.Allocation.Checking;

/// <summary>What a check can find; the list is closed, ordered as the checks run, and the numbers are stable.</summary>
public enum CheckCode
{
    /// <summary>
    /// The problem itself breaks a rule: an id twice, a need not positive, a pack larger than its lot.
    /// </summary>
    ProblemMalformed = 1,

    /// <summary>The certificate states another seed than the problem.</summary>
    SeedDiffers = 2,

    /// <summary>The certificate states other claims than the problem.</summary>
    ClaimsDiffer = 3,

    /// <summary>The certificate states other lots than the problem.</summary>
    LotsDiffer = 4,

    /// <summary>The certificate states other removed lanes than the problem.</summary>
    RemovedLanesDiffer = 5,

    /// <summary>A list is missing, or a fraction is not in lowest terms with a positive denominator.</summary>
    CertificateMalformed = 6,

    /// <summary>The lottery is not the order that the seed draws.</summary>
    LotteryWrong = 7,

    /// <summary>The levels do not hold every claim and every lot exactly once.</summary>
    LevelsNotPartition = 8,

    /// <summary>The coverages of the levels do not rise from level to level.</summary>
    LevelsNotRising = 9,

    /// <summary>A claim of a level can be reached by a lot of a later level.</summary>
    CutOpen = 10,

    /// <summary>What the lots of a level hold is not what its claims come to.</summary>
    CutSumWrong = 11,

    /// <summary>No claim of a level sits at its coverage while it could use more.</summary>
    LevelWithoutClaim = 12,

    /// <summary>A flow uses a lane that is closed or unknown, is not positive or is listed twice.</summary>
    FlowWrong = 13,

    /// <summary>The flows take more from a lot than it holds.</summary>
    FlowExceedsLot = 14,

    /// <summary>The flows do not give a claim what its level says.</summary>
    FlowMissesLevel = 15,

    /// <summary>The lines of the plan are not those of the certificate.</summary>
    LinesDiffer = 16,

    /// <summary>A line uses a lane that is closed or unknown, or is listed twice.</summary>
    LaneNotOpen = 17,

    /// <summary>
    /// A line is not a whole, positive number of packs, or its quantity is not packs times pack size.
    /// </summary>
    PackNotWhole = 18,

    /// <summary>The lines take more from a lot than it holds.</summary>
    LotExceeded = 19,

    /// <summary>The lines give a claim more than its need or its own limit.</summary>
    LimitExceeded = 20,

    /// <summary>A stated coverage, quantity or gap of a claim is not what the numbers give.</summary>
    ShareWrong = 21,

    /// <summary>A whole pack stays in stock that a claim could use.</summary>
    PackWithheld = 22,

    /// <summary>Moving one pack along open lanes would help a claim that comes before the one that has it.</summary>
    JustifiedEnvy = 23,

    /// <summary>The stated guarantee is more, or less, than what holds.</summary>
    GuaranteeWrong = 24,
}

/// <summary>The first thing that does not hold.</summary>
/// <param name="Code">What does not hold.</param>
/// <param name="Level">The level's index from zero; null where no one level is meant.</param>
/// <param name="Lot">The lot's id; null where no one lot is meant.</param>
/// <param name="Claim">The claim's id; null where no one claim is meant.</param>
/// <param name="Found">The numbers found.</param>
/// <param name="Expected">The numbers expected.</param>
public sealed record CheckFailure(
    CheckCode Code, int? Level, int? Lot, int? Claim, string Found, string Expected)
{
    /// <summary>One line: what, where, what was found, what was expected.</summary>
    public override string ToString()
    {
        var where = string.Concat(
            Level is { } level ? FormattableString.Invariant($" level {level}") : "",
            Lot is { } lot ? FormattableString.Invariant($" lot {lot}") : "",
            Claim is { } claim ? FormattableString.Invariant($" claim {claim}") : "");
        return $"{Code}{(where.Length > 0 ? " at" + where : "")}: found {Found}, expected {Expected}";
    }
}

/// <summary>The outcome of a check.</summary>
/// <param name="Failure">The first thing that does not hold; null when all of it does.</param>
/// <param name="Proved">The guarantee proved; null when refused.</param>
public sealed record CheckOutcome(CheckFailure? Failure, PackGuarantee? Proved)
{
    /// <summary>True when everything the certificate says was proved.</summary>
    public bool Accepted => Failure is null;
}
