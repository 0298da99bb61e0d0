using System.Numerics;

namespace Sameboat.Allocation;

/// <summary>
/// Amounts in floating point made exact and allowed: rounded down to multiples of 2^-20 units, and what still passes a
/// lot, a limit or a claim's level scaled down. Giving less never breaks a rule, so one pass is enough.
/// </summary>
internal static class SharedAmounts
{
    /// <summary>Amounts are whole multiples of 1 / <see cref="UnitParts"/>.</summary>
    public const long UnitParts = 1L << 20;

    /// <param name="model">The problem by index.</param>
    /// <param name="flows">Units by lane.</param>
    /// <param name="asked">By claim: the most that its level gives it.</param>
    /// <returns>Amounts by lane, in parts of a unit.</returns>
    public static BigInteger[] Of(LaneModel model, IReadOnlyDictionary<int, double> flows, Rational[] asked)
    {
        var amounts = new BigInteger[model.LaneLot.Length];
        foreach (var (lane, units) in flows)
        {
            amounts[lane] = new BigInteger(Math.Floor(units * UnitParts));
        }

        for (var lot = 0; lot < model.Lots.Length; lot++)
        {
            var lanes = Enumerable.Range(model.LotStart[lot], model.LotStart[lot + 1] - model.LotStart[lot])
                .Select(lane => new LaneUse(lane, BigInteger.One)).ToArray();
            Fit(amounts, lanes, (BigInteger)model.Lots[lot].Quantity * UnitParts, BigInteger.One);
        }

        for (var claim = 0; claim < model.Claims.Length; claim++)
        {
            LaneUse[] lanes = [.. model.LanesInto(claim).ToArray().Select(lane => new LaneUse(lane, BigInteger.One))];
            Fit(amounts, lanes, asked[claim].Numerator * UnitParts, asked[claim].Denominator);
        }

        foreach (var limit in model.Limits)
        {
            Fit(amounts, limit.Uses, limit.Most * UnitParts, BigInteger.One);
        }

        return amounts;
    }

    private static void Fit(BigInteger[] amounts, LaneUse[] uses, BigInteger most, BigInteger bottom)
    {
        var used = BigInteger.Zero;
        foreach (var use in uses)
        {
            used += amounts[use.Lane] * use.Weight;
        }

        used *= bottom;
        if (used <= most)
        {
            return;
        }

        foreach (var use in uses.Where(use => !use.Weight.IsZero))
        {
            amounts[use.Lane] = amounts[use.Lane] * most / used;
        }
    }
}
