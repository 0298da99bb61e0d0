using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Sameboat.Pages.Tests;

/// <summary>What every page owes its reader, seen by a real browser.</summary>
public sealed class PageTests(ExerciseNode node) : IClassFixture<ExerciseNode>
{
    private const int Telephone = 360;
    private const int Desk = 1280;
    private const int WireBytesMax = 50 * 1024;

    // Below the culture; the newest entry is found by its link.
    private static readonly string[] Pages =
    [
        "", "/places", "/places/VNM", "/places/TKL", "/offers", "/plan", "/plan/gown",
        "/plan/team-emt-type-1-fixed", "/plan/funds-usd", "/record", "/record/logs/ken",
        "/record/logs/exercise-secretariat", NewestEntry, "/places/ATLANTIS",
    ];

    private const string NewestEntry = "newest entry";

    // What marks an exercise, in each language.
    private static readonly Dictionary<string, string> Marks = new()
    {
        ["ar"] = "تمرين", ["en"] = "EXERCISE", ["es"] = "EJERCICIO", ["fr"] = "EXERCICE", ["ru"] = "УЧЕНИЕ",
        ["zh-Hans"] = "演练", ["zh-Hant"] = "演習",
    };

    public static TheoryData<string, int, bool> EveryCulture()
    {
        var rows = new TheoryData<string, int, bool>();
        foreach (var culture in Marks.Keys)
        {
            foreach (var width in new[] { Telephone, Desk })
            {
                rows.Add(culture, width, true);
                rows.Add(culture, width, false);
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(EveryCulture))]
    public async Task Every_page_is_marked_fits_its_window_and_is_silent(string culture, int width, bool script)
    {
        await using var window = await node.WindowAsync(width, script);
        var page = await window.NewPageAsync();
        var noises = Listen(page);
        foreach (var path in Pages)
        {
            await OpenAsync(page, culture, path);

            await Assertions.Expect(page.Locator(".exercise")).ToBeVisibleAsync();
            (await page.Locator(".exercise").InnerTextAsync()).ShouldStartWith(Marks[culture]);
            (await page.TitleAsync()).ShouldStartWith(Marks[culture]);
            (await page.Locator("h1").CountAsync()).ShouldBe(1);
            (await WidthOfContentAsync(page)).ShouldBeLessThanOrEqualTo(width, path);
            (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe(culture);
            noises.ShouldBeEmpty(path);
        }
    }

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

    public static TheoryData<string, ColorScheme> EveryCultureInLightAndDark()
    {
        var rows = new TheoryData<string, ColorScheme>();
        foreach (var culture in Marks.Keys)
        {
            rows.Add(culture, ColorScheme.Light);
        }

        // The colours are the same in every language; one of each direction is seen in the dark as well.
        rows.Add("en", ColorScheme.Dark);
        rows.Add("ar", ColorScheme.Dark);
        return rows;
    }

    [Theory]
    [MemberData(nameof(EveryCultureInLightAndDark))]
    public async Task No_page_shuts_anyone_out(string culture, ColorScheme scheme)
    {
        // One language of each direction is seen at both widths; the others have the same frame, and are seen narrow.
        int[] widths = culture is "en" or "ar" ? [Telephone, Desk] : [Telephone];
        var violations = new List<string>();
        foreach (var width in widths)
        {
            await using var window = await node.WindowAsync(width, script: true, scheme);
            foreach (var path in Pages)
            {
                var page = await window.NewPageAsync();
                await OpenAsync(page, culture, path);
                var found = await page.RunAxe(new AxeRunOptions
                {
                    RunOnly = new RunOnlyOptions
                    {
                        Type = "tag",
                        Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
                    },
                });
                violations.AddRange(found.Violations
                    .Select(one => $"{path} at {width}: {one.Id}: {one.Help}: {one.Nodes[0].Html}"));
                await page.CloseAsync();
            }
        }

        violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_page_weighs_more_than_fifty_kilobytes_on_the_wire()
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        foreach (var culture in Marks.Keys)
        {
            foreach (var path in Pages.Where(path => path != NewestEntry))
            {
                var address = $"/{culture}{path}";
                using var answer = await client.GetAsync(address, TestContext.Current.CancellationToken);
                var body = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
                body.Length.ShouldBeLessThanOrEqualTo(WireBytesMax, address);
            }
        }
    }

    [Fact]
    public async Task Nothing_is_asked_of_anybody_else()
    {
        await using var window = await node.WindowAsync(Desk, script: true);
        var page = await window.NewPageAsync();
        var asked = new List<string>();
        page.Request += (_, request) => asked.Add(request.Url);

        foreach (var path in Pages)
        {
            await OpenAsync(page, "en", path);
        }

        asked.Where(url => !url.StartsWith(node.Address.ToString(), StringComparison.Ordinal)
            && !url.StartsWith("data:", StringComparison.Ordinal)).ShouldBeEmpty();
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

    private static List<string> Listen(IPage page)
    {
        var noises = new List<string>();
        page.Console += (_, message) =>
        {
            // A page that is missing is told to the console by the browser itself.
            if (!message.Text.Contains("404", StringComparison.Ordinal))
            {
                noises.Add(message.Text);
            }
        };
        page.PageError += (_, error) => noises.Add(error);
        return noises;
    }

    private static async Task OpenAsync(IPage page, string culture, string path)
    {
        if (path != NewestEntry)
        {
            await page.GotoAsync($"/{culture}{path}");
            return;
        }

        await page.GotoAsync($"/{culture}/record");
        await page.GotoAsync((await page.Locator("main table a").First.GetAttributeAsync("href"))!);
    }

    // Asked of the browser and not of a script in the page, so that it works without JavaScript too.
    private static async Task<double> WidthOfContentAsync(IPage page)
    {
        var session = await page.Context.NewCDPSessionAsync(page);
        var metrics = (await session.SendAsync("Page.getLayoutMetrics"))!.Value;
        return metrics.GetProperty("cssContentSize").GetProperty("width").GetDouble();
    }
}
