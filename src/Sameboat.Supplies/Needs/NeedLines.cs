using System.Collections.Immutable;

namespace Sameboat.Supplies;

/// <summary>From raw amounts to lines: stock and waste counted, rounded up, each with its sentence.</summary>
internal static class NeedLines
{
    /// <summary>An amount this close above a whole number, relative to it, is that number.</summary>
    private const double RoundingTolerance = 1e-9;

    internal static ImmutableArray<NeedLine> Of(
        DiseasePack pack, CountryCapacity place, NeedSettings settings, NeedRun low, NeedRun median, NeedRun high)
    {
        var amounts = new LineAmounts(pack, place, settings);
        var (lows, medians, highs) = (amounts.Of(low), amounts.Of(median), amounts.Of(high));
        var basis = new BasisText(pack, place, settings, median);
        var lines = ImmutableArray.CreateBuilder<NeedLine>();
        for (var at = 0; at < pack.Items.Length; at++)
        {
            var quantity = RoundUp(medians[at]);
            var most = Math.Max(quantity, RoundUp(highs[at]));
            if (quantity > 0 || most > 0)
            {
                var item = pack.Items[at];
                lines.Add(new NeedLine(item.Code, item.Unit, quantity, basis.Of(item))
                {
                    QuantityLow = Math.Min(quantity, RoundUp(lows[at])),
                    QuantityHigh = most,
                });
            }
        }

        return lines.ToImmutable();
    }

    internal static long RoundUp(double amount) =>
        checked((long)Math.Ceiling(amount - (RoundingTolerance * Math.Max(1, amount))));
}
