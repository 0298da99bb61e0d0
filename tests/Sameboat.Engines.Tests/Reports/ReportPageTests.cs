using System.Xml.Linq;
using Sameboat.Engines.Tests.Chain;
using Sameboat.Epidemics;
using Sameboat.Exchange.Chain;
using Sameboat.Exchange.Files;
using Sameboat.Supplies;

namespace Sameboat.Engines.Tests.Reports;

public class ReportPageTests
{
    private const string Hostile = "<script>alert(\"1\" & '2')</script>]]>";

    private static readonly ReadPage Small = ReadPage.Of(SmallRun.Input, SmallRun.Settings);

    [Fact]
    public void The_page_is_well_formed_and_the_same_every_time()
    {
        Small.Root.Name.LocalName.ShouldBe("html");
        Small.Root.Attribute("lang")!.Value.ShouldBe("en");
        Small.Html.ShouldStartWith("<!DOCTYPE html>");
        ReadPage.Of(SmallRun.Input, SmallRun.Settings).Html.ShouldBe(Small.Html);
    }

    [Fact]
    public void The_page_fetches_nothing_and_runs_nothing()
    {
        Small.All("script").ShouldBeEmpty();
        Small.All("link").ShouldBeEmpty();
        Small.All("img").ShouldBeEmpty();
        Small.All("iframe").ShouldBeEmpty();
        foreach (var attribute in Small.Root.DescendantsAndSelf().Attributes())
        {
            attribute.Name.LocalName.ShouldNotStartWith("on");
            if (attribute.Name.LocalName is "href" or "src")
            {
                attribute.Value.ShouldStartWith("#");
            }
        }

        var addresses = Small.Html.Replace("xmlns=\"http://www.w3.org/2000/svg\"", "", StringComparison.Ordinal);
        addresses.ShouldNotContain("http:");
        addresses.ShouldNotContain("https:");
        addresses.ShouldNotContain("@import");
        addresses.Replace("url(#", "", StringComparison.Ordinal).ShouldNotContain("url(");
    }

    [Fact]
    public void Every_link_leads_to_a_place_on_the_page_and_no_id_stands_twice()
    {
        var ids = Small.Root.DescendantsAndSelf().Attributes("id").Select(id => id.Value).ToList();
        ids.ShouldBeUnique();
        foreach (var link in Small.All("a"))
        {
            ids.ShouldContain(link.Attribute("href")!.Value[1..]);
        }
    }

    [Fact]
    public void Names_from_files_are_text_and_never_markup()
    {
        Offer[] offers =
        [
            SmallRun.Lot(Hostile, "gown", 6_000, 50) with { Donor = Hostile },
            SmallRun.Lot("\u0001\ud800", "gown", 100, 50) with { Donor = "O'Neill & \"Sons\"" },
            SmallRun.Lot("late" + Hostile, "gown", 100, 50) with { Available = SmallRun.AsOf.AddDays(90) },
        ];
        var header = SmallRun.Header with
        {
            Inputs = [new FileDigest(Hostile + ".csv", 1, Hostile)],
            Remarks = [Hostile],
        };
        var page = ReadPage.Of(new ChainInput(SmallRun.Cases, [], [.. offers]), SmallRun.Settings, header);
        page.All("script").ShouldBeEmpty();
        page.Html.ShouldNotContain("<script", Case.Insensitive);
        page.Text.ShouldContain(Hostile);
        page.Text.ShouldContain("O'Neill & \"Sons\"");
    }

    [Fact]
    public void Every_place_is_there_with_both_its_charts()
    {
        foreach (var row in Small.Tables.Assessments)
        {
            var block = Small.All("div").Single(div => div.Attribute("id")?.Value == $"p-{row.Place}");
            block.Descendants().Count(one => one.Name.LocalName == "svg").ShouldBe(2);
            Small.Section("places").Value.ShouldContain(row.Name);
        }
    }

    [Fact]
    public void Every_need_of_an_offered_item_has_a_row_with_its_whole_reason()
    {
        var shown = Small.Reasons();
        var expected = Small.Tables.Coverage.Where(row => row.Reason.Length > 0)
            .Select(row => (Territories.Get(row.Place).EnglishName, row.Reason)).ToList();
        shown.ShouldBe(expected, ignoreOrder: true);
        foreach (var line in Small.Tables.Plan)
        {
            shown.ShouldContain((Territories.Get(line.Recipient).EnglishName, line.Reason));
        }
    }

    [Fact]
    public void Every_lot_is_named_with_its_donor()
    {
        foreach (var lot in Small.Tables.Lots)
        {
            Small.Text.ShouldContain(lot.Lot);
            Small.Text.ShouldContain(lot.Donor);
        }

        Small.Section("need").Value.ShouldContain("It is available only from 2022-04-29");
    }

