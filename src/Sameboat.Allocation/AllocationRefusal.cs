using System.Globalization;

namespace Sameboat.Allocation;

/// <summary>What can be wrong with an allocation problem; the list is closed and the numbers are stable.</summary>
public enum RefusalCode
{
    /// <summary>A need is zero or negative.</summary>
    NeedNotPositive = 1,

    /// <summary>The quantity already received is negative.</summary>
    ReceivedNegative = 2,

    /// <summary>The most a recipient accepts is negative.</summary>
    AcceptanceNegative = 3,

    /// <summary>Two claims carry one id.</summary>
    ClaimRepeated = 4,

    /// <summary>A lot's quantity is negative.</summary>
    QuantityNegative = 5,

    /// <summary>A pack size is zero or negative.</summary>
    PackNotPositive = 6,

    /// <summary>One pack is larger than the whole lot.</summary>
    PackLargerThanLot = 7,

    /// <summary>Two lots carry one id.</summary>
    LotRepeated = 8,

    /// <summary>A lane names a lot that is not there.</summary>
    LaneToUnknownLot = 9,

    /// <summary>A lane names a claim that is not there.</summary>
    LaneToUnknownClaim = 10,

    /// <summary>A lane is closed for a reason outside the closed list.</summary>
    ReasonUnknown = 11,

    /// <summary>All needs and quantities received together pass 2^63 - 1.</summary>
    NeedTotalTooLarge = 12,

    /// <summary>All lots together pass 2^63 - 1.</summary>
    StockTotalTooLarge = 13,

    /// <summary>More claims than <see cref="AllocationProblem.ClaimsMax"/>.</summary>
    TooManyClaims = 14,

    /// <summary>More lots than <see cref="AllocationProblem.LotsMax"/>.</summary>
    TooManyLots = 15,

    /// <summary>More lanes than <see cref="AllocationProblem.LanesMax"/>.</summary>
    TooManyLanes = 16,

    /// <summary>A list is <c>default</c> rather than empty.</summary>
    ListMissing = 17,
}

/// <summary>One reason why a problem is not allocated.</summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Claim">The claim's id; null where no one claim is meant.</param>
/// <param name="Lot">The lot's id; null where no one lot is meant.</param>
/// <param name="Found">What was found, as written.</param>
/// <param name="Expected">What was expected.</param>
public sealed record AllocationRefusal(RefusalCode Code, int? Claim, int? Lot, string Found, string Expected)
{
    /// <summary>One line: where, what was found, what was expected.</summary>
    public override string ToString()
    {
        var where = (Claim, Lot) switch
        {
            ({ } claim, { } lot) => string.Create(CultureInfo.InvariantCulture, $"lot {lot}, claim {claim}: "),
            ({ } claim, null) => string.Create(CultureInfo.InvariantCulture, $"claim {claim}: "),
            (null, { } lot) => string.Create(CultureInfo.InvariantCulture, $"lot {lot}: "),
            _ => "",
        };
        return $"{where}found {Found}, expected {Expected}";
    }
}
