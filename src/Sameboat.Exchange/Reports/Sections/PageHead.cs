using Sameboat.Exchange.Chain;

namespace Sameboat.Exchange.Reports.Sections;

/// <summary>What this is, of which day, and what it was made from.</summary>
internal static class PageHead
{
    private const int DigestLetters = 16;
    private const int RemarksMax = 50;

    public static void Write(PageWriter page, ReportFacts facts)
    {
        var settings = facts.Settings;
        page.Add($"<header><h1>{settings.Pack.Name}: who needs what, and who gets it</h1>\n");
        page.Add($"<p class=\"lead\">As of {Figures.DayInWords(settings.AsOf)}, for the ");
        page.Add($"{Figures.Many(settings.Weeks, "week", "weeks")} from {Figures.DayInWords(settings.FirstDay)} to ");
        page.Add($"{Figures.DayInWords(settings.LastDay)}. {new Markup(facts.Result.Input.Population is null
            ? "From reported cases to forecast, from forecast to need, and from need to a plan that divides what is "
                + "offered so that the worst covered place comes first."
            : "Vaccine donations as they were made, pooled, and divided again so that the worst covered place comes "
                + "first.")}</p>\n");
        WriteMadeFrom(page, facts);
        page.Add($"</header>\n");
    }

    private static void WriteMadeFrom(PageWriter page, ReportFacts facts)
    {
        var (header, settings) = (facts.Header, facts.Settings);
        page.Add($"<dl class=\"made\"><dt>Disease</dt><dd>{settings.Pack.Name} (pack {settings.Pack.Code}, version ");
        page.Add($"{settings.Pack.Version}{(settings.Pack.Exercise ? ", invented for exercises" : "")})</dd>");
        page.Add($"<dt>Places</dt><dd>{facts.Places.Length} with counts</dd>");
        page.Add($"<dt>Made by</dt><dd>Sameboat {header.Engine}, seed {header.Seed}</dd>");
        page.Add($"<dt>Made from</dt><dd>");
        WriteInputs(page, facts);
        page.Add($"</dd>");
        if (!header.Remarks.IsEmpty)
        {
            page.Add($"<dt>Remarks</dt><dd><ul>");
            foreach (var remark in header.Remarks.Take(RemarksMax))
            {
                page.Add($"<li>{remark}</li>");
            }

            page.Add($"{Others(header.Remarks.Length - RemarksMax)}</ul></dd>");
        }

        page.Add($"</dl>\n");
    }

    private static void WriteInputs(PageWriter page, ReportFacts facts)
    {
        if (facts.Header.Inputs.IsEmpty)
        {
            page.Add($"no file that could be named");
            return;
        }

        page.Add($"<ul>");
        foreach (var file in facts.Header.Inputs)
        {
            page.Add($"<li>{file.Name}, {file.Bytes} bytes, SHA-256 <code>{Short(file)}</code></li>");
        }

        page.Add($"</ul>");
    }

    private static string Short(FileDigest file) =>
        file.Sha256.Length <= DigestLetters ? file.Sha256 : file.Sha256[..DigestLetters] + "…";

    private static Markup Others(int count) =>
        count > 0 ? Markup.Of($"<li>and {Figures.Many(count, "other", "others")}</li>") : Markup.None;
}
