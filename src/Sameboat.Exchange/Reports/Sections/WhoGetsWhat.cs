using System.Collections.Immutable;
using Sameboat.Allocation;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Exchange.Drawing;
using StripRow = Sameboat.Exchange.Drawing.CoverageRow;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>Every round: how coverage is spread, what bounds it, and each recipient with its reason.</summary>
internal static class WhoGetsWhat
{
    private const int LevelsShown = 8;
    private const int NamesShown = 6;
    private const int OpenRowsMax = 24;

    public static void Write(PageWriter page, ReportFacts facts)
    {
        if (facts.Result.Rounds.IsEmpty)
        {
            page.Add($"<p>There is no item that somebody offers and somebody needs, so nobody gets anything.</p>\n");
            return;
        }

        page.Add($"<p>Each item is divided by itself, by one rule: raise the coverage of the worst covered place as "
            + $"far as it will go, then of the next, and so on. The division knows neither names nor flags, "
            + $"only needs and lots. Whole packs are given; where only a draw can part equals, the seed decides "
            + $"and the reason says so.</p>\n");
        var plan = facts.Tables.Plan.ToLookup(row => row.Item);
        foreach (var (index, item) in facts.OfferedItems.Index())
        {
            WriteRound(page, facts, item, index, plan[item.Item.Code].ToLookup(row => row.Recipient));
        }
    }

    private static void WriteRound(
        PageWriter page, ReportFacts facts, ItemFacts item, int index, ILookup<TerritoryCode, PlanRow> plan)
    {
        var round = item.Round!;
        page.Add($"<div class=\"block\"><h3 id=\"i-{item.Item.Code.ToString()}\">{item.Item.Name}</h3>\n");
        page.Add($"<p>{Figures.Places(item.Lines.Length)} need {item.Need} {UnitWords.Plural(item.Item.Unit)}; "
            + $"{Figures.Many(round.Lots.Length, "lot holds", "lots hold")} {round.Lots.Sum(lot => lot.Quantity)}, of "
            + $"which the plan hands out {item.Planned}. {Guarantee(round)}</p>\n");
        page.Add($"<figure class=\"strip\">{Strip(item, index)}<figcaption class=\"note\">A dot is a place; the bar "
            + $"below the line marks the median.</figcaption></figure></div>\n");
        WriteLevels(page, round);
        LotTable.Write(page, facts, item);
        WriteRecipients(page, item, plan);
    }

    private static Markup Strip(ItemFacts item, int index)
    {
        var before = new StripRow("Before the plan",
            [.. item.Lines.Select(line => (double)line.Before / line.Need)]);
        var after = new StripRow("With the plan", [.. item.Lines.Select(line => line.Coverage)]);
        var lowest = item.Lowest;
        return new Markup(CoverageStrip.Svg(
            new ChartHead($"s-{index}", $"Coverage of the need for {item.Item.Name}, place by place",
                $"From {Figures.Share(lowest.Before + lowest.Planned, lowest.Need)} up to "
                + $"{Figures.Share(item.Lines.Max(line => line.Coverage))} of need."),
            item.Lines.Any(line => line.Before > 0) ? [before, after] : [after]));
    }

    private static string Guarantee(ItemRound round)
    {
        var result = round.Result;
        return result.Guarantee switch
        {
            PackGuarantee.Exact => $"No plan in whole packs is fairer. {FurthestBehind(round)}",
            PackGuarantee.ExactForEachSize =>
                "Packs differ in size; moving packs of any one size cannot make the plan fairer. "
                + FurthestBehind(round),
            _ => "Packs differ in size, and the search for a fairer plan stopped at its limit. "
                + FurthestBehind(round),
        };
    }

    private static string FurthestBehind(ItemRound round)
    {
        var last = round.Result.Shares.MaxBy(share => share.Gap);
        if (last is null || last.Gap <= Rational.Zero)
        {
            return "No place is behind the share it would have if packs could be cut.";
        }

        var gap = Figures.Share(last.Gap.ToDouble()).Replace("<", "less than", StringComparison.Ordinal);
        var smallest = round.Lots.Min(lot => lot.Pack);
        var why = last.Packed == 0 && last.FairAmount < Rational.Of(smallest)
            ? $", because its share is less than a pack of {Figures.Count(smallest)}"
            : "";
        return $"Furthest behind the share it would have if packs could be cut is "
            + $"{Figures.NameOf(round.Claims[last.Claim])}, by {gap} of its need{why}.";
    }

