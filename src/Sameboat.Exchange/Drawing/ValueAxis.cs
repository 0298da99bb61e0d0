using System.Collections.Immutable;
using System.Globalization;

namespace Sameboat.Exchange.Drawing;

/// <summary>An axis from zero with round ticks.</summary>
internal sealed record ValueAxis(double Max, ImmutableArray<double> Ticks)
{
    private const int TicksWanted = 4;
    private const double LeastDrawn = 1e-6;
    private const double LargestDrawn = 1e15;

    /// <summary>From zero to the value or a little above, ticks at 1, 2 or 5 times a power of ten.</summary>
    /// <param name="value">What must fit; zero, negative or not finite gives an axis to 1.</param>
    /// <param name="wholeSteps">Counts have no ticks between whole numbers.</param>
    internal static ValueAxis Holding(double value, bool wholeSteps)
    {
        var least = wholeSteps ? 1 : LeastDrawn;
        var top = double.IsFinite(value) && value > 0 ? Math.Clamp(value, least, LargestDrawn) : 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(top / TicksWanted)));
        var step = new[] { 1.0, 2, 5, 10 }.First(factor => factor * power * TicksWanted >= top * (1 - 1e-9)) * power;
        step = wholeSteps ? Math.Max(1, step) : step;
        var steps = (int)Math.Ceiling((top / step) - 1e-9);
        return new ValueAxis(steps * step, [.. Enumerable.Range(0, steps + 1).Select(at => at * step)]);
    }

    /// <summary>A number in few characters: 950, 12k, 1.5M, 0.5.</summary>
    internal static string Short(double value)
    {
        (double Unit, string Letter)[] units = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k")];
        foreach (var (unit, letter) in units)
        {
            if (Math.Abs(value) >= unit * 0.9995)
            {
                var format = Math.Abs(value) >= 9.95 * unit ? "0" : "0.#";
                return (value / unit).ToString(format, CultureInfo.InvariantCulture) + letter;
            }
        }

        return value.ToString(Math.Abs(value) >= 10 ? "0" : "0.##", CultureInfo.InvariantCulture);
    }
}
