namespace Sameboat.Allocation.Checking;

/// <summary>The first thing that does not hold in a plan under shared limits.</summary>
/// <param name="What">
/// A short code that stays as it is: problem, form, flow, lot, limit, claim, share, prices, level, line,
/// minimum, vehicles, ties.
/// </param>
/// <param name="Where">Which lot, claim, limit or prices, by id or index.</param>
/// <param name="Found">The numbers found.</param>
/// <param name="Expected">The numbers expected.</param>
public sealed record SharedFailure(string What, string Where, string Found, string Expected)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"{What} at {Where}: found {Found}, expected {Expected}";
}
