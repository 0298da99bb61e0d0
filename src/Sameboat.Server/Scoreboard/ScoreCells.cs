using Microsoft.AspNetCore.Components;
using Sameboat.Server.Web;

namespace Sameboat.Server.Scoreboard;

/// <summary>The cells of a row of figures, alike on every page that shows them.</summary>
internal static class ScoreCells
{
    internal static MarkupString Speed(Words words, SpeedScore row) => Cells(
        words.Number(row.Lines),
        words.Number(row.Arrived),
        row.MedianDays is { } median ? words.Number(median)
            : words[row.Lines < Scores.MedianFrom ? "speed.scarce" : "speed.unknown"],
        row.FewestDays is { } fewest ? words.Format("range", fewest, row.MostDays) : words["none"],
        ChainText.Days(words, row.LongestWaitDays));

    internal static MarkupString Promise(Words words, PromiseScore row) => Cells(
    [
        .. new[] { row.Promised, row.Kept, row.Late, row.Short, row.Lapsed, row.Open, row.Unknown }
            .Select(count => words.Number(count)),
    ]);

    // Numbers and words of the catalogue, none of which holds markup.
    private static MarkupString Cells(params string[] texts) => (MarkupString)string.Concat(
        texts.Select(text => $"<td class=\"n\">{text}</td>"));
}
