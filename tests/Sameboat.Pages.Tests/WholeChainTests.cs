using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Sameboat.Commands;

namespace Sameboat.Pages.Tests;

/// <summary>
/// The whole chain, from the first report to the goods received and their proof, by people of three members with pages
/// alone: nothing is sent but forms, by buttons and keys. The browsers of those who ask run no script.
/// </summary>
public sealed class WholeChainTests(ExerciseNode browser)
{
    private const string Item = "gown";
    private const int Days = 56;

    [Fact]
    public async Task From_a_report_to_goods_received_by_people_of_three_members()
    {
        Assert.SkipWhen(browser.Absence is not null, browser.Absence ?? "");
        await using var node = await ChainNode.StartAsync(browser);
        var people = await People.GatherAsync(node);

        await DeclareAsync(people.Convener);
        await ReportAsync(people.Convener, "UGA", 300);
        await ReportAsync(people.Requester, "KEN", 900);
        var request = await AskAsync(people);
        await OfferAsync(people.Giver, request);
        var round = await PlanAsync(people);
        await DecideAsync(people, round);
        await AnswerAsync(people, round);
        await AllocateAnewAsync(people, round);
        var (consignment, code) = await SendAsync(people.Giver);
        await ReceiveAsync(people, consignment, code);
        await EverybodySeesItAsync(people, request, code);
        await TheRecordProvesItAsync(node, people);
    }

    // An outbreak is declared on the desk, and the desk says so.
    private static async Task DeclareAsync(ChainPerson convener)
    {
        await convener.OpenAsync(
            "outbreak", ("name", "Fever of the lake"), ("pack", "exercise-fever"), ("declared", "2026-01-05"));
        (await convener.SendAsync()).ShouldStartWith($"outbreak/{ChainNode.Convener}/");
    }

    // A report makes situation and need visible to everybody as soon as the member has them worked out.
    private static async Task ReportAsync(ChainPerson person, string place, int least)
    {
        var cases = string.Join('\n', Enumerable.Range(0, Days).Select(day => least + (day * 3)));
        await person.OpenAsync(
            "situation", ("place", place), ("first", "2026-01-05"), ("cases", cases),
            ("deaths", string.Join('\n', Enumerable.Repeat("1", Days))));
        var situation = await person.SendAsync();
        await person.StepAsync(situation, "assessment");
        await Assertions.Expect(person.Page).ToHaveURLAsync(new Regex($"/members/{person.Member}#situation$"));
        (await person.Page.Locator("#need-table").CountAsync()).ShouldBe(1);
        (await person.Page.Locator("table:has(#ahead-table) tbody tr").CountAsync()).ShouldBe(4);
    }

    // Lines are typed by the keyboard alone; another of the member finds them right before they are published.
    private static async Task<string> AskAsync(People people)
    {
        var page = people.Requester.Page;
        await people.Requester.GoAsync("/desk/new/request");
        await page.Locator("[id='lines.0.place']").FocusAsync();
        foreach (var cell in new[] { "Kenya", Item, "each", "90 000", "2026-04-01" })
        {
            if (cell.Contains('-', StringComparison.Ordinal))
            {
                await page.Locator("[id='lines.0.needed_by']").FillAsync(cell);
            }
            else
            {
                await page.Keyboard.TypeAsync(cell);
                await page.Keyboard.PressAsync("Tab");
            }
        }

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/desk/at/request/ken/"));
        var request = Regex.Match(page.Url, "/desk/at/(request/ken/[a-z0-9-]+)").Groups[1].Value;
        (await people.Requester.MayAsync(request, "validated")).ShouldBeFalse("who asks does not validate");
        await people.Head.StepAsync(request, "validated");
        await people.Requester.StepAsync(request, "published");
        return request;
    }

