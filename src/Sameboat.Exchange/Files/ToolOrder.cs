using Sameboat.Supplies;

namespace Sameboat.Exchange.Files;

/// <summary>
/// The order of rows in the tool's table of goods: care by name of the item, hygiene week by week, protection in the
/// tool's own order, diagnostics by name with those that have no figure last.
/// </summary>
internal static class ToolOrder
{
    private const string Hygiene = "Hygiene";
    private const string Protection = "PPE";
    private const string Diagnostics = "Diagnostics";

    internal static IEnumerable<GoodsWeek> Of(IReadOnlyList<GoodsWeek> goods) =>
    [
        .. goods.Where(one => one.ToolCategory is not (Hygiene or Protection or Diagnostics))
            .OrderBy(one => one.Item.Name, StringComparer.Ordinal),
        .. JoinedByWeek([.. goods.Where(one => one.ToolCategory == Hygiene)]),
        .. goods.Where(one => one.ToolCategory == Protection),
        .. goods.Where(one => one.ToolCategory == Diagnostics)
            .OrderBy(one => one.Amount is null)
            .ThenBy(one => one.Item.Name, StringComparer.Ordinal),
    ];

    /// <summary>
    /// Rows of items that each have all weeks, as R's <c>merge</c> leaves them: sorted by week by a shell sort (gaps
    /// 1, 4, 13, ...), which does not keep the order of equal weeks.
    /// </summary>
    private static GoodsWeek[] JoinedByWeek(GoodsWeek[] rows)
    {
        var gap = 1;
        while (gap <= rows.Length / 9)
        {
            gap = (3 * gap) + 1;
        }

        for (; gap > 0; gap /= 3)
        {
            for (var at = gap; at < rows.Length; at++)
            {
                var moved = rows[at];
                var free = at;
                while (free >= gap && rows[free - gap].WeekBegins > moved.WeekBegins)
                {
                    rows[free] = rows[free - gap];
                    free -= gap;
                }

                rows[free] = moved;
            }
        }

        return rows;
    }
}
