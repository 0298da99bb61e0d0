namespace Sameboat.Allocation;

/// <summary>What claims ask at a level t: d(t) = min(limit, max(0, t need - received)).</summary>
internal static class WaterLevel
{
    public static double Asked(SharedClaim claim, double level) =>
        double.Clamp((level * claim.Need) - claim.Received, 0, claim.Limit);

    /// <summary>The level from which a claim asks more than nothing.</summary>
    public static double Start(SharedClaim claim) => claim.Received / (double)claim.Need;

    /// <summary>The level from which a claim asks no more than its limit.</summary>
    public static double Full(SharedClaim claim) => (claim.Received + (double)claim.Limit) / claim.Need;

    /// <summary>
    /// The greatest level at which a weighted sum of what the claims ask stays within a capacity; infinite where it
    /// always does.
    /// </summary>
    /// <param name="claims">The claims that move with the level.</param>
    /// <param name="weights">Their weights, above zero.</param>
    /// <param name="capacity">What is left for them.</param>
    /// <param name="slack">How far rounding may carry the sum above the capacity.</param>
    public static double Greatest(
        ReadOnlySpan<SharedClaim> claims, ReadOnlySpan<double> weights, double capacity, double slack)
    {
        var turns = new (double Level, double Slope)[2 * claims.Length];
        var count = 0;
        for (var at = 0; at < claims.Length; at++)
        {
            if (claims[at].Limit > 0)
            {
                turns[count++] = (Start(claims[at]), weights[at] * claims[at].Need);
                turns[count++] = (Full(claims[at]), -weights[at] * claims[at].Need);
            }
        }

        Array.Sort(turns, 0, count);
        double used = 0, slope = 0, level = 0;
        for (var at = 0; at < count; at++)
        {
            var next = turns[at].Level;
            var reached = used + (slope * (next - level));
            if (reached > capacity + slack)
            {
                return level + Math.Max(0, (capacity - used) / slope);
            }

            (used, level) = (reached, next);
            slope = Math.Max(0, slope + turns[at].Slope);
        }

        return double.PositiveInfinity;
    }
}