    private static async Task OfferAsync(ChainPerson giver, string request)
    {
        (await giver.ReadAsync($"/requests/{request["request/".Length..]}")).ShouldContain("90");
        foreach (var lot in new[] { "store-7", "store-8" })
        {
            await giver.OpenAsync(
                "offer", ("kind", "Goods"), ("lot", lot), ("item", Item), ("unit", "each"), ("quantity", "4000"),
                ("pack", "10"), ("expires", "2027-06-30"));
            await giver.SendAsync();
        }
    }

    // Opening, freezing and planning are one act; what it comes to stands on the pages of the plan for everybody.
    private static async Task<string> PlanAsync(People people)
    {
        var convener = people.Convener;
        await convener.OpenAsync("round");
        var round = await convener.SendAsync();
        await convener.StepAsync(round, "plan");
        (await convener.ReadAsync($"/plan/{Item}")).ShouldContain("Uganda");
        await people.Giver.GoAsync($"/plan/{Item}#KEN");
        (await people.Giver.Page.Locator("tr#KEN td.why").InnerTextAsync()).ShouldNotBeEmpty();
        return round;
    }

    // The one who prepared the plan cannot decide on it: another of the convener does, and says why.
    private static async Task DecideAsync(People people, string round)
    {
        await people.Convener.StepAsync(round, "reviewed", "The checker holds for every item.");
        (await people.Convener.MayAsync(round, "decided")).ShouldBeFalse("four eyes");
        await people.Director.StepAsync(round, "decided", "Both places get the same share of their need.");
        await people.Director.StepAsync(round, "submitted", [("answer_by", "2026-03-20")]);
    }

    // Line by line: the giver and one receiver accept all of theirs, the other receiver declines one.
    private static async Task AnswerAsync(People people, string round)
    {
        await AcceptAllAsync(people.Giver);
        await AcceptAllAsync(people.Requester);
        await people.Convener.GoAsync("/desk/answers");
        await people.Convener.Page.Locator("main td a.button").First.ClickAsync();
        await people.Convener.FillAsync(("reason", "Our own store has enough until May."));
        await people.Convener.SendAsync();
        await AcceptAllAsync(people.Convener);
        await people.Convener.StepAsync(round, "settlement");
    }

    // What was declined goes to whoever still lacks it, by the same steps.
    private static async Task AllocateAnewAsync(People people, string round)
    {
        await people.Convener.StepAsync(round, "reallocation");
        await DecideAsync(people, round);
        (await AcceptAllAsync(people.Requester)).ShouldBeGreaterThan(0, "the declined line went to the other place");
        await AcceptAllAsync(people.Giver);
        await people.Convener.StepAsync(round, "settlement");
        await people.Convener.StepAsync(round, "executed");
    }

    // The form of the consignment stands ready on the desk with the lines that both sides accepted.
    private static async Task<(string Consignment, string Code)> SendAsync(ChainPerson giver)
    {
        await giver.GoAsync("/desk");
        await giver.Page.Locator("main a[href*='/desk/new/consignment?'][href*='destination=KEN']").ClickAsync();
        (await giver.Page.Locator("[id='lines.0.item']").InputValueAsync()).ShouldBe(Item);
        await giver.FillAsync(("expected", "2026-03-12"));
        var consignment = await giver.SendAsync();
        await giver.StepAsync(consignment, "packed");
        await giver.StepAsync(consignment, "dispatched", [("waybill", "WB-17"), ("expected", "2026-03-12")]);
        await giver.StepAsync(consignment, "departed", [("waybill", "WB-17")]);
        await giver.GoAsync($"/consignments/{consignment["consignment/".Length..]}");
        await giver.Page.Locator("main a[href*='/track/']").First.ClickAsync();
        return (consignment, Regex.Match(giver.Page.Url, "/track/([A-Z0-9]+)").Groups[1].Value);
    }

