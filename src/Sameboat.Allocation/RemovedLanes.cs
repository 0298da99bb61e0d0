using System.Collections.Immutable;

namespace Sameboat.Allocation;

/// <summary>Why a lot cannot go to a claim; the list is closed, and no political condition is in it.</summary>
public enum LaneRemoval
{
    /// <summary>The goods would be past their expiry when they arrive.</summary>
    ExpiredOnArrival,

    /// <summary>The donor declared whom the lot is for.</summary>
    Earmarked,

    /// <summary>The cold chain the goods need is missing on the way or at the end.</summary>
    ColdChain,

    /// <summary>The product is not registered where it would go.</summary>
    NotRegistered,

    /// <summary>No route is open.</summary>
    RouteClosed,

    /// <summary>The recipient does not accept the product.</summary>
    NotAccepted,
}

/// <summary>
/// Lanes taken away from one lot for one reason. A lane that no record takes away is open, so a lot that may go to
/// everybody needs none.
/// </summary>
/// <param name="Lot">The lot's id.</param>
/// <param name="Reason">Why the lanes are closed.</param>
/// <param name="Claims">Claim ids, any order; see <paramref name="AllOthers"/>.</param>
/// <param name="AllOthers">
/// False: the lanes to the listed claims are closed. True: the lanes to every claim <i>not</i> listed are closed, the
/// short form of an earmark.
/// </param>
public sealed record RemovedLanes(int Lot, LaneRemoval Reason, ImmutableArray<int> Claims, bool AllOthers = false)
{
    /// <summary>Closes the lanes from the lot to the listed claims.</summary>
    public static RemovedLanes To(int lot, LaneRemoval reason, params ImmutableArray<int> claims) =>
        new(lot, reason, claims);

    /// <summary>
    /// Closes the lanes from the lot to every claim but the listed ones; none listed closes them all.
    /// </summary>
    public static RemovedLanes AllBut(int lot, LaneRemoval reason, params ImmutableArray<int> claims) =>
        new(lot, reason, claims, AllOthers: true);

    /// <summary>Whether this record closes the lane to the claim.</summary>
    public bool Closes(int claim) => Claims.Contains(claim) != AllOthers;
}
