namespace Sameboat.Allocation;

/// <summary>What claims are owed from earlier rounds, by claim index, in parts of a unit.</summary>
/// <param name="Parts">Parts of a unit, a power of two.</param>
/// <param name="Owed">Parts owed; below zero where a claim had more than its share.</param>
internal sealed record PackCredit(long Parts, long[] Owed)
{
    public static PackCredit None(int claims) => new(1, new long[claims]);

    /// <summary>As many parts as leave room in 63 bits.</summary>
    public static PackCredit Of(LaneNetwork network, Func<int, Rational> owed)
    {
        var total = network.Claims.Aggregate((Int128)1, (sum, claim) => sum + claim.Need + claim.Received);
        total += network.Lots.Aggregate(Int128.Zero, (sum, lot) => sum + lot.Quantity);
        var parts = FairRounds.UnitParts;
        while (parts > 1 && total * parts > long.MaxValue / 4)
        {
            parts /= 2;
        }

        var most = Rational.Of(long.MaxValue / 4);
        return new PackCredit(parts, [.. network.Claims.Select(claim =>
        {
            var inParts = owed(claim.Id) * Rational.Of(parts);
            return inParts > most ? long.MaxValue / 4
                : inParts < Rational.Zero - most ? -(long.MaxValue / 4) : (long)inParts.Floor();
        })]);
    }
}