    // On a telephone: the code leads to the page of the goods, where they arrive and are counted.
    private static async Task ReceiveAsync(People people, string consignment, string code)
    {
        var (page, path) = (people.Storekeeper.Page, consignment["consignment/".Length..]);
        await people.Storekeeper.GoAsync($"/track/{code}");
        await page.Locator($"main a[href$='/consignments/{path}']").ClickAsync();
        await PressAsync(page, path, "arrived");
        await page.Locator($"main a[href$='/desk/do/consignment/{path}/received']").ClickAsync();
        var lines = await page.Locator("input[name$='.received']").AllAsync();
        lines.Count.ShouldBeGreaterThan(0);
        for (var line = 0; line < lines.Count; line++)
        {
            var legend = await page.Locator("fieldset legend").Nth(line).InnerTextAsync();
            await lines[line].FillAsync(Regex.Match(legend, ": ([0-9,]+) ").Groups[1].Value);
        }

        await people.Storekeeper.SendAsync();
        await people.Giver.StepAsync(consignment, "reconciled");
    }

    private static async Task EverybodySeesItAsync(People people, string request, string code)
    {
        var reader = people.Director;
        (await reader.ReadAsync($"/track/{code}")).ShouldContain("2026-03-02");
        await reader.GoAsync($"/requests/{request["request/".Length..]}");
        var row = reader.Page.Locator("main table tbody tr").First;
        Number(await row.Locator("td").Nth(3).InnerTextAsync()).ShouldBeGreaterThan(0, "received");
        (await reader.ReadAsync("/consignments")).ShouldNotBeEmpty();
    }

    // The newest statement of the receiver is its count; its page proves it, and every log of the node holds.
    private static async Task TheRecordProvesItAsync(ChainNode node, People people)
    {
        var page = people.Requester.Page;
        await people.Requester.GoAsync($"/record/logs/{ChainNode.Requester}");
        await page.Locator("main tr:has-text('consignment.received') a[href*='/record/entries/']").ClickAsync();
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("consignment.received");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("tie this entry to the signed checkpoint");
        foreach (var member in new[] { ChainNode.Convener, ChainNode.Requester, ChainNode.Giver })
        {
            using var output = new StringWriter();
            using var error = new StringWriter();
            (await SameboatProgram.RunAsync(
                ["log", "verify", $"{node.Address}log/{member}"],
                new Terminal(output, error, false, new StandingClock()))).ShouldBe(ExitCode.Done, $"{error}");
        }
    }

    private static async Task<int> AcceptAllAsync(ChainPerson person)
    {
        await person.GoAsync("/desk/answers");
        var buttons = person.Page.Locator("main td button[name=do][value=send]");
        var count = await buttons.CountAsync();
        for (var left = count; left > 0; left--)
        {
            await buttons.First.ClickAsync();
            await Assertions.Expect(buttons).ToHaveCountAsync(left - 1);
        }

        return count;
    }

    private static async Task PressAsync(IPage page, string path, string verb)
    {
        await page.Locator($"form[action$='/consignment/{path}/{verb}'] button").ClickAsync();
        (await page.Locator("main [role=alert]").CountAsync()).ShouldBe(0);
    }

    private static long Number(string text) =>
        long.Parse(Regex.Replace(text, "[^0-9]", ""), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whoever takes part, each before a browser of its own.</summary>
    private sealed record People(
        ChainPerson Convener, ChainPerson Director, ChainPerson Requester, ChainPerson Head, ChainPerson Storekeeper,
        ChainPerson Giver)
    {
        internal static async Task<People> GatherAsync(ChainNode node)
        {
            var convener = await node.FoundAsync("en", script: true);
            var requester = await node.AdmitAsync(
                ChainNode.Requester, "Ministry of Health", "KEN", "Operations officer", "en", script: false);
            return new People(
                convener, await node.JoinAsync(convener, "Director", true, false, "Publisher"),
                requester, await node.JoinAsync(requester, "Head of supply", false, false, "Publisher", "Requester"),
                await node.JoinAsync(requester, "Storekeeper", false, true, "Logistics"),
                await node.AdmitAsync(ChainNode.Giver, "Relief pool", null, "Stock keeper", "fr", script: true));
        }
    }
}
