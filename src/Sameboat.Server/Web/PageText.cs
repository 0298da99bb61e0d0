using Sameboat.Epidemics;
using Sameboat.Server.Offers;
using Sameboat.Server.Situation;
using Sameboat.Server.World;

namespace Sameboat.Server.Web;

/// <summary>The small texts that several pages write alike.</summary>
internal static class PageText
{
    private const string Rises = "up";
    private const string Falls = "down";

    /// <summary>The class of a change: the arrow before it says the same as the colour.</summary>
    internal static string? Direction(double change) => change > 0 ? Rises : change < 0 ? Falls : null;

    internal static string Change(Words words, double? change) =>
        change is { } share ? words.Change(share) : words["none"];

    /// <summary>R with its interval, such as 1.31 (1.24-1.38).</summary>
    internal static string Reproduction(Words words, AssessmentRow? assessment) =>
        assessment is { Reproduction: { } mean, ReproductionLow: { } low, ReproductionHigh: { } high }
        && assessment.Trend != nameof(Trend.TooFew)
            ? words.Format("interval", words.Estimate(mean), words.Estimate(low), words.Estimate(high))
            : words["none"];

    /// <summary>In how many days cases double or halve.</summary>
    internal static string Doubling(Words words, AssessmentRow? assessment) => assessment?.DoublingDays switch
    {
        > 0 and var days => words.Format("doubles", words.Rounded(days)),
        < 0 and var days => words.Format("halves", words.Rounded(-days)),
        _ => words["none"],
    };

    internal static string TrendWord(Words words, Trend trend) => words[$"trend.{trend}"];

    /// <summary>What a place is shortest of, with the share met.</summary>
    internal static string Lacking(Words words, ItemNames items, PlaceSummary place) =>
        string.Join("; ", place.Lacking.Select(item =>
            words.Format("item.met", items.Of(item.Item), words.Percent(item.Met))));

    /// <summary>The unit of an item as a reader says it; the pack's own word where the catalogue has none.</summary>
    internal static string Unit(Words words, string unit) => words.Find($"unit.{unit}") ?? unit;

    internal static string Amount(Words words, OfferTotal total) => total.Kind switch
    {
        OfferKind.Team => words.Count("teams", total.Quantity),
        OfferKind.Funds => words.Format("dollars", words.Number(total.Quantity)),
        _ => words["various"],
    };
}
