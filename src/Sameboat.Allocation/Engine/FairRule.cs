namespace Sameboat.Allocation;

/// <summary>What the rules of division know of the claims, by claim index.</summary>
/// <param name="Need">Units, more than zero.</param>
/// <param name="Held">Units that count towards coverage before the division.</param>
/// <param name="Limit">The most units the division may give.</param>
internal sealed record ClaimBounds(long[] Need, long[] Held, long[] Limit);

/// <summary>
/// Divisible goods: every claim asks what lifts it to one common coverage t, within its limits. The t of the largest
/// such demand that the stock allows is a fraction p/q; all is multiplied by q to stay whole.
/// </summary>
/// <remarks>d_r(t) = min(limit_r, max(0, t need_r - held_r)) and sum d_r(t) = stock, solved exactly by sweeping the
/// 2n values of t where a claim starts or stops to ask. Products of two totals below 2^63 fit 127 bits.</remarks>
internal sealed class FairRule(ClaimBounds bounds) : IBlockRule
{
    public long StockOf(LotGroup group) => group.Quantity;

    public Int128 Demand(ReadOnlySpan<int> claims, long stock, Span<Int128> demand)
    {
        var all = Int128.Zero;
        for (var index = 0; index < claims.Length; index++)
        {
            demand[index] = bounds.Limit[claims[index]];
            all += demand[index];
        }

        if (all <= stock)
        {
            return 1;
        }

        var (top, bottom) = CommonCoverage(claims, stock);
        for (var index = 0; index < claims.Length; index++)
        {
            var claim = claims[index];
            var ask = (top * bounds.Need[claim]) - (bottom * bounds.Held[claim]);
            demand[index] = Int128.Clamp(ask, 0, bottom * bounds.Limit[claim]);
        }

        return bottom;
    }

    /// <summary>
    /// The t = top/bottom at which the asked total is the stock; the limits together exceed the stock.
    /// </summary>
    private (Int128 Top, Int128 Bottom) CommonCoverage(ReadOnlySpan<int> claims, long stock)
    {
        var turns = new Turn[2 * claims.Length];
        var count = 0;
        foreach (var claim in claims)
        {
            if (bounds.Limit[claim] > 0)
            {
                turns[count++] = new Turn(
                    new CoverageKey(bounds.Held[claim], bounds.Need[claim]), claim, Starts: true);
                turns[count++] = new Turn(
                    new CoverageKey(bounds.Held[claim] + bounds.Limit[claim], bounds.Need[claim]), claim,
                    Starts: false);
            }
        }

        Array.Sort(turns, 0, count);
        Int128 need = 0, held = 0, full = 0;
        for (var index = 0; index < count; index++)
        {
            var turn = turns[index];
            var asked = (turn.At.Held * need) - (turn.At.Need * (held - full));
            if (asked >= (Int128)turn.At.Need * stock)
            {
                return need == 0 ? (turn.At.Held, turn.At.Need) : (stock + held - full, need);
            }

            var sign = turn.Starts ? 1 : -1;
            need += sign * bounds.Need[turn.Claim];
            held += sign * bounds.Held[turn.Claim];
            full += turn.Starts ? 0 : bounds.Limit[turn.Claim];
        }

        throw new InvalidOperationException("The limits together do not exceed the stock.");
    }

    /// <summary>The coverage at which a claim starts or stops to ask.</summary>
    private readonly record struct Turn(CoverageKey At, int Claim, bool Starts) : IComparable<Turn>
    {
        public int CompareTo(Turn other) => At.CompareTo(other.At);
    }
}
