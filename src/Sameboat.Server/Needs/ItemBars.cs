using System.Collections.Immutable;
using Sameboat.Exchange.Drawing;
using Sameboat.Server.Web;

namespace Sameboat.Server.Needs;

/// <summary>Need against offer as bars, an item a row.</summary>
internal static class ItemBars
{
    internal static ImmutableArray<NeedBar> Of(IEnumerable<ItemSummary> items, ItemNames names, Words words) =>
    [
        .. items.Select(item => new NeedBar(
            names.Of(item.Item),
            item.Need,
            Math.Max(item.Offered, item.Planned),
            item.Planned,
            words.Format("bars.remark", words.Percent(item.Met)))),
    ];

    internal static NeedBarWords Legend(Words words) =>
        new(words["bars.allocated"], words["bars.offered"], words["bars.unmet"]);
}
