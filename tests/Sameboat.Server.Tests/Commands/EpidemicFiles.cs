using System.Globalization;
using System.Text;

namespace Sameboat.Server.Tests.Commands;

/// <summary>Small made-up inputs of the epidemic commands.</summary>
internal static class EpidemicFiles
{
    internal static readonly DateOnly First = new(2021, 1, 3);

    /// <summary>Counts that rise and fall, with a pattern of the week.</summary>
    internal static long Wave(int day) =>
        (long)Math.Round((300 + (200 * Math.Sin(day / 15.0))) * (day % 7 < 2 ? 0.7 : 1.1));

    internal static string Daily(int days, Func<int, long> count) =>
        Table("t,I", days, day => $"{day + 1},{count(day)}");

    internal static string Dated(string head, int rows, int step, Func<int, long> count) =>
        Table(head, rows, row => $"{Shown(First.AddDays(row * step))},{count(row)}");

    /// <summary>Daily counts of two places, cases alone.</summary>
    internal static string Cases(int days, Func<int, long> count) =>
        Table("iso3,date,cases", 2 * days, row => string.Create(CultureInfo.InvariantCulture,
            $"{(row < days ? "KEN" : "UGA")},{Shown(First.AddDays(row % days))},{count(row % days)}"));

    /// <summary>Daily vintages: every day's count is published a week late, the last ones on the last day.</summary>
    internal static string Vintages(int days, Func<int, long> count) =>
        Table("as_of,location,target,date,value", 2 * days, row =>
        {
            var day = First.AddDays(row % days);
            var target = row < days ? "case" : "death";
            return string.Create(CultureInfo.InvariantCulture,
                $"{Shown(day.AddDays(1))},KEN,{target},{Shown(day)},{count(row % days) / (row < days ? 1 : 20)}");
        });

    /// <summary>Weekly vintages: each week is published with half of its count, then whole.</summary>
    internal static string WeeklyVintages(int weeks, Func<int, long> count)
    {
        var text = new StringBuilder("as_of,location,target,week_end,value\n");
        for (var week = 1; week < weeks; week++)
        {
            var asOf = Shown(First.AddDays((week * 7) + 10));
            for (var back = 1; back >= 0; back--)
            {
                var value = back == 0 ? count(week) / 2 : count(week - 1);
                text.Append(CultureInfo.InvariantCulture,
                    $"{asOf},KEN,death,{Shown(First.AddDays(((week - back) * 7) + 6))},{value}\n");
            }
        }

        return text.ToString();
    }

    internal static string Shown(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Table(string head, int rows, Func<int, string> row) =>
        head + "\n" + string.Concat(Enumerable.Range(0, rows).Select(at => row(at) + "\n"));
}
