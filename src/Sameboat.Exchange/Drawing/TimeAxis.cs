using System.Collections.Immutable;
using System.Globalization;

namespace Sameboat.Exchange.Drawing;

/// <summary>An axis of days, each as wide as the next; ticks at days, Mondays, months or years.</summary>
internal sealed record TimeAxis(DateOnly First, DateOnly Last, double Left, double Right)
{
    private const int TicksMax = 5;

    private double Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>The place of the beginning of a day; the fraction moves into the day or past it.</summary>
    internal double At(DateOnly day, double fraction = 0) =>
        Left + ((day.DayNumber - First.DayNumber + fraction) / Days * (Right - Left));

    /// <summary>The days that carry a tick, with what is written there.</summary>
    internal ImmutableArray<(DateOnly Day, string Label)> Ticks() => Days switch
    {
        <= 5 => Every(1, First),
        <= 10 => Every(2, First),
        <= 35 => Every(7, NextMonday()),
        <= 63 => Every(14, NextMonday()),
        _ => Months(),
    };

    private DateOnly NextMonday() => Weeks.MondayOf(First.AddDays(Weeks.Days - 1));

    private ImmutableArray<(DateOnly, string)> Every(int days, DateOnly from)
    {
        var ticks = ImmutableArray.CreateBuilder<(DateOnly, string)>();
        for (var number = from.DayNumber; number <= Last.DayNumber; number += days)
        {
            var day = DateOnly.FromDayNumber(number);
            ticks.Add((day, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        }

        return ticks.ToImmutable();
    }

    private ImmutableArray<(DateOnly, string)> Months()
    {
        var (first, last) = (MonthNumber(First.AddMonths(First.Day == 1 ? 0 : 1)), MonthNumber(Last));
        int[] steps = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12000];
        var step = steps.First(months => (last - first) / months < TicksMax || months == steps[^1]);
        var format = step % 12 == 0 ? "yyyy" : "yyyy-MM";
        var ticks = ImmutableArray.CreateBuilder<(DateOnly, string)>();
        for (var month = (first + step - 1) / step * step; month <= last; month += step)
        {
            var day = new DateOnly(month / 12, (month % 12) + 1, 1);
            ticks.Add((day, day.ToString(format, CultureInfo.InvariantCulture)));
        }

        return ticks.ToImmutable();
    }

    private static int MonthNumber(DateOnly day) => (day.Year * 12) + day.Month - 1;
}
