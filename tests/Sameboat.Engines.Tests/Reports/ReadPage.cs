using System.Collections.Immutable;
using System.Xml.Linq;
using Sameboat.Engines.Tests.Chain;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Chain.Tables;
using Sameboat.Exchange.Reports;

namespace Sameboat.Engines.Tests.Reports;

/// <summary>A rendered report, read back as a tree.</summary>
internal sealed class ReadPage
{
    private ReadPage(string html, RunTables tables)
    {
        (Html, Tables) = (html, tables);
        Root = XDocument.Parse(html, LoadOptions.PreserveWhitespace).Root!;
    }

    public string Html { get; }

    public XElement Root { get; }

    public RunTables Tables { get; }

    /// <summary>What is to be read on the page: no markup, no style sheet.</summary>
    public string Text => Root.Element("body")!.Value;

    public static ReadPage Of(ChainInput input, ChainSettings settings, RunHeader? header = null) =>
        Of(ChainRun.Run(input, settings), header);

    public static ReadPage Of(ChainResult result, RunHeader? header = null)
    {
        var tables = result.TablesOf();
        return new ReadPage(ReportPage.Render(result, header ?? HeaderOf(result.Settings), tables), tables);
    }

    public static RunHeader HeaderOf(ChainSettings settings) => SmallRun.Header with
    {
        AsOf = settings.AsOf,
        Weeks = settings.Weeks,
        Disease = settings.Pack.Code,
        DiseaseVersion = settings.Pack.Version,
    };

    /// <summary>Elements of a name anywhere in the page, drawings' own included.</summary>
    public IEnumerable<XElement> All(string name) => Root.Descendants().Where(one => one.Name.LocalName == name);

    public XElement Section(string id) =>
        All("section").Single(section => section.Attribute("id")?.Value == id);

    /// <summary>Of each row of a round: the recipient, and its reason put together from its two parts.</summary>
    public ImmutableArray<(string Recipient, string Reason)> Reasons()
    {
        var reasons = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var body in Section("plan").Descendants("div")
            .Where(div => div.Attribute("class")?.Value == "plan").Descendants("tbody"))
        {
            var shared = body.Descendants("th").SingleOrDefault(th => th.Attribute("class")?.Value == "cut")?.Value;
            foreach (var row in body.Elements("tr"))
            {
                if (row.Elements("td").LastOrDefault() is { } why)
                {
                    reasons.Add((row.Element("th")!.Value, shared + why.Value));
                }
            }
        }

        return reasons.ToImmutable();
    }
}