    private static void WriteLevels(PageWriter page, ItemRound round)
    {
        var levels = round.Result.Levels;
        page.Add($"<p>If packs could be cut, from the worst covered upwards:</p>\n<ul class=\"levels\">\n");
        foreach (var level in levels.Take(LevelsShown))
        {
            page.Add($"<li>{LevelInWords(round, level)}</li>\n");
        }

        if (levels.Length > LevelsShown)
        {
            page.Add($"<li>and {Figures.Many(levels.Length - LevelsShown, "further level", "further levels")}, in "
                + $"certificates.json with the cut that proves each</li>\n");
        }

        page.Add($"</ul>\n");
    }

    private static Markup LevelInWords(ItemRound round, FairLevel level)
    {
        var places = Figures.Places(level.Claims.Length);
        var names = Figures.Names([.. level.Claims.Select(claim => Figures.NameOf(round.Claims[claim]))], NamesShown);
        var lots = Figures.Names([.. level.Lots.Select(lot => $"«{round.Lots[lot].Lot}»")], NamesShown);
        var who = level.Claims.Length == 0 ? "no place" : $"{places} ({names})";
        if (level.Coverage is not { } coverage)
        {
            var left = level.Lots.IsEmpty ? "" : $" out of {lots}";
            return level.Claims.IsEmpty
                ? Markup.Of($"Beyond every need that they can reach: {lots}")
                : Markup.Of($"<strong>All that they can use</strong>: {who}{left}");
        }

        var from = level.Lots.IsEmpty ? "no lot is left for them" : $"out of {lots}";
        return Markup.Of($"<strong>{Figures.FineShare(coverage)}</strong> of need: {who}; {from}");
    }

    private static void WriteRecipients(
        PageWriter page, ItemFacts item, ILookup<TerritoryCode, PlanRow> plan)
    {
        var hasBefore = item.Lines.Any(line => line.Before > 0);
        ImmutableArray<Column> columns =
        [
            "Recipient", "Need", .. hasBefore ? [new Column("Has")] : Array.Empty<Column>(), "Planned", "Coverage",
            Column.Words("Lots"), Column.Words("Why"),
        ];
        page.OpenFold($"{item.Item.Name}: all {Figures.Places(item.Lines.Length)} with reasons",
            item.Lines.Length <= OpenRowsMax);
        page.Add($"<div class=\"plan\">").OpenTable($"Who gets {item.Item.Name}", columns.AsSpan());
        foreach (var (at, group) in SharedReason.GroupsOf(item.Lines).Index())
        {
            page.Add(new Markup(at > 0 ? "</tbody><tbody>\n" : ""));
            if (group.Shared.Length > 0)
            {
                page.Add($"<tr><th class=\"cut\" scope=\"rowgroup\" colspan=\"{columns.Length}\"><span>{group.Shared}"
                    + $"</span></th></tr>\n");
            }

            foreach (var (line, own) in group.Reasons
                .OrderBy(one => Figures.SortKey(Figures.NameOf(one.Line.Place)), StringComparer.Ordinal))
            {
                var has = hasBefore ? Markup.Of($"<td>{line.Before}</td>") : Markup.None;
                page.Add($"<tr><th scope=\"row\">{Figures.NameOf(line.Place)}</th><td>{line.Need}</td>{has}"
                    + $"<td>{line.Planned}</td><td>{Figures.FineShare(line.Before + line.Planned, line.Need)}</td>"
                    + $"<td>{LotsOf(plan[line.Place])}</td><td>{own}</td></tr>\n");
            }
        }

        page.CloseTable().Add($"</div>").CloseFold();
    }

    private static string LotsOf(IEnumerable<PlanRow> rows) =>
        string.Join("; ", rows.Select(row => $"{row.Lot} {Figures.Count(row.Quantity)}"));
}
