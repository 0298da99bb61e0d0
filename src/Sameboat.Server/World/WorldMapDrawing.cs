using Sameboat.Epidemics;
using Sameboat.Exchange.Drawing;
using Sameboat.Server.Web;

namespace Sameboat.Server.World;

/// <summary>The map of where cases grow and fall.</summary>
internal static class WorldMapDrawing
{
    // R at which one class ends and the next begins; around one, nothing much moves.
    private static readonly double[] Bounds = [0.8, 0.95, 1.05, 1.25];

    private static readonly string[] Labels =
        ["map.class.falls-fast", "map.class.falls", "map.class.stable", "map.class.grows", "map.class.grows-fast"];

    /// <summary>Map, legend and disclaimer.</summary>
    internal static string Figure(WorldView view, Words words)
    {
        var values = view.Places
            .Where(place => place.Trend != Trend.TooFew && place.Assessment?.Reproduction is not null)
            .ToDictionary(
                place => TerritoryCode.Parse(place.Place),
                place => ClassOf(place.Assessment!.Reproduction!.Value));
        var tips = view.Places
            .Where(place => place.LastWeek > 0)
            .ToDictionary(place => TerritoryCode.Parse(place.Place), place => words.Format(
                "map.tip", words.Place(place.Place), words.Estimate(place.Assessment?.Reproduction)));
        var head = new ChartHead("world", words["map.title"], words.Format(
            "map.description",
            values.Values.Count(value => value >= 3),
            values.Values.Count(value => value <= 1)));
        var map = new MapDrawing(head, [.. Labels.Select(label => words[label])], values, words["map.none"])
        {
            Scale = MapScale.Diverging,
            Tooltip = territory => tips.GetValueOrDefault(territory.Code),
        };
        return WorldMap.Figure(map, words["map.disclaimer"]);
    }

    private static int ClassOf(double reproduction)
    {
        var index = Array.FindIndex(Bounds, bound => reproduction < bound);
        return index < 0 ? Bounds.Length : index;
    }
}