    [Fact]
    public void Every_number_shown_is_a_number()
    {
        foreach (var wrong in (string[])["NaN", "Infinity", "∞", "E+", "null", "System."])
        {
            Small.Html.ShouldNotContain(wrong, Case.Sensitive);
        }
    }

    [Fact]
    public void Headers_say_what_they_head_and_drawings_what_they_show()
    {
        Small.All("th").ShouldAllBe(th => th.Attribute("scope") != null);
        Small.All("svg").Where(svg => svg.Attribute("role") != null)
            .ShouldAllBe(svg => svg.Attribute("aria-labelledby") != null || svg.Attribute("aria-label") != null);
        Small.All("div").Where(div => div.Attribute("class")?.Value == "scroll")
            .ShouldAllBe(div => div.Element("table")!.Element("caption")!.Value.Length > 0);
    }

    [Fact]
    public void An_exercise_is_marked_and_nothing_else_is()
    {
        var pack = DiseasePacks.Carried("exercise-fever");
        var exercise = ReadPage.Of(
            new ChainInput(SmallRun.Cases, [], []), SmallRun.Settings with { Pack = pack });
        exercise.All("title").First().Value.ShouldStartWith("EXERCISE");
        exercise.Section("short").Parent!.Parent!.Elements("p").Single().Value.ShouldContain("EXERCISE");
        exercise.Html.ShouldContain("@top-center{content:\"EXERCISE");
        Small.Html.ShouldNotContain("EXERCISE", Case.Sensitive);
    }

    [Fact]
    public void What_the_run_was_made_from_stands_at_its_head()
    {
        var digest = new FileDigest("cases.csv", 12_345, new string('a', 60) + "beef");
        var page = ReadPage.Of(SmallRun.Input, SmallRun.Settings,
            SmallRun.Header with { Inputs = [digest], Remarks = ["3 rows are of a cruise ship and were left out"] });
        var head = page.All("header").Single().Value;
        foreach (var part in (string[])["28 February 2022", "COVID-19", SmallRun.Pack.Version, "seed 7", "12,345",
            "aaaaaaaaaaaaaaaa…", "cruise ship", "1 March 2022", "28 March 2022", "4 with counts"])
        {
            head.ShouldContain(part);
        }
    }

    [Fact]
    public void A_page_with_nothing_in_it_still_reads()
    {
        var settings = SmallRun.Settings;
        var nothing = ReadPage.Of(new ChainResult(new ChainInput([], [], []), settings, [], [], [], []));
        nothing.Section("places").Value.ShouldContain("no place");
        var zeros = new CountSeries(TerritoryCode.Parse("NPL"), Indicator.Cases, SmallRun.AsOf.AddDays(-49),
            [.. Enumerable.Repeat((long?)0, 50)]);
        var quiet = ReadPage.Of(new ChainInput([zeros], [], SmallRun.Offers), settings);
        quiet.Section("growing").Value.ShouldContain("No place has cases enough");
        var oneDay = zeros with { First = SmallRun.AsOf, Counts = [5] };
        ReadPage.Of(new ChainInput([oneDay], [], []), settings).Section("places").Value.ShouldContain("Nepal");
        foreach (var page in (ReadPage[])[nothing, quiet])
        {
            page.Html.ShouldNotContain("NaN");
            page.All("section").Count().ShouldBe(9);
        }
    }

    [Fact]
    public void Pooled_donations_are_shown_as_given_and_as_fair()
    {
        var pool = DeliveryPool.Of(
            [
                Delivery("KEN", "Donor <1>", "AstraZeneca", 1_000_000),
                Delivery("NPL", "Donor 02", "Johnson & Johnson", 300_000),
                Delivery("PRY", "Donor 02", "AstraZeneca", 10_000),
            ],
            SmallRun.Pack)!;
        var page = ReadPage.Of(new ChainInput(SmallRun.Cases, [], [], pool), SmallRun.Settings);
        var section = page.Section("comparison");
        foreach (var row in page.Tables.Comparison)
        {
            section.Descendants("tr").ShouldContain(tr =>
                tr.Value.StartsWith(Territories.Get(row.Place).EnglishName, StringComparison.Ordinal)
                && tr.Value.Contains(row.Fair.ToString("N0", System.Globalization.CultureInfo.InvariantCulture)));
        }

        foreach (var measure in (string[])["Lowest", "Median", "Spread: highest less lowest", "middle half"])
        {
            section.Value.ShouldContain(measure);
        }

        Small.All("section").ShouldNotContain(one => one.Attribute("id")!.Value == "comparison");
    }

    private static Delivery Delivery(string place, string donor, string product, long doses) => new(
        TerritoryCode.Parse(place), place, donor, DeliverySource.Donor, product, doses, "", "", 3);
}
