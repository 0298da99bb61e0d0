using System.Collections.Immutable;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Exchange.Drawing;
using Sameboat.Exchange.Reports.Sections;

namespace Sameboat.Exchange.Reports;

/// <summary>
/// The report of a run: one page of HTML, well-formed as XML, that refers to nothing outside itself, needs no script,
/// and reads on a telephone, in the dark and on paper.
/// </summary>
public static class ReportPage
{
    private static readonly ImmutableArray<Section> All =
    [
        new("short", "In short", InShort.Write),
        new("maps", "The world on one page", Maps.Write),
        new("growing", "Where it grows fastest", FastestPlaces.Write),
        new("places", "Place by place", EveryPlace.Write),
        new("need", "Need against offer", NeedAndOffer.Write),
        new("plan", "Who gets what, and why", WhoGetsWhat.Write),
        new("unmet", "What stays unmet", Unmet.Write),
        new("comparison", "As it happened, and as a fair plan would have it", AsItHappened.Write)
        {
            AppliesTo = facts => facts.Result.Input.Population is not null,
        },
        new("cleaning", "What was changed in the counts", CountsChanged.Write),
        new("check", "How to check this", HowToCheck.Write),
    ];

    /// <summary>Renders the page; the same arguments give the same text.</summary>
    /// <param name="result">The run.</param>
    /// <param name="header">What it was made with.</param>
    /// <param name="tables">The rows of the same run.</param>
    public static string Render(ChainResult result, RunHeader header, RunTables tables)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(tables);
        var facts = ReportFacts.Of(result, header, tables);
        ImmutableArray<Section> sections = [.. All.Where(section => section.AppliesTo(facts))];
        var page = new PageWriter();
        Begin(page, facts);
        PageHead.Write(page, facts);
        WriteContents(page, sections);
        foreach (var (index, section) in sections.Index())
        {
            page.Add($"<section id=\"{section.Id}\"><h2><span class=\"n\">{index + 1}</span> {section.Title}</h2>\n");
            section.Write(page, facts);
            page.Add($"</section>\n");
        }

        return page.Add($"</main>\n</body>\n</html>\n").ToString();
    }

    private static void Begin(PageWriter page, ReportFacts facts)
    {
        var exercise = facts.Settings.Pack.Exercise;
        var title = $"{(exercise ? "EXERCISE: " : "")}{facts.Settings.Pack.Name}, "
            + $"{Figures.DayInWords(facts.Settings.AsOf)}: who needs what, and who gets it";
        page.Add($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n");
        page.Add($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n");

        // The page is text and drawings: were a name ever to slip through as markup, nothing would run or be fetched.
        page.Add($"<meta http-equiv=\"Content-Security-Policy\" ");
        page.Add($"content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n");
        page.Add($"<meta name=\"color-scheme\" content=\"light dark\"/>\n<title>{title}</title>\n");
        page.Add($"<style>\n{new Markup(ChartStyle.Css)}\n{new Markup(ReportStyle.Css)}");
        page.Add(new Markup(exercise ? ReportStyle.ExerciseOnPaper : "")).Add($"</style>\n</head>\n<body>\n");
        page.Add($"<a class=\"skip\" href=\"#short\">Skip to the report in short</a>\n");
        if (exercise)
        {
            page.Add($"<p class=\"exercise\"><strong>EXERCISE EXERCISE EXERCISE</strong> ");
            page.Add($"This disease is invented; nothing below is to be acted upon.</p>\n");
        }

        page.Add($"<main>\n");
    }

    private static void WriteContents(PageWriter page, ImmutableArray<Section> sections)
    {
        page.Add($"<nav aria-labelledby=\"contents\"><h2 id=\"contents\">Contents</h2><ol>");
        foreach (var section in sections)
        {
            page.Add($"<li><a href=\"#{section.Id}\">{section.Title}</a></li>");
        }

        page.Add($"</ol></nav>\n");
    }

    private sealed record Section(string Id, string Title, Action<PageWriter, ReportFacts> Write)
    {
        public Func<ReportFacts, bool> AppliesTo { get; init; } = _ => true;
    }
}
