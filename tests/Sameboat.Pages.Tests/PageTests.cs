using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Sameboat.Pages.Tests;

/// <summary>What single pages owe their reader, seen by a real browser.</summary>
public sealed class PageTests(ExerciseNode node)
{
    private const int Telephone = 360;
    private const int Desk = 1280;

    [Fact]
    public async Task A_reader_changes_the_language_and_stays_on_the_page()
    {
        await using var window = await node.WindowAsync(Telephone, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/en/places/VNM");

        await page.Locator(".languages a[lang=ar]").ClickAsync();

        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/ar/places/VNM$"));
        (await page.Locator("html").GetAttributeAsync("dir")).ShouldBe("rtl");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("فيتنام");
    }

    // On paper there is nothing to click, nothing is cut off at the margin and the table heads stand on each page.
    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task A_report_goes_on_paper(string culture)
    {
        await using var window = await node.WindowAsync(Desk, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/{culture}/report?from=2025-03-03&to=2025-03-23");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });

        await Assertions.Expect(page.Locator("form.ask")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator(".exercise")).ToBeVisibleAsync();
        var paper = await page.PdfAsync(new PagePdfOptions { Format = "A4", PreferCSSPageSize = true });
        Encoding.ASCII.GetString(paper, 0, 5).ShouldBe("%PDF-");
    }

    [Fact]
    public async Task A_report_says_beside_its_fields_what_could_not_be_read()
    {
        await using var window = await node.WindowAsync(Telephone, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/en/report?from=2025-03-09&to=2025-03-02&place=VNM");

        await Assertions.Expect(page.Locator("[role=alert]")).ToContainTextAsync("the last one not before the first");
        (await page.Locator("#to").GetAttributeAsync("aria-invalid")).ShouldBe("true");
        (await page.Locator("#from").GetAttributeAsync("aria-invalid")).ShouldBeNull();
        (await page.Locator("#from").InputValueAsync()).ShouldBe("2025-03-09");
    }

    [Fact]
    public async Task Every_section_is_reached_from_the_frame()
    {
        await using var window = await node.WindowAsync(Desk, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/en");
        var links = await page.Locator("header nav a").EvaluateAllAsync<string[]>(
            "links => links.map(link => link.getAttribute('href'))");

        links.ShouldBe(
        [
            "/en", "/en/places", "/en/members", "/en/requests", "/en/offers", "/en/plan", "/en/consignments",
            "/en/scoreboard", "/en/report", "/en/record", "/en/sign-in",
        ]);
    }

    [Fact]
    public async Task A_reader_walks_from_the_world_to_a_proof_by_keyboard_and_links_alone()
    {
        await using var window = await node.WindowAsync(Telephone, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");

        // The browser changes its address a moment after the key, so each step is waited for.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("#main$"));
        await page.Locator("table a").First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/en/places/[A-Z]{3}$"));
        await page.Locator("main ul a[href*='/record/entries/']").First.ClickAsync();

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("tie this entry to the signed checkpoint");
    }

    [Fact]
    public async Task A_page_that_is_not_there_says_so()
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        using var answer = await client.GetAsync("/en/places/ATLANTIS", TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .ShouldContain("There is no such page");
    }
}
