using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>A count of the stock of one item at one place at the end of a day.</summary>
/// <param name="Day">The day.</param>
/// <param name="InStock">Units counted, zero or more.</param>
/// <param name="Received">Units that came in since the count before, zero or more; unused on the first count.</param>
public sealed record StockCount(DateOnly Day, long InStock, long Received);

/// <summary>Why stock counts give no burn rate.</summary>
public enum BurnRateRefusal
{
    /// <summary>Two counts on different days are the least.</summary>
    TooFewCounts,

    /// <summary>Counts stand in no order of days, or a day stands twice.</summary>
    DaysOutOfOrder,

    /// <summary>A count or a receipt is below zero.</summary>
    NegativeUnits,

    /// <summary>The stock rose by more than what was received: a receipt is missing, or a count is wrong.</summary>
    StockFromNowhere,
}

/// <summary>How fast stock is used, from counts of it.</summary>
/// <param name="Days">Days between the first and the last count, at least 1.</param>
/// <param name="Used">Units used in them.</param>
/// <param name="InStock">Units at the last count.</param>
/// <remarks>
/// Rate = (sum of stock before + received - stock after) / days; days left = stock / rate. The calculation of the
/// Personal Protective Equipment Burn Rate Calculator, Centers for Disease Control and Prevention, with receipts
/// counted. docs/methods/burn-rate.md.
/// </remarks>
public sealed record BurnRate(int Days, long Used, long InStock)
{
    /// <summary>Units a day, zero or more.</summary>
    public double PerDay => (double)Used / Days;

    /// <summary>Days until the stock is used up at this rate; null where nothing is used.</summary>
    public double? DaysLeft => Used == 0 ? null : InStock / PerDay;

    /// <summary>The burn rate over a run of counts.</summary>
    /// <param name="counts">Counts by day, at least two.</param>
    /// <param name="refusal">Why there is none; null where there is one.</param>
    /// <returns>The rate, or null with a refusal.</returns>
    public static BurnRate? Of(ImmutableArray<StockCount> counts, out BurnRateRefusal? refusal)
    {
        refusal = RefusalOf(counts);
        if (refusal is not null)
        {
            return null;
        }

        var used = 0L;
        for (var at = 1; at < counts.Length; at++)
        {
            var step = counts[at - 1].InStock + counts[at].Received - counts[at].InStock;
            if (step < 0)
            {
                refusal = BurnRateRefusal.StockFromNowhere;
                return null;
            }

            used += step;
        }

        return new BurnRate(counts[^1].Day.DayNumber - counts[0].Day.DayNumber, used, counts[^1].InStock);
    }

    private static BurnRateRefusal? RefusalOf(ImmutableArray<StockCount> counts)
    {
        if (counts.IsDefault || counts.Length < 2)
        {
            return BurnRateRefusal.TooFewCounts;
        }

        if (counts.Any(one => one.InStock < 0 || one.Received < 0))
        {
            return BurnRateRefusal.NegativeUnits;
        }

        return counts.Zip(counts.Skip(1)).Any(pair => pair.First.Day >= pair.Second.Day)
            ? BurnRateRefusal.DaysOutOfOrder
            : null;
    }
}
